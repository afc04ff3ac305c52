/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "ctl/channel-x.h"
#include "ctl/discover.h"
#include "ctl/failure.h"
#include "ctl/input.h"
#include "ctl/output.h"
#include "ctl/printer-commands.h"
#include "ctl/printer-row.h"

#define KEY_ENTRY(variable) \
  { "key-file", 0, 0, G_OPTION_ARG_FILENAME, &(variable), \
    N_("Its application key; - reads it from the input"), N_("FILE") }
#define PASSWORD_ENTRY(variable) \
  { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &(variable), \
    N_("The password of a proxy in front of OctoPrint; - reads it from the input"), N_("FILE") }

/* @files: of the key and of the password, each (nullable) */
static gboolean
read_secrets (HeraldValues      *secrets,
              const char *const  files[2],
              GError           **error)
{
  static const char *const fields[] = { "key", "password" };

  /* At a terminal one is asked for after the other */
  if (g_strcmp0 (files[0], "-") == 0 && g_strcmp0 (files[1], "-") == 0 && !isatty (STDIN_FILENO))
    return herald_failure_set_usage (error, "%s", _("Only one of them can come from the input"));

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (files[i] != NULL && !herald_input_add_secret (secrets, fields[i], files[i], error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add (HeraldCall    *call,
     HeraldValues  *settings,
     HeraldValues  *secrets,
     gboolean       json,
     GError       **error)
{
  HeraldDBusService1 *service = call->client->service;
  g_autofree char *id = NULL;
  GError *cause = NULL;

  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (service), HERALD_PRINTER_LIMIT_MS);
  if (!herald_dbus_service1_call_add_printer_sync (service, herald_values_to_variant (settings),
                                                   herald_values_to_variant (secrets), &id, NULL,
                                                   &cause))
    return herald_failure_take_dbus_error (error, cause);

  herald_output_print_word ("id", id, json);
  if (!json && herald_values_get (secrets, "key") == NULL && herald_output_is_terminal ())
    g_print (_("OctoPrint has to let OctoHerald in. Ask it with: octoheraldctl printer request-access %s\n"),
             id);

  return TRUE;
}

static gboolean
run_add (HeraldCall  *call,
         GError     **error)
{
  g_autofree char *name = NULL;
  g_autofree char *url = NULL;
  g_autofree char *key_file = NULL;
  g_autofree char *user = NULL;
  g_autofree char *password_file = NULL;
  g_autofree char *certificate = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, N_("What you call it; else it is called as in OctoPrint"),
      N_("NAME") },
    { "url", 0, 0, G_OPTION_ARG_STRING, &url, N_("Where OctoPrint is, as short as “octopi”"), N_("ADDRESS") },
    KEY_ENTRY (key_file),
    { "user", 0, 0, G_OPTION_ARG_STRING, &user, N_("Your name at a proxy in front of OctoPrint"), N_("USER") },
    PASSWORD_ENTRY (password_file),
    { "certificate", 0, 0, G_OPTION_ARG_STRING, &certificate,
      N_("The fingerprint of a certificate that nobody vouches for"), N_("FINGERPRINT") },
    HERALD_PRINTER_JSON_ENTRY (json),
    { NULL },
  };
  g_autoptr(HeraldValues) settings = herald_values_new ();
  g_autoptr(HeraldValues) secrets = herald_values_new ();

  if (!herald_call_parse (call, entries, 0, 0, error))
    return FALSE;
  if (url == NULL)
    return herald_failure_set_usage (error, "%s", _("A printer needs --url"));
  if (!read_secrets (secrets, (const char *[]) { key_file, password_file }, error))
    return FALSE;

  herald_values_set (settings, "name", name);
  herald_values_set (settings, "url", url);
  herald_values_set (settings, "user", user);
  herald_values_set (settings, "certificate", certificate);

  return herald_call_connect (call, error) && add (call, settings, secrets, json, error);
}

static gboolean
run_add_demo (HeraldCall  *call,
              GError     **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = { HERALD_PRINTER_JSON_ENTRY (json), { NULL } };
  g_autofree char *id = NULL;
  GError *cause = NULL;

  if (!herald_call_parse (call, entries, 0, 0, error) || !herald_call_connect (call, error))
    return FALSE;

  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (call->client->service), HERALD_PRINTER_LIMIT_MS);
  if (!herald_dbus_service1_call_add_demo_printer_sync (call->client->service, &id, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  herald_output_print_word ("id", id, json);

  return TRUE;
}

static gboolean
run_list (HeraldCall  *call,
          GError     **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = { HERALD_PRINTER_JSON_ENTRY (json), { NULL } };
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

HeraldDBusPrinter1 *
herald_printer_parse_for_one (HeraldCall          *call,
                              const GOptionEntry  *entries,
                              GError             **error)
{
  if (!herald_call_parse (call, entries, 1, 1, error) || !herald_call_connect (call, error))
    return NULL;

  return herald_client_find_printer (call->client, call->words[0], error);
}

static gboolean
run_show (HeraldCall  *call,
          GError     **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = { HERALD_PRINTER_JSON_ENTRY (json), { NULL } };
  g_autoptr(HeraldDBusPrinter1) printer = herald_printer_parse_for_one (call, entries, error);
  g_autoptr(JsonBuilder) builder = NULL;

  if (printer == NULL)
    return FALSE;

  if (!json)
    {
      herald_printer_row_print_one (printer);
      return TRUE;
    }

  builder = json_builder_new ();
  herald_printer_row_add_json (builder, printer);
  herald_output_print_json (builder, TRUE);

  return TRUE;
}

/* Secrets come last: they are bound to the address, which may be new. */
static gboolean
change (HeraldDBusPrinter1  *printer,
        HeraldValues        *changes,
        HeraldValues        *secrets,
        GError             **error)
{
  GHashTableIter iter;
  gpointer field;
  gpointer secret;
  GError *cause = NULL;

  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (printer), HERALD_PRINTER_LIMIT_MS);
  if (g_hash_table_size (changes) > 0 &&
      !herald_dbus_printer1_call_set_sync (printer, herald_values_to_variant (changes), NULL,
                                           &cause))
    return herald_failure_take_dbus_error (error, cause);

  g_hash_table_iter_init (&iter, secrets);
  while (g_hash_table_iter_next (&iter, &field, &secret))
    {
      if (!herald_dbus_printer1_call_set_secret_sync (printer, field, secret, NULL, &cause))
        return herald_failure_take_dbus_error (error, cause);
    }

  return TRUE;
}

static gboolean
run_set (HeraldCall  *call,
         GError     **error)
{
  gboolean json = FALSE;
  g_autofree char *key_file = NULL;
  g_autofree char *password_file = NULL;
  g_autoptr(HeraldValues) changes = herald_values_new ();
  g_autoptr(HeraldValues) secrets = herald_values_new ();
  g_autoptr(HeraldDBusPrinter1) printer = NULL;
  const GOptionEntry entries[] = {
    KEY_ENTRY (key_file), PASSWORD_ENTRY (password_file), HERALD_PRINTER_JSON_ENTRY (json), { NULL }
  };

  if (!herald_call_parse (call, entries, 1, G_MAXUINT, error))
    return FALSE;
  if (call->n_words == 1 && key_file == NULL && password_file == NULL)
    return herald_failure_set_usage (error, "%s", _("Say what to change"));
  if (!herald_input_add_settings (changes, call->words + 1, error) ||
      !read_secrets (secrets, (const char *[]) { key_file, password_file }, error) ||
      !herald_call_connect (call, error))
    return FALSE;

  printer = herald_client_find_printer (call->client, call->words[0], error);
  if (printer == NULL || !change (printer, changes, secrets, error))
    return FALSE;
  if (herald_values_get (changes, "name") != NULL)
    herald_channel_x_suggest_test (call, call->words[0]);
  if (json)
    herald_output_print_word ("id", call->words[0], TRUE);

  return TRUE;
}

static gboolean
run_remove (HeraldCall  *call,
            GError     **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = { HERALD_PRINTER_JSON_ENTRY (json), { NULL } };
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

const HeraldCommand herald_printer_commands[] = {
  { "printer", "add", "--url ADDRESS [--name NAME] [--key-file FILE|-]",
    N_("Watch a printer; prints its id"), run_add },
  { "printer", "add-demo", "[--json]", N_("Add a simulated printer, to see OctoHerald at work; prints its id"), run_add_demo },
  { "printer", "list", "[--json]", N_("Show the printers"), run_list },
  { "printer", "show", "ID [--json]", N_("Show one printer"), run_show },
  { "printer", "set", "ID [KEY=VALUE…] [--key-file FILE|-] [--password-file FILE|-]",
    N_("Change its settings, the key or the password"), run_set },
  { "printer", "remove", "ID", N_("Stop watching a printer and forget its key"), run_remove },
  { "printer", "check", "ID", N_("Ask its OctoPrint now whether all is well"), herald_printer_run_check },
  { "printer", "discover", "[--json]", N_("Look for printers in the network"), herald_discover_run },
  { "printer", "request-access", "ID [--no-browser]", N_("Ask OctoPrint for a key"),
    herald_printer_run_request_access },
  { "printer", "pause", "ID", N_("Pause the print"), herald_printer_run_control },
  { "printer", "resume", "ID", N_("Go on with the print"), herald_printer_run_control },
  { "printer", "cancel", "ID [--yes]", N_("Cancel the print"), herald_printer_run_control },
  { "printer", "connect", "ID", N_("Connect OctoPrint to the printer"), herald_printer_run_control },
  { "printer", "disconnect", "ID", N_("Disconnect OctoPrint from the printer"),
    herald_printer_run_control },
  { "printer", "mute", "ID", N_("Tell nothing more of this print, unless something goes wrong"), herald_printer_run_mute },
  { "printer", "unmute", "ID", N_("Tell of this print again"), herald_printer_run_mute },
  { "printer", "snapshot", "ID --output FILE|- [--camera NAME]", N_("Take a picture"), herald_printer_run_snapshot },
  { "printer", "thumbnail", "ID --output FILE|-", N_("Get the slicer’s picture of the file"), herald_printer_run_snapshot },
  { NULL },
};
