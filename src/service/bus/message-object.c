/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-message-object"

#include "service/bus/message-object.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/engine-preview.h"
#include "core/events/variable.h"
#include "core/routing/message-change.h"
#include "core/routing/message-options.h"
#include "service/bus/arguments.h"
#include "service/bus/names.h"
#include "service/bus/service-object.h"

static void
add_text (GVariantBuilder *row,
          const char      *name,
          const char      *text)
{
  g_variant_builder_add (row, "{sv}", name, g_variant_new_string (text != NULL ? text : ""));
}

static GVariant *
make_variables (HeraldEventKind kind)
{
  const char *const *commons = herald_event_kind_get_commons ();
  const char *const *own = herald_event_kind_get_info (kind)->variables;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; commons[i] != NULL; i++)
    g_variant_builder_add (&builder, "s", commons[i]);
  for (guint i = 0; own[i] != NULL; i++)
    g_variant_builder_add (&builder, "s", own[i]);

  return g_variant_builder_end (&builder);
}

static void
add_form_words (GVariantBuilder *row,
                HeraldValues    *words)
{
  g_autoptr(GList) names = g_list_sort (g_hash_table_get_keys (words), (GCompareFunc) g_strcmp0);

  for (GList *name = names; name != NULL; name = name->next)
    add_text (row, name->data, herald_values_get (words, name->data));
}

static GVariant *
make_descriptions (HeraldEventKind kind)
{
  guint n_variables;
  const HeraldVariable *variables = herald_variable_get_all (&n_variables);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  for (guint i = 0; i < n_variables; i++)
    {
      if (herald_event_kind_has_variable (kind, variables[i].name))
        g_variant_builder_add (&builder, "{ss}", variables[i].name, _(variables[i].description));
    }

  return g_variant_builder_end (&builder);
}

static const char *const option_kinds[] = {
  [HERALD_OPTION_WHOLE] = "whole",
  [HERALD_OPTION_DECIMAL] = "decimal",
  [HERALD_OPTION_BOOLEAN] = "boolean",
};

static GVariant *
make_option_fields (HeraldEventKind kind)
{
  guint n_options;
  const HeraldMessageOption *options = herald_message_options_get_all (&n_options);
  GVariantBuilder fields;

  g_variant_builder_init (&fields, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < n_options; i++)
    {
      const HeraldMessageOption *option = &options[i];

      if (!herald_message_option_applies (option, kind))
        continue;

      g_variant_builder_open (&fields, G_VARIANT_TYPE_VARDICT);
      add_text (&fields, "name", option->name);
      add_text (&fields, "kind", option_kinds[option->type]);
      add_text (&fields, "label", _(option->label));
      add_text (&fields, "hint", _(option->hint));
      add_text (&fields, "unit", *option->unit != '\0' ? _(option->unit) : "");
      g_variant_builder_add (&fields, "{sv}", "minimum", g_variant_new_double (option->minimum));
      g_variant_builder_add (&fields, "{sv}", "maximum", g_variant_new_double (option->maximum));
      g_variant_builder_close (&fields);
    }

  return g_variant_builder_end (&fields);
}

static GVariant *
make_own (HeraldConfig    *config,
          HeraldEventKind  kind,
          const char      *printer)
{
  g_autofree char *id = herald_message_settings_make_section_id (kind, printer);
  g_autoptr(HeraldValues) section = herald_config_dup_section (config, HERALD_MESSAGE_CATEGORY, id);

  return herald_values_to_variant (section);
}

static GVariant *
make_row (HeraldConfig                *config,
          HeraldEventKind              kind,
          const char                  *printer,
          const HeraldMessageSettings *settings)
{
  const HeraldEventKindInfo *info = herald_event_kind_get_info (kind);
  GVariantBuilder row;

  g_variant_builder_init (&row, G_VARIANT_TYPE_VARDICT);
  add_text (&row, "kind", info->id);
  add_text (&row, "name", _(info->name));
  add_text (&row, "group", herald_event_group_get_id (info->group));
  add_text (&row, "group_name", _(herald_event_group_get_name (info->group)));
  add_text (&row, "printer", printer);
  g_variant_builder_add (&row, "{sv}", "enabled", g_variant_new_boolean (settings->enabled));
  add_text (&row, "title", settings->title);
  add_text (&row, "text", settings->text);
  add_form_words (&row, settings->form_words);
  add_text (&row, "picture", settings->picture);
  add_text (&row, "picture-fallback", settings->picture_fallback);
  g_variant_builder_add (&row, "{sv}", "pictures", g_variant_new_strv (info->pictures, -1));
  add_text (&row, "channels", settings->channels);
  g_variant_builder_add (&row, "{sv}", "changed", g_variant_new_boolean (settings->changed));
  g_variant_builder_add (&row, "{sv}", "own", make_own (config, kind, printer));
  g_variant_builder_add (&row, "{sv}", "variables", make_variables (kind));
  g_variant_builder_add (&row, "{sv}", "variable_descriptions", make_descriptions (kind));
  g_variant_builder_add (&row, "{sv}", "options", herald_values_to_variant (settings->options));
  g_variant_builder_add (&row, "{sv}", "option_fields", make_option_fields (kind));

  return g_variant_builder_end (&row);
}

/* Every kind once, and again for each printer that has its own words for it. */
static void
add_rows (GVariantBuilder *rows,
          HeraldEngine    *engine,
          HeraldEventKind  kind)
{
  HeraldConfig *config = herald_engine_get_config (engine);
  GListModel *printers = herald_engine_get_printers (engine);
  g_autoptr(HeraldMessageSettings) common = herald_message_settings_load (config, kind, NULL);

  g_variant_builder_add_value (rows, make_row (config, kind, NULL, common));

  for (guint i = 0; i < g_list_model_get_n_items (printers); i++)
    {
      g_autoptr(HeraldPrinter) printer = g_list_model_get_item (printers, i);
      const char *id = herald_printer_get_id (printer);
      g_autoptr(HeraldMessageSettings) settings = herald_message_settings_load (config, kind, id);

      if (settings->changed)
        g_variant_builder_add_value (rows, make_row (config, kind, id, settings));
    }
}

static gboolean
on_handle_list_messages (HeraldDBusService1    *object,
                         GDBusMethodInvocation *invocation)
{
  HeraldEngine *engine = herald_service_object_get_engine (HERALD_SERVICE_OBJECT (object));
  GVariantBuilder rows;

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("aa{sv}"));
  for (guint kind = 0; kind < HERALD_N_EVENT_KINDS; kind++)
    add_rows (&rows, engine, (HeraldEventKind) kind);
  herald_dbus_service1_complete_list_messages (object, invocation, g_variant_builder_end (&rows));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_set_message (HeraldDBusService1    *object,
                       GDBusMethodInvocation *invocation,
                       const char            *kind_id,
                       const char            *printer,
                       GVariant              *arguments)
{
  HeraldEngine *engine = herald_service_object_get_engine (HERALD_SERVICE_OBJECT (object));
  HeraldConfig *config = herald_engine_get_config (engine);
  HeraldEventKind kind;
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldValues) changes = herald_arguments_read_values (arguments, &error);
  g_auto(GStrv) problems = NULL;

  if (changes == NULL || !herald_message_object_read_target (engine, kind_id, &printer, &kind, &error) ||
      !herald_message_settings_change (config, kind, printer, changes, &error))
    {
      herald_names_return_error (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  /* The new words are stored all the same */
  problems = herald_engine_lint_message (engine, kind, printer);
  herald_dbus_service1_complete_set_message (object, invocation, (const char *const *) problems);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_restore_message (HeraldDBusService1    *object,
                           GDBusMethodInvocation *invocation,
                           const char            *kind_id,
                           const char            *printer,
                           GVariant              *arguments)
{
  HeraldEngine *engine = herald_service_object_get_engine (HERALD_SERVICE_OBJECT (object));
  HeraldConfig *config = herald_engine_get_config (engine);
  HeraldEventKind kind;
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldValues) own = herald_arguments_read_values (arguments, &error);

  if (own != NULL && herald_message_object_read_target (engine, kind_id, &printer, &kind, &error) &&
      herald_message_settings_restore (config, kind, printer, own, &error))
    herald_dbus_service1_complete_restore_message (object, invocation);
  else
    herald_names_return_error (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_reset_message (HeraldDBusService1    *object,
                         GDBusMethodInvocation *invocation,
                         const char            *kind_id,
                         const char            *printer)
{
  HeraldEngine *engine = herald_service_object_get_engine (HERALD_SERVICE_OBJECT (object));
  HeraldEventKind kind;
  g_autoptr(GError) error = NULL;

  if (herald_message_object_read_target (engine, kind_id, &printer, &kind, &error) &&
      herald_message_settings_reset (herald_engine_get_config (engine), kind, printer, &error))
    herald_dbus_service1_complete_reset_message (object, invocation);
  else
    herald_names_return_error (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/**
 * herald_message_object_read_target:
 * @printer: (inout): an id; becomes %NULL if it is empty: the message of all printers
 * @kind: (out): set on success
 *
 * Returns: whether there are such a kind and such a printer; if not, @error is HERALD_ERROR_SETTINGS
 */
gboolean
herald_message_object_read_target (HeraldEngine     *engine,
                                   const char       *kind_id,
                                   const char      **printer,
                                   HeraldEventKind  *kind,
                                   GError          **error)
{
  if (!herald_arguments_read_kind (kind_id, kind, error))
    return FALSE;

  if (**printer == '\0')
    {
      *printer = NULL;
      return TRUE;
    }

  if (herald_engine_find_printer (engine, *printer) == NULL)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("There is no printer of that id; the list of printers shows all"));
      return FALSE;
    }

  return TRUE;
}

/**
 * herald_message_object_implement:
 * @iface: of #HeraldServiceObject
 */
void
herald_message_object_implement (HeraldDBusService1Iface *iface)
{
  iface->handle_list_messages = on_handle_list_messages;
  iface->handle_set_message = on_handle_set_message;
  iface->handle_restore_message = on_handle_restore_message;
  iface->handle_reset_message = on_handle_reset_message;
}
