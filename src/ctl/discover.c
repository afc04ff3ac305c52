/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-discover"

#include "ctl/discover.h"

#include <glib/gi18n-lib.h>

#include "ctl/failure.h"
#include "ctl/output.h"

/* The service takes some six seconds, more on a computer that is busy. */
#define LIMIT_MS 30000

/* The contract; what is not known is null. */
static const char *const keys[] = {
  "name", "url", "version", "uuid", "user", "sources", "known", NULL,
};

static const char *
get_text (GVariant   *row,
          const char *key)
{
  const char *text = "";

  g_variant_lookup (row, key, "&s", &text);

  return text;
}

static void
print_json (GVariant *found)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "found");
  json_builder_begin_array (builder);
  for (gsize i = 0; i < g_variant_n_children (found); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (found, i);

      json_builder_begin_object (builder);
      herald_output_add_members (builder, row, keys);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  herald_output_print_json (builder, TRUE);
}

/* Returns whether it is one that could be added. */
static gboolean
add_row (HeraldTable *table,
         GVariant    *row)
{
  const char *known = get_text (row, "known");
  g_autofree char *remark = NULL;

  if (*known != '\0')
    remark = g_strdup_printf (_("already set up as %s"), known);
  herald_table_add (table, get_text (row, "name"), HERALD_TONE_PLAIN);
  herald_table_add (table, get_text (row, "url"), HERALD_TONE_PLAIN);
  herald_table_add (table, get_text (row, "version"), HERALD_TONE_PLAIN);
  herald_table_add (table, remark, HERALD_TONE_DIM);

  return *known == '\0';
}

static void
print_human (GVariant *found)
{
  const char *const headings[] = { _("NAME"), _("ADDRESS"), _("VERSION"), "", NULL };
  g_autoptr(HeraldTable) table = herald_table_new (headings);
  gboolean any_new = FALSE;

  if (g_variant_n_children (found) == 0)
    {
      g_print ("%s\n", _("No OctoPrint was found in this network. It may be switched off, be in "
                         "another network or not announce itself. You can add it by its address:"));
      g_print ("  octoheraldctl printer add --name %s --url %s\n", _("NAME"), _("ADDRESS"));
      return;
    }

  for (gsize i = 0; i < g_variant_n_children (found); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (found, i);

      any_new = add_row (table, row) || any_new;
    }
  herald_table_print (table);
  if (any_new)
    {
      g_print ("\n%s\n", _("Watch one of them with:"));
      g_print ("  octoheraldctl printer add --name %s --url %s\n", _("NAME"), _("ADDRESS"));
    }
}

/**
 * herald_discover_run:
 *
 * Prints the servers that announce themselves in the local network. Finding none
 * is no failure.
 */
gboolean
herald_discover_run (HeraldCall  *call,
                     GError     **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON, for scripts"), NULL },
    { NULL },
  };
  g_autoptr(GVariant) found = NULL;
  GError *cause = NULL;

  if (!herald_call_parse (call, entries, 0, 0, error) || !herald_call_connect (call, error))
    return FALSE;

  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (call->client->service), LIMIT_MS);
  if (!herald_dbus_service1_call_discover_sync (call->client->service, &found, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  if (json)
    print_json (found);
  else
    print_human (found);

  return TRUE;
}
