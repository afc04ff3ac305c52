/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel"

#include <glib/gi18n-lib.h>

#include "core/base/values.h"
#include "ctl/channel-accounts.h"
#include "ctl/channel-check.h"
#include "ctl/channel-commands.h"
#include "ctl/channel-row.h"
#include "ctl/failure.h"

static gboolean
run_list (HeraldCall  *call,
          GError     **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = { HERALD_CHANNEL_JSON_ENTRY (json), { NULL } };
  g_autoptr(GPtrArray) channels = NULL;
  g_autoptr(JsonBuilder) builder = NULL;

  if (!herald_call_parse (call, entries, 0, 0, error) || !herald_call_connect (call, error))
    return FALSE;

  channels = herald_client_dup_channels (call->client);
  if (!json)
    {
      herald_channel_row_print (channels);
      return TRUE;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "channels");
  json_builder_begin_array (builder);
  for (guint i = 0; i < channels->len; i++)
    herald_channel_row_add_json (builder, g_ptr_array_index (channels, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  herald_output_print_json (builder, TRUE);

  return TRUE;
}

static void
print_settings (HeraldDBusChannel1 *channel)
{
  GVariantIter iter;
  const char *name;
  const char *value;

  g_print ("\n");
  g_variant_iter_init (&iter, herald_dbus_channel1_get_settings (channel));
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &value))
    herald_output_print_field (name, value);
}

static gboolean
run_show (HeraldCall  *call,
          GError     **error)
{
  gboolean json = FALSE;
  g_autoptr(HeraldDBusChannel1) channel = herald_channel_parse_for_one (call, &json, error);
  g_autoptr(GPtrArray) channels = g_ptr_array_new ();
  g_autoptr(JsonBuilder) builder = NULL;

  if (channel == NULL)
    return FALSE;

  if (!json)
    {
      g_ptr_array_add (channels, channel);
      herald_channel_row_print (channels);
      print_settings (channel);
      return TRUE;
    }

  builder = json_builder_new ();
  herald_channel_row_add_json (builder, channel);
  herald_output_print_json (builder, TRUE);

  return TRUE;
}

static gboolean
run_remove (HeraldCall  *call,
            GError     **error)
{
  gboolean json = FALSE;
  g_autoptr(HeraldDBusChannel1) channel = herald_channel_parse_for_one (call, &json, error);
  GError *cause = NULL;

  if (channel == NULL)
    return FALSE;
  if (!herald_dbus_service1_call_remove_channel_sync (call->client->service, call->words[0], NULL,
                                                      &cause))
    return herald_failure_take_dbus_error (error, cause);
  if (json)
    herald_output_print_word ("id", call->words[0], TRUE);

  return TRUE;
}

static gboolean
set_enabled (HeraldCall  *call,
             const char  *enabled,
             GError     **error)
{
  gboolean json = FALSE;
  g_autoptr(HeraldDBusChannel1) channel = herald_channel_parse_for_one (call, &json, error);
  g_autoptr(HeraldValues) changes = herald_values_new ();
  GError *cause = NULL;

  if (channel == NULL)
    return FALSE;

  herald_values_set (changes, "enabled", enabled);
  if (!herald_dbus_channel1_call_set_sync (channel, herald_values_to_variant (changes), NULL,
                                           &cause))
    return herald_failure_take_dbus_error (error, cause);
  if (json)
    herald_output_print_word ("id", call->words[0], TRUE);

  return TRUE;
}

static gboolean
run_enable (HeraldCall  *call,
            GError     **error)
{
  return set_enabled (call, "true", error);
}

static gboolean
run_disable (HeraldCall  *call,
             GError     **error)
{
  return set_enabled (call, "false", error);
}

static gboolean
run_resume (HeraldCall  *call,
            GError     **error)
{
  gboolean json = FALSE;
  g_autoptr(HeraldDBusChannel1) channel = herald_channel_parse_for_one (call, &json, error);
  GError *cause = NULL;

  if (channel == NULL)
    return FALSE;
  if (!herald_dbus_channel1_call_resume_sync (channel, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);
  if (json)
    herald_output_print_word ("id", call->words[0], TRUE);

  return TRUE;
}

const HeraldCommand herald_channel_commands[] = {
  { "channel", "types", "[--json]", N_("Show the ways to reach somebody, and what each needs"),
    herald_channel_run_types },
  { "channel", "accounts", "[--json]", N_("Show the accounts of this desktop that can send mail"),
    herald_channel_accounts_run },
  { "channel", "find", "ADDRESS [--json]",
    N_("Find the mail server of an e-mail address, and what it wants"), herald_channel_run_find },
  { "channel", "add", "TYPE --name NAME [KEY=VALUE…] [--secret FIELD=FILE|-]…",
    N_("Add a channel; prints its id"), herald_channel_run_add },
  { "channel", "list", "[--json]", N_("Show the channels"), run_list },
  { "channel", "show", "ID [--json]", N_("Show one channel"), run_show },
  { "channel", "set", "ID [KEY=VALUE…] [--secret FIELD=FILE|-]…", N_("Change a channel"),
    herald_channel_run_set },
  { "channel", "remove", "ID", N_("Remove a channel and forget its passwords"), run_remove },
  { "channel", "login", "ID [--no-browser] [--json]", N_("Sign in for a channel, with a browser"),
    herald_channel_run_login },
  { "channel", "check", "ID [--json]", N_("Ask whose credentials a channel has; sends nothing"),
    herald_channel_run_check },
  { "channel", "test", "ID [--printer ID] [--yes] [--json]",
    N_("Send a test message at once, and show how far it comes"), herald_channel_run_test },
  { "channel", "gateways", "[SEARCH] [--json]", N_("Show the carriers that make SMS of mail, or did"),
    herald_channel_run_gateways },
  { "channel", "enable", "ID", N_("Switch a channel on"), run_enable },
  { "channel", "disable", "ID", N_("Switch a channel off"), run_disable },
  { "channel", "resume", "ID", N_("Go on after you have put right what was wrong"), run_resume },
  { NULL },
};

/**
 * herald_channel_parse_for_one:
 * @json: (out): whether JSON was asked for
 *
 * Parses the line of a command that is about one channel, and connects.
 *
 * Returns: (transfer full): the channel; %NULL with @error set
 */
HeraldDBusChannel1 *
herald_channel_parse_for_one (HeraldCall  *call,
                              gboolean    *json,
                              GError     **error)
{
  const GOptionEntry entries[] = { HERALD_CHANNEL_JSON_ENTRY (*json), { NULL } };

  if (!herald_call_parse (call, entries, 1, 1, error) || !herald_call_connect (call, error))
    return NULL;

  return herald_client_find_channel (call->client, call->words[0], error);
}
