/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-settings"

#include <glib/gi18n-lib.h>

#include "ctl/channel-check.h"
#include "ctl/channel-commands.h"
#include "ctl/channel-find.h"
#include "ctl/channel-x.h"
#include "ctl/failure.h"
#include "ctl/input.h"
#include "ctl/output.h"

#define SECRET_ENTRY(variable) \
  { "secret", 0, 0, G_OPTION_ARG_STRING_ARRAY, &(variable), \
    N_("A password or key from a file; - reads it from the input"), N_("FIELD=FILE") }

/* It takes some seconds only where there is something to ask for. */
static void
warn_of_doubts (HeraldCall   *call,
                const char   *id,
                HeraldValues *settings)
{
  g_autoptr(HeraldDBusChannel1) channel = NULL;
  g_auto(GStrv) doubts = NULL;

  if (!g_hash_table_contains (settings, "gateway") && !g_hash_table_contains (settings, "phone"))
    return;

  /* A new channel has been announced already; that only waits to be read. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  channel = herald_client_find_channel (call->client, id, NULL);
  if (channel != NULL && herald_dbus_channel1_call_list_doubts_sync (channel, &doubts, NULL, NULL))
    herald_output_print_warnings ((const char *const *) doubts);
}

/* A name without a password is no login, which hardly any provider takes. */
static void
warn_of_missing_password (const char   *id,
                          HeraldValues *settings,
                          HeraldValues *secrets)
{
  const char *user = herald_values_get (settings, "user");

  if (user == NULL || *user == '\0' || g_strcmp0 (herald_values_get (settings, "auth"), "none") == 0 ||
      g_hash_table_size (secrets) > 0)
    return;

  g_printerr (_("No password was given, so there will be no login. If the server wants one: octoheraldctl channel set %s "
                "--secret password=-"), id);
  g_printerr ("\n");
}

/* Not only for X: whatever people sign in for with a browser has this setting. */
static void
suggest_login (const char   *id,
               HeraldValues *settings)
{
  if (g_strcmp0 (herald_values_get (settings, "login"), "browser") != 0)
    return;

  g_printerr (_("Now sign in: octoheraldctl channel login %s"), id);
  g_printerr ("\n");
}

gboolean
herald_channel_run_add (HeraldCall  *call,
                        GError     **error)
{
  g_autofree char *name = NULL;
  g_auto(GStrv) secret_words = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, N_("What you call it"), N_("NAME") },
    SECRET_ENTRY (secret_words),
    HERALD_CHANNEL_JSON_ENTRY (json),
    { NULL },
  };
  g_autoptr(HeraldValues) settings = herald_values_new ();
  g_autoptr(HeraldValues) secrets = herald_values_new ();
  g_autofree char *id = NULL;
  gboolean has_keys;
  GError *cause = NULL;

  if (!herald_call_parse (call, entries, 1, G_MAXUINT, error))
    return FALSE;
  if (name == NULL)
    return herald_failure_set_usage (error, "%s", _("A channel needs --name"));
  /* First what is found, then the password: the provider's hint says which */
  if (!herald_input_add_settings (settings, call->words + 1, error) ||
      !herald_channel_find_complete (call, call->words[0], settings, error) ||
      !herald_input_add_secrets (secrets, secret_words, error) ||
      !herald_call_connect (call, error))
    return FALSE;
  has_keys = herald_channel_x_has_keys (call->words[0], settings);
  if (has_keys && !herald_channel_x_ask (call, secrets, error))
    return FALSE;

  herald_values_set (settings, "name", name);
  if (!herald_dbus_service1_call_add_channel_sync (
          call->client->service, call->words[0], herald_values_to_variant (settings),
          herald_values_to_variant (secrets), &id, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  warn_of_missing_password (id, settings, secrets);
  warn_of_doubts (call, id, settings);
  if (has_keys)
    herald_channel_x_warn_missing (id, secrets);
  suggest_login (id, settings);
  herald_output_print_word ("id", id, json);
  if (has_keys && !json)
    herald_channel_check_offer (call, id);

  return TRUE;
}

/* Secrets come last: they are bound to the server, which may be new. */
static gboolean
change (HeraldDBusChannel1  *channel,
        HeraldValues        *changes,
        HeraldValues        *secrets,
        GError             **error)
{
  GError *cause = NULL;

  if (g_hash_table_size (changes) > 0 &&
      !herald_dbus_channel1_call_set_sync (channel, herald_values_to_variant (changes), NULL,
                                           &cause))
    return herald_failure_take_dbus_error (error, cause);

  if (g_hash_table_size (secrets) > 0 &&
      !herald_dbus_channel1_call_set_secrets_sync (channel, herald_values_to_variant (secrets), NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  return TRUE;
}

/* Nobody wants to find out with the first failed print that nothing arrives. */
static void
suggest_test (HeraldDBusChannel1 *channel,
              HeraldValues       *changes,
              HeraldValues       *secrets)
{
  if (g_hash_table_size (secrets) == 0 && herald_values_get (changes, "name") == NULL)
    return;

  g_printerr (_("Now is a good time for a test: octoheraldctl channel test %s"), herald_dbus_channel1_get_id (channel));
  g_printerr ("\n");
}

gboolean
herald_channel_run_set (HeraldCall  *call,
                        GError     **error)
{
  g_auto(GStrv) secret_words = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = { SECRET_ENTRY (secret_words), HERALD_CHANNEL_JSON_ENTRY (json), { NULL } };
  g_autoptr(HeraldValues) changes = herald_values_new ();
  g_autoptr(HeraldValues) secrets = herald_values_new ();
  g_autoptr(HeraldDBusChannel1) channel = NULL;

  if (!herald_call_parse (call, entries, 1, G_MAXUINT, error))
    return FALSE;
  if (call->n_words == 1 && secret_words == NULL)
    return herald_failure_set_usage (error, "%s", _("Say what to change"));
  if (!herald_input_add_settings (changes, call->words + 1, error) ||
      !herald_input_add_secrets (secrets, secret_words, error) ||
      !herald_call_connect (call, error))
    return FALSE;

  channel = herald_client_find_channel (call->client, call->words[0], error);
  if (channel == NULL || !change (channel, changes, secrets, error))
    return FALSE;
  warn_of_doubts (call, call->words[0], changes);
  suggest_login (call->words[0], changes);
  suggest_test (channel, changes, secrets);
  if (json)
    herald_output_print_word ("id", call->words[0], TRUE);

  return TRUE;
}
