/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-preference-object"

#include "service/bus/preference-object.h"

#include <glib/gi18n-lib.h>

#include "core/store/preferences.h"
#include "service/bus/arguments.h"
#include "service/bus/names.h"

/* Whether there is an icon depends on the desktop, too. */
#define TRAY "tray"

/* What somebody wants to be other than it is. The login is asked for first: that is what can be refused. */
typedef struct
{
  HeraldServiceObject *object;
  GDBusMethodInvocation *invocation;
  HeraldValues *changes; /* without autostart */
  gboolean is_enabled_before;
} Change;

static void
change_free (Change *change)
{
  g_clear_object (&change->object);
  g_clear_pointer (&change->changes, g_hash_table_unref);
  g_free (change);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Change, change_free)

static HeraldConfig *
get_config (HeraldServiceObject *self)
{
  return herald_engine_get_config (herald_service_object_get_engine (self));
}

static const char *
to_text (gboolean truth)
{
  return truth ? "true" : "false";
}

/**
 * herald_preference_object_update:
 *
 * To be called when a setting or the autostart is another.
 */
void
herald_preference_object_update (HeraldServiceObject *self)
{
  HeraldAutostart *autostart = herald_service_object_get_autostart (self);
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autoptr(GVariant) variant = NULL;
  guint n_preferences = 0;
  const HeraldPreference *preferences = herald_preferences_get_all (&n_preferences);

  for (guint i = 0; i < n_preferences; i++)
    {
      g_autofree char *value = herald_preferences_dup (get_config (self), preferences[i].name);

      herald_values_set (values, preferences[i].name, value);
    }
  herald_values_set (values, HERALD_AUTOSTART_NAME, to_text (herald_autostart_get_enabled (autostart)));

  variant = g_variant_ref_sink (herald_values_to_variant (values));
  herald_dbus_service1_set_preferences (HERALD_DBUS_SERVICE1 (self), variant);
}

static GVariant *
make_row (const HeraldPreference *preference,
          const char             *value,
          const char             *condition,
          const char             *problem)
{
  static const char *const booleans[] = { "true", "false", NULL };
  static const char *const none[] = { NULL };
  static const char *const kinds[] = {
    [HERALD_PREFERENCE_BOOLEAN] = "boolean",
    [HERALD_PREFERENCE_TIME] = "time",
    [HERALD_PREFERENCE_COUNT] = "number",
  };
  GVariantDict row;

  g_variant_dict_init (&row, NULL);
  g_variant_dict_insert (&row, "name", "s", preference->name);
  g_variant_dict_insert (&row, "kind", "s", kinds[preference->kind]);
  g_variant_dict_insert (&row, "label", "s", _(preference->label));
  g_variant_dict_insert (&row, "hint", "s", _(preference->hint));
  g_variant_dict_insert (&row, "fallback", "s", preference->fallback);
  g_variant_dict_insert (&row, "choices", "^as", preference->kind == HERALD_PREFERENCE_BOOLEAN ? booleans : none);
  g_variant_dict_insert (&row, "max", "u", preference->max);
  g_variant_dict_insert (&row, "value", "s", value);
  g_variant_dict_insert (&row, "condition", "s", condition != NULL ? condition : "");
  g_variant_dict_insert (&row, "problem", "s", problem != NULL ? problem : "");

  return g_variant_dict_end (&row);
}

static gboolean
on_handle_list_preferences (HeraldDBusService1    *object,
                            GDBusMethodInvocation *invocation)
{
  HeraldServiceObject *self = HERALD_SERVICE_OBJECT (object);
  HeraldAutostart *autostart = herald_service_object_get_autostart (self);
  guint n_preferences = 0;
  const HeraldPreference *preferences = herald_preferences_get_all (&n_preferences);
  GVariantBuilder rows;

  herald_autostart_look_again (autostart);
  g_variant_builder_init (&rows, G_VARIANT_TYPE ("aa{sv}"));
  g_variant_builder_add_value (&rows, make_row (herald_autostart_get_preference (),
                                                to_text (herald_autostart_get_enabled (autostart)), NULL,
                                                herald_autostart_get_problem (autostart)));
  for (guint i = 0; i < n_preferences; i++)
    {
      g_autofree char *value = herald_preferences_dup (get_config (self), preferences[i].name);
      gboolean is_tray = g_str_equal (preferences[i].name, TRAY);

      g_variant_builder_add_value (&rows, make_row (&preferences[i], value,
                                                    is_tray ? herald_dbus_service1_get_tray_text (object) : NULL, NULL));
    }
  herald_dbus_service1_complete_list_preferences (object, invocation, g_variant_builder_end (&rows));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* Setting */

static gboolean
store (HeraldServiceObject    *self,
       HeraldValues           *changes,
       GDBusMethodInvocation  *invocation)
{
  g_autoptr(GError) error = NULL;

  if (!herald_preferences_set (get_config (self), changes, &error))
    {
      herald_names_return_error (invocation, error);
      return FALSE;
    }

  herald_preference_object_update (self);
  herald_dbus_service1_complete_set_preferences (HERALD_DBUS_SERVICE1 (self), invocation);

  return TRUE;
}

static void
on_autostart_set_ready (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr(Change) change = g_steal_pointer (&user_data);
  HeraldAutostart *autostart = HERALD_AUTOSTART (source);
  /* The invocation is gone once it is answered. */
  g_autoptr(GDBusConnection) connection =
    g_object_ref (g_dbus_method_invocation_get_connection (change->invocation));
  g_autoptr(GError) error = NULL;

  if (!herald_autostart_set_finish (autostart, result, &error))
    herald_names_return_error (change->invocation, error);
  else if (!store (change->object, change->changes, change->invocation))
    herald_autostart_set_async (autostart, connection, change->is_enabled_before, NULL, NULL, NULL);
}

/* Returns: (transfer full) (nullable): %NULL if one of them cannot be set */
static HeraldValues *
read_changes (GVariant  *variant,
              GError   **error)
{
  g_autoptr(HeraldValues) changes = herald_arguments_read_values (variant, error);
  g_autoptr(HeraldValues) others = NULL;
  const char *autostart;

  if (changes == NULL)
    return NULL;

  autostart = herald_values_get (changes, HERALD_AUTOSTART_NAME);
  if (autostart != NULL && !herald_preferences_check_value (herald_autostart_get_preference (), autostart, error))
    return NULL;

  others = herald_values_copy (changes);
  herald_values_set (others, HERALD_AUTOSTART_NAME, NULL);

  return herald_preferences_check (others, error) ? g_steal_pointer (&changes) : NULL;
}

static gboolean
on_handle_set_preferences (HeraldDBusService1    *object,
                           GDBusMethodInvocation *invocation,
                           GVariant              *variant)
{
  HeraldServiceObject *self = HERALD_SERVICE_OBJECT (object);
  HeraldAutostart *autostart = herald_service_object_get_autostart (self);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldValues) changes = read_changes (variant, &error);
  gboolean wants_autostart;
  Change *change;

  if (changes == NULL)
    {
      herald_names_return_error (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  if (herald_values_get (changes, HERALD_AUTOSTART_NAME) == NULL)
    {
      store (self, changes, invocation);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  wants_autostart = herald_values_get_boolean (changes, HERALD_AUTOSTART_NAME, FALSE);
  herald_values_set (changes, HERALD_AUTOSTART_NAME, NULL);
  change = g_new0 (Change, 1);
  change->object = g_object_ref (self);
  change->invocation = invocation;
  change->changes = g_steal_pointer (&changes);
  change->is_enabled_before = herald_autostart_get_enabled (autostart);
  herald_autostart_set_async (autostart, g_dbus_method_invocation_get_connection (invocation), wants_autostart,
                              herald_service_object_get_cancellable (self), on_autostart_set_ready, change);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/**
 * herald_preference_object_implement:
 * @iface: of #HeraldServiceObject
 */
void
herald_preference_object_implement (HeraldDBusService1Iface *iface)
{
  iface->handle_list_preferences = on_handle_list_preferences;
  iface->handle_set_preferences = on_handle_set_preferences;
}
