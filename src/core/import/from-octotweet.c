/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-from-octotweet"

#include "core/import/import-source.h"

#include <glib/gi18n-lib.h>

#include "core/base/json-reader.h"
#include "core/channels/x/x-credentials.h"
#include "core/channels/x/x-settings.h"
#include "core/import/plugin-settings.h"

/* OctoTweet 1.0.5 */

#define SOURCE "OctoTweet"

/* Those that Octorant alone has come after these. */
#define N_EVENTS 12

#define STEP_USUAL 10
#define STEP_MAX 50

#define KIND_BIT(kind) (1u << (kind))

static const struct
{
  const char *key;
  const char *field;
} codes[] = {
  { "consumer_key", HERALD_X_API_KEY_FIELD },
  { "consumer_secret", HERALD_X_API_SECRET_FIELD },
  { "access_token", HERALD_X_ACCESS_TOKEN_FIELD },
  { "access_token_secret", HERALD_X_ACCESS_SECRET_FIELD },
};

/* All four, or none: what is told is about them together, without what is in them. */
static gboolean
read_codes (HeraldImportPlan *plan,
            JsonObject       *settings,
            HeraldValues     *secrets)
{
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *pasted = herald_plugin_dup_secret (settings, codes[i].key);
      g_autofree char *code = pasted != NULL ? herald_x_credentials_dup (codes[i].field, pasted, &error) : NULL;

      if (pasted == NULL)
        {
          herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, _("Account at X"),
                                   _("Not all of its four codes are there, or the owner of the key may not see them. Please add "
                                     "the account by hand."));
          return FALSE;
        }
      if (code == NULL)
        {
          herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, _("Account at X"),
                                   _("One of its four codes cannot be right. Please add the account by hand."));
          return FALSE;
        }
      herald_values_set (secrets, codes[i].field, code);
    }
  if (herald_x_credentials_check (secrets, &error))
    return TRUE;

  herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, _("Account at X"),
                           _("Its four codes do not belong together. Please add the account by hand."));
  return FALSE;
}

static HeraldImportChannel *
read_account (HeraldImportPlan *plan,
              JsonObject       *settings)
{
  g_autoptr(HeraldValues) secrets = herald_values_new ();
  HeraldImportChannel *channel;

  if (!read_codes (plan, settings, secrets))
    return NULL;

  channel = herald_import_plan_add_channel (plan, herald_x_channel_type.id, SOURCE);
  herald_values_set (channel->settings, "name", _("X (OctoTweet)"));
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    herald_import_channel_add_secret (channel, codes[i].field, herald_values_get (secrets, codes[i].field));
  if (!herald_plugin_get_switch (settings, "activated", FALSE))
    {
      herald_values_set (channel->settings, "enabled", "false");
      herald_import_plan_tell (plan, HERALD_IMPORT_CHANGED, _("Account at X"),
                               _("OctoTweet is switched off, so this account is switched off, too. You can change that on the "
                                 "page “Accounts”."));
    }

  return channel;
}

static void
read_step (HeraldImportPlan *plan,
           JsonObject       *event)
{
  gint64 step = herald_plugin_get_whole (event, "step", STEP_USUAL);
  g_autofree char *value = g_strdup_printf ("%d", (int) CLAMP (step, 0, STEP_MAX));

  if (step == STEP_USUAL || step < 0)
    return;

  herald_import_plan_set_message (plan, HERALD_KIND_PRINT_PROGRESS, "step", value);
  if (step > STEP_MAX)
    herald_import_plan_tell (plan, HERALD_IMPORT_CHANGED, _("Print progress"),
                             _("The step is more than half of the print, so it becomes half."));
}

static void
read_event (HeraldImportPlan        *plan,
            HeraldImportChannel     *channel,
            const HeraldPluginEvent *row,
            JsonObject              *event)
{
  g_autofree char *words = herald_plugin_event_dup_words (row, event, plan);
  gboolean picture = herald_plugin_get_switch (event, "with_snapshot", row->picture);

  if (channel != NULL)
    {
      channel->asked |= KIND_BIT (row->kind);
      if (herald_plugin_get_switch (event, "enabled", TRUE))
        channel->told |= KIND_BIT (row->kind);
    }
  if (words != NULL)
    herald_import_plan_set_message (plan, row->kind, "text-x", words);
  if (picture != row->picture)
    herald_import_plan_set_message (plan, row->kind, "picture", picture ? "snapshot" : "none");
  if (row->kind == HERALD_KIND_PRINT_PROGRESS)
    read_step (plan, event);
}

static void
tell_leftovers (HeraldImportPlan *plan,
                JsonObject       *settings)
{
  g_autofree char *hashtags = herald_plugin_dup_text (settings, "hashtags");

  herald_plugin_tell_scripts (settings, plan, SOURCE);
  if (hashtags != NULL)
    herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, _("Hashtags"),
                             _("OctoTweet adds hashtags to every post. Write them into the words of the messages that should "
                               "have them."));
}

/**
 * herald_from_octotweet_read:
 * @settings: what OctoPrint keeps of OctoTweet
 *
 * An account of X that hears what OctoTweet posted, in the words that somebody wrote for it.
 */
void
herald_from_octotweet_read (HeraldImportPlan *plan,
                            JsonObject       *settings)
{
  HeraldImportChannel *channel = read_account (plan, settings);
  JsonObject *events = herald_json_get_object (settings, "events");
  g_autofree char *name = herald_plugin_dup_text (settings, "username");
  guint n_events;
  const HeraldPluginEvent *rows = herald_plugin_events_get (&n_events);

  for (guint i = 0; i < N_EVENTS; i++)
    read_event (plan, channel, &rows[i], herald_json_get_object (events, rows[i].id));
  if (name != NULL)
    herald_import_plan_set_name (plan, name);
  tell_leftovers (plan, settings);
}
