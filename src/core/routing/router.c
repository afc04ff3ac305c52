/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-router"

#include "core/routing/router.h"

#include "core/channels/channel.h"
#include "core/outbox/delivery.h"
#include "core/words/template.h"
#include "core/words/wording.h"

/* What was found out afterwards must say so, also in the words of somebody who has not thought of it. */
static char *
make_text_template (HeraldMessageSettings *settings,
                    HeraldEvent           *event)
{
  gboolean found_out = event->source == HERALD_SOURCE_RECONCILED ||
                       event->source == HERALD_SOURCE_INFERRED;

  if (!found_out || herald_values_get (event->values, "away") == NULL ||
      herald_template_uses (settings->text, "away") || herald_template_uses (settings->title, "away"))
    return g_strdup (settings->text);

  return g_strconcat (settings->text, " {away}", NULL);
}

static HeraldMessage *
word (HeraldMessageSettings *settings,
      HeraldEvent           *event,
      const char            *printer_name)
{
  gint64 when_ms = event->occurred_ms != 0 ? event->occurred_ms : event->observed_ms;
  g_autofree char *text_template = make_text_template (settings, event);
  g_autoptr(HeraldValues) values = NULL;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  values = herald_wording_complete_values (event->kind, event->values, printer_name, when_ms);
  title = herald_wording_make_title (settings->title, values);
  text = herald_wording_make_text (text_template, values);

  return herald_message_new (&(HeraldMessage) {
    .kind = event->kind,
    .urgency = event->urgency,
    .printer = event->printer,
    .printer_name = (char *) printer_name,
    .title = title,
    .text = text,
    .job = event->job,
    .occurred_ms = event->occurred_ms,
    .created_ms = event->observed_ms,
  });
}

static void
add_drafts (GPtrArray     *drafts,
            HeraldChannel *channel,
            HeraldMessage *message)
{
  const HeraldChannelType *type = herald_channel_get_channel_type (channel);
  guint lifetime_s = herald_event_kind_get_info (message->kind)->lifetime[type->reach];
  g_auto(GStrv) destinations = herald_channel_dup_destinations (channel);

  for (char **destination = destinations; *destination != NULL; destination++)
    g_ptr_array_add (drafts, herald_draft_new (herald_channel_get_id (channel), type->id, *destination,
                                               lifetime_s, message));
}

/**
 * herald_router_route:
 * @channels: a list of #HeraldChannel
 * @printer_name: what people call the printer; empty if it concerns none
 * @only_channels: (nullable): `all` or ids separated by commas, instead of what is set
 *
 * Says what goes where, in which words. A channel that is switched off gets
 * nothing; one that is held gets its messages when it is resumed.
 *
 * Returns: (transfer full) (element-type HeraldDraft): the deliveries to make, often none
 */
GPtrArray *
herald_router_route (HeraldConfig *config,
                     GListModel   *channels,
                     HeraldEvent  *event,
                     const char   *printer_name,
                     const char   *only_channels)
{
  g_autoptr(HeraldMessageSettings) settings = NULL;
  g_autoptr(HeraldMessage) message = NULL;
  GPtrArray *drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_draft_free);

  settings = herald_message_settings_load (config, event->kind, event->printer);
  if (!settings->enabled)
    return drafts;

  if (only_channels != NULL)
    {
      g_free (settings->channels);
      settings->channels = g_strdup (only_channels);
    }

  message = word (settings, event, printer_name);
  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (channels, i);

      if (herald_channel_get_enabled (channel) &&
          herald_message_settings_allow (settings, herald_channel_get_id (channel)))
        add_drafts (drafts, channel, message);
    }

  return drafts;
}
