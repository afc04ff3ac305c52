/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel"

#include <glib/gi18n-lib.h>

#include "ctl/channel-find.h"
#include "ctl/channel-row.h"
#include "ctl/command.h"
#include "ctl/failure.h"
#include "ctl/input.h"

/* The service itself waits up to 90 seconds for what becomes of a test message. */
#define TEST_LIMIT_MS 120000

#define JSON_ENTRY(variable) \
  { "json", 0, 0, G_OPTION_ARG_NONE, &(variable), N_("Print JSON, for scripts"), NULL }
#define SECRET_ENTRY(variable) \
  { "secret", 0, 0, G_OPTION_ARG_STRING_ARRAY, &(variable), \
    N_("A password or key from a file; - reads it from the input"), N_("FIELD=FILE") }

static void
print_types (GVariant *types)
{
  const char *const headings[] = { _("TYPE"), _("FIELD"), _("KIND"), _("MEANING"), NULL };
  g_autoptr(HeraldTable) table = herald_table_new (headings);
  GVariantIter iter;
  GVariant *entry;

  g_variant_iter_init (&iter, types);
  while ((entry = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_autoptr(GVariant) type = entry;
      g_autoptr(GVariant) fields = g_variant_lookup_value (type, "fields", NULL);
      const char *id = "";
      const char *name = "";

      g_variant_lookup (type, "id", "&s", &id);
      g_variant_lookup (type, "name", "&s", &name);
      herald_table_add (table, id, HERALD_TONE_PLAIN);
      herald_table_add (table, "", HERALD_TONE_PLAIN);
      herald_table_add (table, "", HERALD_TONE_PLAIN);
      herald_table_add (table, name, HERALD_TONE_PLAIN);

      for (gsize i = 0; fields != NULL && i < g_variant_n_children (fields); i++)
        {
          g_autoptr(GVariant) field = g_variant_get_child_value (fields, i);
          const char *field_name = "";
          const char *kind = "";
          const char *label = "";
          gboolean secret = FALSE;

          g_variant_lookup (field, "name", "&s", &field_name);
          g_variant_lookup (field, "kind", "&s", &kind);
          g_variant_lookup (field, "label", "&s", &label);
          g_variant_lookup (field, "secret", "b", &secret);
          herald_table_add (table, "", HERALD_TONE_PLAIN);
          herald_table_add (table, field_name, HERALD_TONE_PLAIN);
          herald_table_add (table, secret ? _("secret") : kind, HERALD_TONE_DIM);
          herald_table_add (table, label, HERALD_TONE_PLAIN);
        }
    }
  herald_table_print (table);
}

static gboolean
run_types (HeraldCall  *call,
           GError     **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = { JSON_ENTRY (json), { NULL } };
  g_autoptr(GVariant) types = NULL;
  g_autoptr(JsonBuilder) builder = NULL;
  GError *cause = NULL;

  if (!herald_call_parse (call, entries, 0, 0, error) || !herald_call_connect (call, error))
    return FALSE;
  if (!herald_dbus_service1_call_list_channel_types_sync (call->client->service, &types, NULL,
                                                          &cause))
    return herald_failure_take_dbus_error (error, cause);

  if (!json)
    {
      print_types (types);
      return TRUE;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  herald_output_add_variant (builder, "types", types);
  json_builder_end_object (builder);
  herald_output_print_json (builder, TRUE);

  return TRUE;
}

static gboolean
run_add (HeraldCall  *call,
         GError     **error)
{
  g_autofree char *name = NULL;
  g_auto(GStrv) secret_words = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, N_("What you call it"), N_("NAME") },
    SECRET_ENTRY (secret_words),
    JSON_ENTRY (json),
    { NULL },
  };
  g_autoptr(HeraldValues) settings = herald_values_new ();
  g_autoptr(HeraldValues) secrets = herald_values_new ();
  g_autofree char *id = NULL;
  GError *cause = NULL;

  if (!herald_call_parse (call, entries, 1, G_MAXUINT, error))
    return FALSE;
  if (name == NULL)
    return herald_failure_set_usage (error, "%s", _("A channel needs --name"));
  /* First what is found, then the password: the provider's hint says which */
  if (!herald_input_add_settings (settings, call->words + 1, error) ||
      (herald_channel_find_is_wanted (call->words[0], settings) &&
       !herald_channel_find_complete (call, settings, error)) ||
      !herald_input_add_secrets (secrets, secret_words, error) ||
      !herald_call_connect (call, error))
    return FALSE;

  herald_values_set (settings, "name", name);
  if (!herald_dbus_service1_call_add_channel_sync (
          call->client->service, call->words[0], herald_values_to_variant (settings),
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

/* The one channel a command is about. */
static HeraldDBusChannel1 *
parse_for_channel (HeraldCall  *call,
                   gboolean    *json,
                   GError     **error)
{
  const GOptionEntry entries[] = { JSON_ENTRY (*json), { NULL } };

  if (!herald_call_parse (call, entries, 1, 1, error) || !herald_call_connect (call, error))
    return NULL;

  return herald_client_find_channel (call->client, call->words[0], error);
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
  g_autoptr(HeraldDBusChannel1) channel = parse_for_channel (call, &json, error);
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

/* Secrets come last: they are bound to the server, which may be new. */
static gboolean
change (HeraldDBusChannel1  *channel,
        HeraldValues        *changes,
        HeraldValues        *secrets,
        GError             **error)
{
  GHashTableIter iter;
  gpointer field;
  gpointer secret;
  GError *cause = NULL;

  if (g_hash_table_size (changes) > 0 &&
      !herald_dbus_channel1_call_set_sync (channel, herald_values_to_variant (changes), NULL,
                                           &cause))
    return herald_failure_take_dbus_error (error, cause);

  g_hash_table_iter_init (&iter, secrets);
  while (g_hash_table_iter_next (&iter, &field, &secret))
    {
      if (!herald_dbus_channel1_call_set_secret_sync (channel, field, secret, NULL, &cause))
        return herald_failure_take_dbus_error (error, cause);
    }

  return TRUE;
}

static gboolean
run_set (HeraldCall  *call,
         GError     **error)
{
  g_auto(GStrv) secret_words = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = { SECRET_ENTRY (secret_words), JSON_ENTRY (json), { NULL } };
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
  if (json)
    herald_output_print_word ("id", call->words[0], TRUE);

  return TRUE;
}

static gboolean
run_remove (HeraldCall  *call,
            GError     **error)
{
  gboolean json = FALSE;
  g_autoptr(HeraldDBusChannel1) channel = parse_for_channel (call, &json, error);
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
run_test (HeraldCall  *call,
          GError     **error)
{
  gboolean json = FALSE;
  g_autoptr(HeraldDBusChannel1) channel = parse_for_channel (call, &json, error);
  g_autoptr(JsonBuilder) builder = NULL;
  g_autofree char *state = NULL;
  g_autofree char *reason = NULL;
  GError *cause = NULL;

  if (channel == NULL)
    return FALSE;

  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (channel), TEST_LIMIT_MS);
  if (!herald_dbus_channel1_call_test_sync (channel, &state, &reason, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  if (json)
    {
      builder = json_builder_new ();
      json_builder_begin_object (builder);
      herald_output_add_text (builder, "state", state);
      herald_output_add_text (builder, "reason", reason);
      json_builder_end_object (builder);
      herald_output_print_json (builder, TRUE);
    }
  else
    g_print (*reason != '\0' ? "%s: %s\n" : "%s%s\n", state, reason);

  if (g_str_equal (state, "delivered"))
    return TRUE;

  return herald_failure_set_refused (error, _("The test message was not delivered"));
}

static gboolean
set_enabled (HeraldCall  *call,
             const char  *enabled,
             GError     **error)
{
  gboolean json = FALSE;
  g_autoptr(HeraldDBusChannel1) channel = parse_for_channel (call, &json, error);
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
  g_autoptr(HeraldDBusChannel1) channel = parse_for_channel (call, &json, error);
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
    run_types },
  { "channel", "find", "ADDRESS [--json]",
    N_("Find the mail server of an e-mail address, and what it wants"), herald_channel_find_run },
  { "channel", "add", "TYPE --name NAME [KEY=VALUE…] [--secret FIELD=FILE|-]…",
    N_("Add a channel; prints its id"), run_add },
  { "channel", "list", "[--json]", N_("Show the channels"), run_list },
  { "channel", "show", "ID [--json]", N_("Show one channel"), run_show },
  { "channel", "set", "ID [KEY=VALUE…] [--secret FIELD=FILE|-]…", N_("Change a channel"),
    run_set },
  { "channel", "remove", "ID", N_("Remove a channel and forget its passwords"), run_remove },
  { "channel", "test", "ID", N_("Send a test message and wait for what becomes of it"), run_test },
  { "channel", "enable", "ID", N_("Switch a channel on"), run_enable },
  { "channel", "disable", "ID", N_("Switch a channel off"), run_disable },
  { "channel", "resume", "ID", N_("Go on after you have put right what was wrong"), run_resume },
  { NULL },
};
