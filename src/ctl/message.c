/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-message"

#include <glib/gi18n-lib.h>

#include "ctl/command.h"
#include "ctl/failure.h"
#include "ctl/input.h"
#include "ctl/output.h"

#define JSON_ENTRY(variable) \
  { "json", 0, 0, G_OPTION_ARG_NONE, &(variable), N_("Print JSON, for scripts"), NULL }
#define PRINTER_ENTRY(variable) \
  { "printer", 0, 0, G_OPTION_ARG_STRING, &(variable), N_("Only for this printer"), N_("ID") }

static const char *const keys[] = { "kind",     "name",    "group",     "printer",               "enabled",  "title", "text",
                                    "picture",  "channels", "changed",  "variables", "variable_descriptions", "pictures",
                                    NULL };

static const char *
get_text (GVariant   *row,
          const char *key)
{
  const char *text = "";

  g_variant_lookup (row, key, "&s", &text);

  return text;
}

/* Numbers and truths, as what they are; they stand beside the rest. */
static void
add_option (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  gint64 number;
  char *end = NULL;
  double decimal = g_ascii_strtod (value, &end);
  gboolean is_true = g_str_equal (value, "true");

  json_builder_set_member_name (builder, name);
  if (is_true || g_str_equal (value, "false"))
    json_builder_add_boolean_value (builder, is_true);
  else if (g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &number, NULL))
    json_builder_add_int_value (builder, number);
  else if (end != value && *end == '\0')
    json_builder_add_double_value (builder, decimal);
  else
    json_builder_add_string_value (builder, value);
}

static void
add_options (JsonBuilder *builder,
             GVariant    *options)
{
  GVariantIter iter;
  const char *name;
  const char *value;

  g_variant_iter_init (&iter, options);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &value))
    add_option (builder, name, value);
}

/* Words for one form, if there are any, and what is sent instead of a picture */
static gboolean
is_special (const char *name)
{
  return g_str_has_prefix (name, "title-") || g_str_has_prefix (name, "text-") || g_str_equal (name, "picture-fallback");
}

static void
add_json (JsonBuilder *builder,
          GVariant    *row)
{
  g_autoptr(GVariant) options = g_variant_lookup_value (row, "options", G_VARIANT_TYPE ("a{ss}"));
  g_autoptr(GVariant) setting = NULL;
  GVariantIter iter;
  const char *name;

  json_builder_begin_object (builder);
  herald_output_add_members (builder, row, keys);
  g_variant_iter_init (&iter, row);
  while (g_variant_iter_next (&iter, "{&sv}", &name, &setting))
    {
      if (is_special (name))
        herald_output_add_variant (builder, name, setting);
      g_clear_pointer (&setting, g_variant_unref);
    }
  if (options != NULL)
    add_options (builder, options);
  json_builder_end_object (builder);
}

static gboolean
is_enabled (GVariant *row)
{
  gboolean enabled = FALSE;

  g_variant_lookup (row, "enabled", "b", &enabled);

  return enabled;
}

static void
print_table (GVariant *rows)
{
  const char *const headings[] = { _("KIND"), _("PRINTER"), _("TOLD"), _("CHANNELS"),
                                   _("TITLE"), NULL };
  g_autoptr(HeraldTable) table = herald_table_new (headings);

  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (rows, i);
      const char *printer = get_text (row, "printer");
      gboolean enabled = is_enabled (row);

      herald_table_add (table, get_text (row, "kind"), HERALD_TONE_PLAIN);
      herald_table_add (table, *printer != '\0' ? printer : _("all"), HERALD_TONE_DIM);
      herald_table_add (table, enabled ? _("yes") : _("no"),
                        enabled ? HERALD_TONE_GOOD : HERALD_TONE_DIM);
      herald_table_add (table, get_text (row, "channels"), HERALD_TONE_PLAIN);
      herald_table_add (table, get_text (row, "title"), HERALD_TONE_PLAIN);
    }
  herald_table_print (table);
}

static GVariant *
list_messages (HeraldCall  *call,
               GError     **error)
{
  GVariant *rows = NULL;
  GError *cause = NULL;

  if (!herald_call_connect (call, error))
    return NULL;
  if (!herald_dbus_service1_call_list_messages_sync (call->client->service, &rows, NULL, &cause))
    {
      herald_failure_take_dbus_error (error, cause);
      return NULL;
    }

  return rows;
}

static gboolean
run_list (HeraldCall  *call,
          GError     **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = { JSON_ENTRY (json), { NULL } };
  g_autoptr(GVariant) rows = NULL;
  g_autoptr(JsonBuilder) builder = NULL;

  if (!herald_call_parse (call, entries, 0, 0, error))
    return FALSE;
  rows = list_messages (call, error);
  if (rows == NULL)
    return FALSE;
  if (!json)
    {
      print_table (rows);
      return TRUE;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "messages");
  json_builder_begin_array (builder);
  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (rows, i);

      add_json (builder, row);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  herald_output_print_json (builder, TRUE);

  return TRUE;
}

/* @printer: (nullable): its own words for @kind, or those of all if it has none */
static GVariant *
find_row (GVariant   *rows,
          const char *kind,
          const char *printer)
{
  GVariant *found = NULL;

  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (rows, i);
      const char *owner = get_text (row, "printer");

      if (!g_str_equal (get_text (row, "kind"), kind))
        continue;
      if (*owner != '\0' && g_strcmp0 (owner, printer) != 0)
        continue;

      g_clear_pointer (&found, g_variant_unref);
      found = g_steal_pointer (&row);
    }

  return found;
}

/* In the order of the table they come from */
static void
print_variables (GVariant *variables)
{
  GVariantIter iter;
  const char *name;
  const char *description;

  g_print ("\n%s\n", _("What the words can speak of:"));
  g_variant_iter_init (&iter, variables);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &description))
    {
      g_autofree char *label = g_strdup_printf ("{%s}", name);

      herald_output_print_field (label, description);
    }
}

static void
print_row (GVariant *row)
{
  g_autoptr(GVariant) options = g_variant_lookup_value (row, "options", G_VARIANT_TYPE ("a{ss}"));
  g_autoptr(GVariant) variables = g_variant_lookup_value (row, "variable_descriptions", G_VARIANT_TYPE ("a{ss}"));
  g_autoptr(GVariant) setting = NULL;
  GVariantIter iter;
  const char *name;
  const char *value;

  herald_output_print_field (_("Kind"), get_text (row, "kind"));
  herald_output_print_field (_("Happens when"), get_text (row, "name"));
  herald_output_print_field (_("Printer"), get_text (row, "printer"));
  herald_output_print_field (_("Told"), is_enabled (row) ? _("yes") : _("no"));
  herald_output_print_field (_("Title"), get_text (row, "title"));
  herald_output_print_field (_("Text"), get_text (row, "text"));
  herald_output_print_field (_("Picture"), get_text (row, "picture"));
  g_variant_iter_init (&iter, row);
  while (g_variant_iter_next (&iter, "{&sv}", &name, &setting))
    {
      if (is_special (name))
        herald_output_print_field (name, g_variant_get_string (setting, NULL));
      g_clear_pointer (&setting, g_variant_unref);
    }
  herald_output_print_field (_("Channels"), get_text (row, "channels"));
  if (options != NULL)
    {
      g_variant_iter_init (&iter, options);
      while (g_variant_iter_next (&iter, "{&s&s}", &name, &value))
        herald_output_print_field (name, value);
    }
  if (variables != NULL)
    print_variables (variables);
}

static gboolean
run_show (HeraldCall  *call,
          GError     **error)
{
  gboolean json = FALSE;
  g_autofree char *printer = NULL;
  const GOptionEntry entries[] = { PRINTER_ENTRY (printer), JSON_ENTRY (json), { NULL } };
  g_autoptr(GVariant) rows = NULL;
  g_autoptr(GVariant) row = NULL;
  g_autoptr(JsonBuilder) builder = NULL;

  if (!herald_call_parse (call, entries, 1, 1, error))
    return FALSE;
  rows = list_messages (call, error);
  if (rows == NULL)
    return FALSE;
  row = find_row (rows, call->words[0], printer);
  if (row == NULL)
    {
      g_set_error (error, HERALD_FAILURE, HERALD_FAILURE_REFUSED,
                   _("There is no kind “%s”; “octoheraldctl message list” shows all"),
                   call->words[0]);
      return FALSE;
    }
  if (!json)
    {
      print_row (row);
      return TRUE;
    }

  builder = json_builder_new ();
  add_json (builder, row);
  herald_output_print_json (builder, TRUE);

  return TRUE;
}

static gboolean
run_set (HeraldCall  *call,
         GError     **error)
{
  g_autoptr(HeraldValues) changes = herald_values_new ();
  g_autofree char *printer = NULL;
  gboolean enable = FALSE;
  gboolean disable = FALSE;
  const char *const names[] = { "title", "text", "picture", "channels" };
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  g_autofree char *picture = NULL;
  g_autofree char *channels = NULL;
  char **const values[] = { &title, &text, &picture, &channels };
  const GOptionEntry entries[] = {
    PRINTER_ENTRY (printer),
    { "enable", 0, 0, G_OPTION_ARG_NONE, &enable, N_("Tell it"), NULL },
    { "disable", 0, 0, G_OPTION_ARG_NONE, &disable, N_("Do not tell it"), NULL },
    { "title", 0, 0, G_OPTION_ARG_STRING, &title, N_("The title, with {variables}"), N_("TITLE") },
    { "text", 0, 0, G_OPTION_ARG_STRING, &text, N_("The text, with {variables}"), N_("TEXT") },
    { "picture", 0, 0, G_OPTION_ARG_STRING, &picture,
      N_("none, snapshot, thumbnail or timelapse"), N_("PICTURE") },
    { "channels", 0, 0, G_OPTION_ARG_STRING, &channels,
      N_("“all”, “none”, or ids with commas between them"), N_("CHANNELS") },
    { NULL },
  };
  g_auto(GStrv) problems = NULL;
  GError *cause = NULL;

  if (!herald_call_parse (call, entries, 1, G_MAXUINT, error))
    return FALSE;
  if (enable && disable)
    return herald_failure_set_usage (error, "%s", _("Say either --enable or --disable"));
  if (!herald_input_add_settings (changes, call->words + 1, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (*values[i] != NULL)
        herald_values_set (changes, names[i], *values[i]);
    }
  if (enable || disable)
    herald_values_set (changes, "enabled", enable ? "true" : "false");
  if (g_hash_table_size (changes) == 0)
    return herald_failure_set_usage (error, "%s", _("Say what to change"));
  if (!herald_call_connect (call, error))
    return FALSE;

  if (!herald_dbus_service1_call_set_message_sync (
          call->client->service, call->words[0], printer != NULL ? printer : "",
          herald_values_to_variant (changes), &problems, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);
  herald_output_print_warnings ((const char *const *) problems);

  return TRUE;
}

static gboolean
run_reset (HeraldCall  *call,
           GError     **error)
{
  g_autofree char *printer = NULL;
  const GOptionEntry entries[] = { PRINTER_ENTRY (printer), { NULL } };
  GError *cause = NULL;

  if (!herald_call_parse (call, entries, 1, 1, error) || !herald_call_connect (call, error))
    return FALSE;
  if (!herald_dbus_service1_call_reset_message_sync (call->client->service, call->words[0],
                                                     printer != NULL ? printer : "", NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  return TRUE;
}

const HeraldCommand herald_message_commands[] = {
  { "message", "list", "[--json]", N_("Show what is told, and how"), run_list },
  { "message", "show", "KIND [--printer ID] [--json]", N_("Show one kind of message"), run_show },
  { "message", "set",
    "KIND [--printer ID] [--title TITLE] [--text TEXT] [--picture PICTURE] "
    "[--channels CHANNELS] [--enable|--disable] [KEY=VALUE…]",
    N_("Change what is told, and how"), run_set },
  { "message", "reset", "KIND [--printer ID]", N_("Go back to the words it came with"), run_reset },
  { NULL },
};
