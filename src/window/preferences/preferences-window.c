/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-preferences-window"

#include "window/preferences/preferences-window.h"

#include <glib/gi18n-lib.h>

#include "window/base/failure.h"
#include "window/base/field-row.h"
#include "window/base/transient.h"
#include "window/preferences/foreign-group.h"
#include "window/preferences/limits-group.h"
#include "window/preferences/mute-row.h"
#include "window/preferences/settings-group.h"

/**
 * HeraldPreferencesWindow:
 *
 * How OctoHerald itself behaves: a row for each preference that the service has, at once in use when it is changed. What the
 * service says of a change stands at its row; what was changed elsewhere appears, but never over what is just being typed.
 */
struct _HeraldPreferencesWindow
{
  AdwWindow parent_instance;

  HeraldServiceLink *link;
  GCancellable *cancellable;
  GHashTable *rows; /* name → HeraldFieldRow, borrowed */
  GHashTable *refused; /* names of rows with a change that could not be */
  guint n_changes;     /* that are under way */
  gboolean is_asking;
  gboolean asks_again;

  GtkStack *stack;
  GtkSpinner *spinner;
  AdwStatusPage *absent;
  AdwPreferencesGroup *general;
  AdwPreferencesGroup *quiet;
  AdwPreferencesGroup *history;
  HeraldMuteRow *mute;
  HeraldLimitsGroup *limits;
  HeraldSettingsGroup *settings;
  HeraldForeignGroup *foreign;
};

G_DEFINE_FINAL_TYPE (HeraldPreferencesWindow, herald_preferences_window, ADW_TYPE_WINDOW)

/* A change that is under way */
typedef struct
{
  HeraldPreferencesWindow *window;
  char *name;
  char *value;
} Change;

static void ask (HeraldPreferencesWindow *self);

static void
change_free (Change *change)
{
  g_clear_object (&change->window);
  g_free (change->name);
  g_free (change->value);
  g_free (change);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Change, change_free)

/* Changing */

/* A switch shows what is; what was typed stays where it was typed, to be put right. */
static void
refuse (HeraldPreferencesWindow *self,
        HeraldFieldRow          *row,
        const Change            *change,
        const GError            *error)
{
  g_autofree char *sentence = herald_failure_dup_sentence (error);
  GVariant *values = herald_dbus_service1_get_preferences (herald_service_link_get_service (self->link));
  const char *value = NULL;

  if (values != NULL && g_variant_lookup (values, change->name, "&s", &value) &&
      (g_str_equal (value, "true") || g_str_equal (value, "false")))
    herald_field_row_set_value (row, value);
  herald_field_row_set_problem (row, sentence);
  g_hash_table_add (self->refused, g_strdup (change->name));
}

static void
on_change_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(Change) change = g_steal_pointer (&user_data);
  HeraldPreferencesWindow *self = change->window;
  HeraldFieldRow *row = g_hash_table_lookup (self->rows, change->name);
  g_autoptr(GError) error = NULL;
  g_autofree char *shown = NULL;

  self->n_changes--;
  if (!herald_dbus_service1_call_set_preferences_finish (HERALD_DBUS_SERVICE1 (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        refuse (self, row, change, error);
    }
  else
    {
      shown = herald_field_row_dup_value (row);
      if (g_str_equal (shown, change->value))
        herald_field_row_set_value (row, change->value);
    }
  if (!g_cancellable_is_cancelled (self->cancellable))
    ask (self);
}

static void
on_row_settled (HeraldPreferencesWindow *self,
                HeraldFieldRow          *row)
{
  Change *change;
  GVariantBuilder changes;

  /* The focus leaves also what is just being taken apart. */
  if (self->link == NULL)
    return;

  g_hash_table_remove (self->refused, herald_field_row_get_name (row));
  if (!herald_field_row_is_changed (row))
    return;
  if (!herald_field_row_check (row))
    {
      g_hash_table_add (self->refused, g_strdup (herald_field_row_get_name (row)));
      return;
    }

  change = g_new0 (Change, 1);
  change->window = g_object_ref (self);
  change->name = g_strdup (herald_field_row_get_name (row));
  change->value = herald_field_row_dup_value (row);
  self->n_changes++;
  g_variant_builder_init (&changes, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&changes, "{ss}", change->name, change->value);
  herald_dbus_service1_call_set_preferences (herald_service_link_get_service (self->link),
                                             g_variant_builder_end (&changes), self->cancellable, on_change_ready,
                                             change);
}

/* Showing */

static AdwPreferencesGroup *
find_group (HeraldPreferencesWindow *self,
            const char              *name)
{
  if (g_str_has_prefix (name, "quiet-"))
    return self->quiet;
  if (g_str_has_prefix (name, "history-"))
    return self->history;

  return self->general;
}

static void
show_row (HeraldPreferencesWindow *self,
          GVariant                *preference)
{
  HeraldFieldRow *row;
  const char *name = "";

  if (!g_variant_lookup (preference, "name", "&s", &name))
    return;

  row = g_hash_table_lookup (self->rows, name);
  if (row != NULL)
    {
      /* Why it was refused stays until it is changed again. */
      if (!g_hash_table_contains (self->refused, name))
        herald_field_row_update (row, preference);
      return;
    }

  row = HERALD_FIELD_ROW (herald_field_row_new (preference));
  g_hash_table_insert (self->rows, g_strdup (name), row);
  g_signal_connect_object (row, "settled", G_CALLBACK (on_row_settled), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (find_group (self, name), GTK_WIDGET (row));
}

static void
show_problem (HeraldPreferencesWindow *self,
              const char              *sentence)
{
  adw_status_page_set_description (self->absent, sentence);
  gtk_stack_set_visible_child_name (self->stack, "absent");
  gtk_spinner_set_spinning (self->spinner, FALSE);
}

static void
on_list_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldPreferencesWindow) self = user_data;
  g_autoptr(GVariant) list = NULL;
  g_autoptr(GError) error = NULL;

  self->is_asking = FALSE;
  if (!herald_dbus_service1_call_list_preferences_finish (HERALD_DBUS_SERVICE1 (source), &list, result, &error))
    {
      g_autofree char *sentence = herald_failure_dup_sentence (error);

      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_problem (self, sentence);
      return;
    }

  for (gsize i = 0; self->n_changes == 0 && i < g_variant_n_children (list); i++)
    {
      g_autoptr(GVariant) preference = g_variant_get_child_value (list, i);

      show_row (self, preference);
    }
  gtk_spinner_set_spinning (self->spinner, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "rows");
  adw_status_page_set_description (self->absent, NULL);
  if (self->asks_again)
    ask (self);
}

/* One question at a time, and one more if something has changed meanwhile */
static void
ask (HeraldPreferencesWindow *self)
{
  self->asks_again = self->is_asking;
  if (self->is_asking)
    return;

  self->is_asking = TRUE;
  herald_dbus_service1_call_list_preferences (herald_service_link_get_service (self->link), self->cancellable,
                                              on_list_ready, g_object_ref (self));
}

static void
ask_again (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  HeraldPreferencesWindow *self = HERALD_PREFERENCES_WINDOW (widget);

  gtk_spinner_set_spinning (self->spinner, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "waiting");
  ask (self);
}

static void
on_state_changed (HeraldPreferencesWindow *self)
{
  if (herald_service_link_get_state (self->link) == HERALD_LINK_RUNNING)
    ask (self);
  else
    show_problem (self, _("OctoHerald is not running at the moment. As soon as it does, the preferences are here again."));
}

/* GtkWindow */

/* What was typed last holds, too. */
static gboolean
herald_preferences_window_close_request (GtkWindow *window)
{
  HeraldPreferencesWindow *self = HERALD_PREFERENCES_WINDOW (window);
  GHashTableIter iter;
  gpointer row = NULL;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    herald_field_row_settle (HERALD_FIELD_ROW (row));

  return GTK_WINDOW_CLASS (herald_preferences_window_parent_class)->close_request (window);
}

/* GObject */

static void
herald_preferences_window_dispose (GObject *object)
{
  HeraldPreferencesWindow *self = HERALD_PREFERENCES_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->link);

  G_OBJECT_CLASS (herald_preferences_window_parent_class)->dispose (object);
}

static void
herald_preferences_window_finalize (GObject *object)
{
  HeraldPreferencesWindow *self = HERALD_PREFERENCES_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->refused, g_hash_table_unref);

  G_OBJECT_CLASS (herald_preferences_window_parent_class)->finalize (object);
}

static void
herald_preferences_window_class_init (HeraldPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_preferences_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = herald_preferences_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = herald_preferences_window_close_request;

  g_type_ensure (HERALD_TYPE_FOREIGN_GROUP);
  g_type_ensure (HERALD_TYPE_MUTE_ROW);
  g_type_ensure (HERALD_TYPE_LIMITS_GROUP);
  g_type_ensure (HERALD_TYPE_SETTINGS_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/octoherald/OctoHerald/preferences/preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldPreferencesWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, HeraldPreferencesWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, HeraldPreferencesWindow, absent);
  gtk_widget_class_bind_template_child (widget_class, HeraldPreferencesWindow, general);
  gtk_widget_class_bind_template_child (widget_class, HeraldPreferencesWindow, quiet);
  gtk_widget_class_bind_template_child (widget_class, HeraldPreferencesWindow, history);
  gtk_widget_class_bind_template_child (widget_class, HeraldPreferencesWindow, mute);
  gtk_widget_class_bind_template_child (widget_class, HeraldPreferencesWindow, limits);
  gtk_widget_class_bind_template_child (widget_class, HeraldPreferencesWindow, settings);
  gtk_widget_class_bind_template_child (widget_class, HeraldPreferencesWindow, foreign);

  gtk_widget_class_install_action (widget_class, "preferences.ask", NULL, ask_again);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
herald_preferences_window_init (HeraldPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * herald_preferences_window_present:
 * @parent: the window it belongs to
 * @link: with a service that runs
 */
void
herald_preferences_window_present (GtkWindow         *parent,
                                   HeraldServiceLink *link)
{
  HeraldPreferencesWindow *self = g_object_new (HERALD_TYPE_PREFERENCES_WINDOW, NULL);
  HeraldDBusService1 *service = herald_service_link_get_service (link);

  herald_transient_attach (GTK_WINDOW (self), parent);
  self->link = g_object_ref (link);
  g_signal_connect_object (link, "state-changed", G_CALLBACK (on_state_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (service, "notify::preferences", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (service, "notify::tray-text", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  herald_mute_row_set_link (self->mute, link);
  herald_limits_group_set_link (self->limits, link);
  herald_settings_group_set_link (self->settings, link);
  herald_foreign_group_set_link (self->foreign, link);
  gtk_spinner_set_spinning (self->spinner, TRUE);
  ask (self);
  gtk_window_present (GTK_WINDOW (self));
}
