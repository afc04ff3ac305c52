/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-accounts"

#include "ctl/channel-accounts.h"

#include <glib/gi18n-lib.h>

#include "ctl/failure.h"
#include "ctl/output.h"

/* The contract; what is not known is null. */
static const char *const keys[] = {
  "id", "name", "address", "provider", "server", "problem", NULL,
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
print_json (GVariant *accounts)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "accounts");
  json_builder_begin_array (builder);
  for (gsize i = 0; i < g_variant_n_children (accounts); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (accounts, i);

      json_builder_begin_object (builder);
      for (guint j = 0; keys[j] != NULL; j++)
        herald_output_add_text (builder, keys[j], get_text (row, keys[j]));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  herald_output_print_json (builder, TRUE);
}

/* A table would cut off what to do. */
static void
print_problems (GVariant *accounts)
{
  for (gsize i = 0; i < g_variant_n_children (accounts); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (accounts, i);

      if (*get_text (row, "problem") != '\0')
        g_print ("\n%s: %s\n", get_text (row, "name"), get_text (row, "problem"));
    }
}

static void
print_human (GVariant *accounts)
{
  const char *const headings[] = { _("ACCOUNT"), _("PROVIDER"), "", NULL };
  g_autoptr(HeraldTable) table = herald_table_new (headings);
  const char *example = NULL;

  if (g_variant_n_children (accounts) == 0)
    {
      g_print ("%s\n", _("No account of this desktop sends mail. Add one in Settings → Online Accounts."));
      return;
    }

  for (gsize i = 0; i < g_variant_n_children (accounts); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (accounts, i);
      const char *address = get_text (row, "address");
      const char *problem = get_text (row, "problem");
      const char *shown = *address != '\0' ? address : get_text (row, "id");

      herald_table_add (table, shown, HERALD_TONE_PLAIN);
      herald_table_add (table, get_text (row, "provider"), HERALD_TONE_PLAIN);
      herald_table_add (table, *problem != '\0' ? _("needs a look") : "", HERALD_TONE_BAD);
      /* The array keeps the words alive. */
      if (example == NULL || *problem == '\0')
        example = shown;
    }
  herald_table_print (table);
  print_problems (accounts);
  g_print ("\n%s\n", _("Send mail by one of them with:"));
  g_print ("  octoheraldctl channel add email --name %s account=%s to=%s\n", _("NAME"), example, _("ADDRESS"));
}

/**
 * herald_channel_accounts_run:
 *
 * Prints the accounts of the desktop's settings that can send mail. Having none is no failure.
 */
gboolean
herald_channel_accounts_run (HeraldCall  *call,
                             GError     **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON, for scripts"), NULL },
    { NULL },
  };
  g_autoptr(GVariant) accounts = NULL;
  GError *cause = NULL;

  if (!herald_call_parse (call, entries, 0, 0, error) || !herald_call_connect (call, error))
    return FALSE;
  if (!herald_dbus_service1_call_list_online_accounts_sync (call->client->service, &accounts, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  if (json)
    print_json (accounts);
  else
    print_human (accounts);

  return TRUE;
}
