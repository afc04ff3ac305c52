/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-preference"

#include <glib/gi18n-lib.h>

#include "ctl/command.h"
#include "ctl/failure.h"
#include "ctl/input.h"
#include "ctl/output.h"

static const char *const keys[] = { "name", "kind", "label", "hint", "fallback", "choices", "condition", "problem", NULL };

static const char *
get_text (GVariant   *row,
          const char *key)
{
  const char *text = "";

  g_variant_lookup (row, key, "&s", &text);

  return text;
}

static void
add_json (JsonBuilder *builder,
          GVariant    *row)
{
  const char *value = get_text (row, "value");

  json_builder_begin_object (builder);
  herald_output_add_members (builder, row, keys);
  json_builder_set_member_name (builder, "value");
  if (g_str_equal (get_text (row, "kind"), "boolean"))
    json_builder_add_boolean_value (builder, g_str_equal (value, "true"));
  else if (g_str_equal (get_text (row, "kind"), "number"))
    json_builder_add_int_value (builder, g_ascii_strtoll (value, NULL, 10));
  else if (*value == '\0')
    json_builder_add_null_value (builder);
  else
    json_builder_add_string_value (builder, value);
  json_builder_end_object (builder);
}

static void
print_json (GVariant *rows)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "preferences");
  json_builder_begin_array (builder);
  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (rows, i);

      add_json (builder, row);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  herald_output_print_json (builder, TRUE);
}

static void
print_table (GVariant *rows)
{
  const char *const headings[] = { _("NAME"), _("VALUE"), _("MEANING"), NULL };
  g_autoptr(HeraldTable) table = herald_table_new (headings);

  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (rows, i);
      const char *problem = get_text (row, "problem");
      const char *condition = get_text (row, "condition");
      g_autofree char *meaning = *condition != '\0' ? g_strdup_printf (_("%s: %s"), get_text (row, "label"), condition)
                                                    : g_strdup (get_text (row, "label"));

      herald_table_add (table, get_text (row, "name"), HERALD_TONE_PLAIN);
      herald_table_add (table, get_text (row, "value"), *problem != '\0' ? HERALD_TONE_DIM : HERALD_TONE_GOOD);
      herald_table_add (table, *problem != '\0' ? problem : meaning,
                        *problem != '\0' ? HERALD_TONE_DIM : HERALD_TONE_PLAIN);
    }
  herald_table_print (table);
}

static gboolean
run_list (HeraldCall  *call,
          GError     **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON, for scripts"), NULL },
    { NULL },
  };
  g_autoptr(GVariant) rows = NULL;
  GError *cause = NULL;

  if (!herald_call_parse (call, entries, 0, 0, error) || !herald_call_connect (call, error))
    return FALSE;
  if (!herald_dbus_service1_call_list_preferences_sync (call->client->service, &rows, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  if (json)
    print_json (rows);
  else
    print_table (rows);

  return TRUE;
}

static gboolean
run_set (HeraldCall  *call,
         GError     **error)
{
  g_autoptr(HeraldValues) changes = herald_values_new ();
  GError *cause = NULL;

  if (!herald_call_parse (call, NULL, 1, G_MAXUINT, error) || !herald_input_add_settings (changes, call->words, error) ||
      !herald_call_connect (call, error))
    return FALSE;
  if (!herald_dbus_service1_call_set_preferences_sync (call->client->service, herald_values_to_variant (changes), NULL,
                                                       &cause))
    return herald_failure_take_dbus_error (error, cause);

  return TRUE;
}

/* To start it only to end it would be odd, and connecting starts it. */
static gboolean
is_running (void)
{
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr(GVariant) answer = NULL;
  gboolean has_owner = FALSE;

  if (bus == NULL)
    return FALSE;

  g_dbus_connection_set_exit_on_close (bus, FALSE);
  answer = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                        "NameHasOwner", g_variant_new ("(s)", HERALD_CLIENT_BUS_NAME),
                                        G_VARIANT_TYPE ("(b)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  if (answer != NULL)
    g_variant_get (answer, "(b)", &has_owner);

  return has_owner;
}

static gboolean
run_quit (HeraldCall  *call,
          GError     **error)
{
  GError *cause = NULL;

  if (!herald_call_parse (call, NULL, 0, 0, error))
    return FALSE;
  if (!is_running ())
    return herald_failure_take_dbus_error (error, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "no owner"));
  if (!herald_call_connect (call, error))
    return FALSE;
  if (!herald_dbus_service1_call_quit_sync (call->client->service, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  return TRUE;
}

const HeraldCommand herald_preference_commands[] = {
  { "preference", "list", "[--json]", N_("Show how OctoHerald itself behaves"), run_list },
  { "preference", "set", "KEY=VALUE…", N_("Change how OctoHerald itself behaves; an empty value brings back the default"), run_set },
  { "quit", NULL, "", N_("End the service; what waits is sent when it is started again"), run_quit },
  { NULL },
};
