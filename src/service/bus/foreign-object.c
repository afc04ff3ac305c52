/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-foreign-object"

#include "service/bus/foreign-object.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/engine-foreign.h"
#include "service/bus/names.h"
#include "service/bus/service-object.h"

/* A call under way */
typedef struct
{
  GDBusMethodInvocation *invocation;
  GCancellable *cancellable;
  const HeraldImportSource *source; /* NULL for whatever there is */
  char *printer;
  HeraldForeignMode mode;
} Call;

static void
call_free (Call *self)
{
  g_clear_object (&self->cancellable);
  g_free (self->printer);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static gboolean
read_source (Call        *self,
             const char  *id,
             GError     **error)
{
  if (*id == '\0')
    return TRUE;

  self->source = herald_import_source_find (id);
  if (self->source != NULL)
    return TRUE;

  g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("OctoHerald does not know this program"));
  return FALSE;
}

/* An option that nobody knows may have been meant to keep something from being changed. */
static gboolean
read_options (Call      *self,
              GVariant  *options,
              GError   **error)
{
  GVariantIter iter;
  const char *name;
  GVariant *value;

  g_variant_iter_init (&iter, options);
  while (g_variant_iter_next (&iter, "{&sv}", &name, &value))
    {
      g_autoptr(GVariant) owned = value;

      if (g_str_equal (name, "dry-run") && g_variant_is_of_type (owned, G_VARIANT_TYPE_BOOLEAN))
        self->mode = g_variant_get_boolean (owned) ? HERALD_FOREIGN_TRY : HERALD_FOREIGN_TAKE;
      else if (g_str_equal (name, "printer") && g_variant_is_of_type (owned, G_VARIANT_TYPE_STRING))
        {
          g_free (self->printer);
          self->printer = g_variant_dup_string (owned, NULL);
        }
      else
        {
          g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("There is no such option"));
          return FALSE;
        }
    }

  return TRUE;
}

static Call *
call_new (HeraldServiceObject    *object,
          GDBusMethodInvocation  *invocation,
          const char             *source,
          GVariant               *options,
          GError                **error)
{
  g_autoptr(Call) self = g_new0 (Call, 1);

  self->invocation = invocation;
  self->cancellable = g_object_ref (herald_service_object_get_cancellable (object));
  self->mode = HERALD_FOREIGN_TAKE;

  return read_source (self, source, error) && read_options (self, options, error) ? g_steal_pointer (&self) : NULL;
}

static GVariant *
make_report (HeraldImportPlan *plan)
{
  GVariantBuilder rows;

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("a(sss)"));
  for (guint i = 0; i < plan->lines->len; i++)
    {
      HeraldImportLine *line = g_ptr_array_index (plan->lines, i);

      g_variant_builder_add (&rows, "(sss)", herald_import_outcome_to_id (line->outcome), line->subject, line->sentence);
    }

  return g_variant_builder_end (&rows);
}

static void
on_plan_taken (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(Call) call = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldImportPlan) plan = herald_engine_take_plan_finish (HERALD_ENGINE (source), result, &error);

  if (plan != NULL)
    g_dbus_method_invocation_return_value (call->invocation, g_variant_new ("(@a(sss))", make_report (plan)));
  else
    herald_names_return_error (call->invocation, error);
}

static void
take_plan (HeraldEngine     *engine,
           HeraldImportPlan *plan,
           Call             *taken_call)
{
  herald_engine_take_plan_async (engine, plan, taken_call->printer, taken_call->mode, taken_call->cancellable, on_plan_taken,
                                 taken_call);
}

static void
on_file_read (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(Call) call = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;
  HeraldImportPlan *plan = herald_engine_read_file_finish (HERALD_ENGINE (source), result, &error);

  if (plan != NULL)
    take_plan (HERALD_ENGINE (source), plan, g_steal_pointer (&call));
  else
    herald_names_return_error (call->invocation, error);
}

static void
on_printer_read (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(Call) call = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;
  HeraldImportPlan *plan = herald_engine_read_printer_finish (HERALD_ENGINE (source), result, &error);

  if (plan != NULL)
    take_plan (HERALD_ENGINE (source), plan, g_steal_pointer (&call));
  else
    herald_names_return_error (call->invocation, error);
}

/* HeraldDBusService1 */

static gboolean
on_handle_import_foreign (HeraldDBusService1    *object,
                          GDBusMethodInvocation *invocation,
                          const char            *source,
                          GVariant              *content,
                          GVariant              *options)
{
  HeraldServiceObject *self = HERALD_SERVICE_OBJECT (object);
  g_autoptr(GError) error = NULL;
  Call *call = call_new (self, invocation, source, options, &error);
  g_autoptr(GBytes) bytes = g_variant_get_data_as_bytes (content);

  if (call != NULL)
    herald_engine_read_file_async (herald_service_object_get_engine (self), bytes, call->source, call->cancellable,
                                   on_file_read, call);
  else
    herald_names_return_error (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_import_from_printer (HeraldDBusService1    *object,
                               GDBusMethodInvocation *invocation,
                               const char            *source,
                               const char            *printer,
                               GVariant              *options)
{
  HeraldServiceObject *self = HERALD_SERVICE_OBJECT (object);
  g_autoptr(GError) error = NULL;
  g_autoptr(Call) call = call_new (self, invocation, source, options, &error);

  if (call == NULL)
    {
      herald_names_return_error (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  g_free (call->printer);
  call->printer = g_strdup (printer);
  herald_engine_read_printer_async (herald_service_object_get_engine (self), printer, call->source, call->cancellable,
                                    on_printer_read, call);
  g_steal_pointer (&call);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_list_foreign_sources (HeraldDBusService1    *object,
                                GDBusMethodInvocation *invocation)
{
  guint n_sources;
  const HeraldImportSource *sources = herald_import_source_get_all (&n_sources);
  GVariantBuilder rows;

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < n_sources; i++)
    {
      g_variant_builder_open (&rows, G_VARIANT_TYPE_VARDICT);
      g_variant_builder_add (&rows, "{sv}", "id", g_variant_new_string (sources[i].id));
      g_variant_builder_add (&rows, "{sv}", "name", g_variant_new_string (sources[i].name));
      g_variant_builder_add (&rows, "{sv}", "where", g_variant_new_string (_(sources[i].where)));
      g_variant_builder_add (&rows, "{sv}", "printer", g_variant_new_boolean (sources[i].plugin != NULL));
      g_variant_builder_close (&rows);
    }
  herald_dbus_service1_complete_list_foreign_sources (object, invocation, g_variant_builder_end (&rows));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/**
 * herald_foreign_object_implement:
 * @iface: of #HeraldServiceObject
 */
void
herald_foreign_object_implement (HeraldDBusService1Iface *iface)
{
  iface->handle_import_foreign = on_handle_import_foreign;
  iface->handle_import_from_printer = on_handle_import_from_printer;
  iface->handle_list_foreign_sources = on_handle_list_foreign_sources;
}
