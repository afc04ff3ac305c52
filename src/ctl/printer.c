/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer"

#include <glib/gi18n-lib.h>

#include "ctl/command.h"
#include "ctl/discover.h"
#include "ctl/failure.h"
#include "ctl/input.h"
#include "ctl/output.h"
#include "ctl/printer-row.h"

/* Asking a server that does not answer takes as long as the service waits for it. */
#define CHECK_LIMIT_MS 60000

#define JSON_ENTRY(variable) \
  { "json", 0, 0, G_OPTION_ARG_NONE, &(variable), N_("Print JSON, for scripts"), NULL }
#define KEY_ENTRY(variable) \
  { "key-file", 0, 0, G_OPTION_ARG_FILENAME, &(variable), \
    N_("Its application key; - reads it from the input"), N_("FILE") }

static void
print_one (HeraldDBusPrinter1 *printer,
           gboolean            json)
{
  g_autoptr(JsonBuilder) builder = NULL;
  g_autoptr(GPtrArray) printers = NULL;

  if (json)
    {
      builder = json_builder_new ();
      herald_printer_row_add_json (builder, printer);
      herald_output_print_json (builder, TRUE);
      return;
    }

  printers = g_ptr_array_new ();
  g_ptr_array_add (printers, printer);
  herald_printer_row_print (printers);
  g_print ("\n");
  herald_output_print_field (_("Address"), herald_dbus_printer1_get_url (printer));
  herald_output_print_field (_("OctoPrint"), herald_dbus_printer1_get_version (printer));
}

static gboolean
run_add (HeraldCall  *call,
         GError     **error)
{
  g_autofree char *name = NULL;
  g_autofree char *url = NULL;
  g_autofree char *key_file = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, N_("What you call it"), N_("NAME") },
    { "url", 0, 0, G_OPTION_ARG_STRING, &url, N_("Where OctoPrint is"), N_("ADDRESS") },
    KEY_ENTRY (key_file),
    JSON_ENTRY (json),
    { NULL },
  };
  g_autoptr(HeraldValues) settings = herald_values_new ();
  g_autoptr(HeraldValues) secrets = herald_values_new ();
  g_autofree char *id = NULL;
  GError *cause = NULL;

  if (!herald_call_parse (call, entries, 0, 0, error))
    return FALSE;
  if (name == NULL || url == NULL)
    return herald_failure_set_usage (error, "%s", _("A printer needs --name and --url"));
  if (key_file != NULL && !herald_input_add_secret (secrets, "key", key_file, error))
    return FALSE;
  if (!herald_call_connect (call, error))
    return FALSE;

  herald_values_set (settings, "name", name);
  herald_values_set (settings, "url", url);
  if (!herald_dbus_service1_call_add_printer_sync (
          call->client->service, herald_values_to_variant (settings),
          herald_values_to_variant (secrets), &id, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  herald_output_print_word ("id", id, json);

  return TRUE;
}

static gboolean
run_list (HeraldCall  *call,
          GError     **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = { JSON_ENTRY (json), { NULL } };
  g_autoptr(GPtrArray) printers = NULL;
  g_autoptr(JsonBuilder) builder = NULL;

  if (!herald_call_parse (call, entries, 0, 0, error) || !herald_call_connect (call, error))
    return FALSE;

  printers = herald_client_dup_printers (call->client);
  if (!json)
    {
      herald_printer_row_print (printers);
      return TRUE;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  herald_printer_row_add_array (builder, printers);
  json_builder_end_object (builder);
  herald_output_print_json (builder, TRUE);

  return TRUE;
}

/* The one printer a command is about; the first word is its id. */
static HeraldDBusPrinter1 *
parse_for_printer (HeraldCall  *call,
                   gboolean    *json,
                   guint        min_more,
                   guint        max_more,
                   GError     **error)
{
  const GOptionEntry entries[] = { JSON_ENTRY (*json), { NULL } };

  if (!herald_call_parse (call, entries, 1 + min_more, 1 + max_more, error) ||
      !herald_call_connect (call, error))
    return NULL;

  return herald_client_find_printer (call->client, call->words[0], error);
}

static gboolean
run_show (HeraldCall  *call,
          GError     **error)
{
  gboolean json = FALSE;
  g_autoptr(HeraldDBusPrinter1) printer = parse_for_printer (call, &json, 0, 0, error);

  if (printer == NULL)
    return FALSE;

  print_one (printer, json);

  return TRUE;
}

/* The key comes last: it is bound to the address, which may be new. */
static gboolean
change (HeraldDBusPrinter1  *printer,
        HeraldValues        *changes,
        const char          *key,
        GError             **error)
{
  GError *cause = NULL;

  if (g_hash_table_size (changes) > 0 &&
      !herald_dbus_printer1_call_set_sync (printer, herald_values_to_variant (changes), NULL,
                                           &cause))
    return herald_failure_take_dbus_error (error, cause);
  if (key != NULL &&
      !herald_dbus_printer1_call_set_secret_sync (printer, "key", key, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  return TRUE;
}

static gboolean
run_set (HeraldCall  *call,
         GError     **error)
{
  gboolean json = FALSE;
  g_autofree char *key_file = NULL;
  g_autoptr(HeraldValues) changes = herald_values_new ();
  g_autoptr(HeraldValues) secrets = herald_values_new ();
  g_autoptr(HeraldDBusPrinter1) printer = NULL;
  const GOptionEntry entries[] = { KEY_ENTRY (key_file), JSON_ENTRY (json), { NULL } };

  if (!herald_call_parse (call, entries, 1, G_MAXUINT, error))
    return FALSE;
  if (call->n_words == 1 && key_file == NULL)
    return herald_failure_set_usage (error, "%s", _("Say what to change"));
  if (!herald_input_add_settings (changes, call->words + 1, error))
    return FALSE;
  if (key_file != NULL && !herald_input_add_secret (secrets, "key", key_file, error))
    return FALSE;
  if (!herald_call_connect (call, error))
    return FALSE;

  printer = herald_client_find_printer (call->client, call->words[0], error);
  if (printer == NULL || !change (printer, changes, herald_values_get (secrets, "key"), error))
    return FALSE;
  if (json)
    herald_output_print_word ("id", call->words[0], TRUE);

  return TRUE;
}

static gboolean
run_remove (HeraldCall  *call,
            GError     **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = { JSON_ENTRY (json), { NULL } };
  GError *cause = NULL;

  if (!herald_call_parse (call, entries, 1, 1, error) || !herald_call_connect (call, error))
    return FALSE;
  if (!herald_dbus_service1_call_remove_printer_sync (call->client->service, call->words[0], NULL,
                                                      &cause))
    return herald_failure_take_dbus_error (error, cause);
  if (json)
    herald_output_print_word ("id", call->words[0], TRUE);

  return TRUE;
}

static gboolean
run_check (HeraldCall  *call,
           GError     **error)
{
  gboolean json = FALSE;
  g_autoptr(HeraldDBusPrinter1) printer = parse_for_printer (call, &json, 0, 0, error);
  g_autofree char *answer = NULL;
  GError *cause = NULL;

  if (printer == NULL)
    return FALSE;

  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (printer), CHECK_LIMIT_MS);
  if (!herald_dbus_printer1_call_check_sync (printer, &answer, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);
  herald_output_print_word ("answer", answer, json);

  return TRUE;
}

const HeraldCommand herald_printer_commands[] = {
  { "printer", "add", "--name NAME --url ADDRESS [--key-file FILE|-]",
    N_("Watch a printer; prints its id"), run_add },
  { "printer", "list", "[--json]", N_("Show the printers"), run_list },
  { "printer", "show", "ID [--json]", N_("Show one printer"), run_show },
  { "printer", "set", "ID [KEY=VALUE…] [--key-file FILE|-]", N_("Change name, url, enabled or the key"), run_set },
  { "printer", "remove", "ID", N_("Stop watching a printer and forget its key"), run_remove },
  { "printer", "check", "ID", N_("Ask its server now"), run_check },
  { "printer", "discover", "[--json]", N_("Look for printers in the network"), herald_discover_run },
  { "printer", "request-access", "ID", N_("Ask OctoPrint for a key"), NULL },
  { "printer", "pause", "ID", N_("Pause the print"), NULL },
  { "printer", "resume", "ID", N_("Go on with the print"), NULL },
  { "printer", "cancel", "ID", N_("Cancel the print"), NULL },
  { "printer", "connect", "ID", N_("Connect OctoPrint to the printer"), NULL },
  { "printer", "disconnect", "ID", N_("Disconnect OctoPrint from the printer"), NULL },
  { "printer", "snapshot", "ID --output FILE", N_("Take a picture"), NULL },
  { NULL },
};
