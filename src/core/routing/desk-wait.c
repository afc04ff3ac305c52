/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-desk-wait"

#include "core/routing/desk-wait.h"

#include "core/channels/channel.h"
#include "core/outbox/draft.h"
#include "core/routing/message-options.h"
#include "core/routing/message-settings.h"

/* The same as in presence.c: by then it is known of most. */
#define FIRST_LOOK_MS (10 * 1000)

/* More destinations than one event has */
#define DELIVERIES_MAX 1000

static gboolean
is_on_desktop (GListModel *channels,
               const char *channel_id)
{
  g_autoptr(HeraldChannel) channel = herald_channel_find (channels, channel_id);

  return channel != NULL && herald_channel_get_channel_type (channel)->reach == HERALD_REACH_DESKTOP;
}

/* Whoever shows it can do so, as far as we know. */
static gboolean
is_shown_by (GListModel        *channels,
             const HeraldDraft *draft)
{
  g_autoptr(HeraldChannel) channel = herald_channel_find (channels, draft->channel);

  return is_on_desktop (channels, draft->channel) && herald_channel_get_problem (channel) == NULL &&
         herald_channel_get_wait_reason (channel) == NULL;
}

/* A test is for somebody who looks on, and has no such option. */
static gint64
read_away_ms (HeraldConfig *config,
              HeraldEvent  *event)
{
  g_autoptr(HeraldMessageSettings) settings = NULL;

  if (herald_message_options_find (event->kind, HERALD_DESK_OPTION) == NULL)
    return 0;

  settings = herald_message_settings_load (config, event->kind, event->printer);

  return (gint64) herald_message_settings_read_option (settings, event->kind, HERALD_DESK_OPTION) * 60 * 1000;
}

/**
 * herald_desk_wait_new:
 * @drafts: (element-type HeraldDraft): must say before for how long they are held for other reasons
 *
 * Returns: (transfer full) (nullable): %NULL if all may go out: it is not asked for, or nothing is shown on the desktop
 */
HeraldDeskWait *
herald_desk_wait_new (HeraldConfig *config,
                      GListModel   *channels,
                      HeraldEvent  *event,
                      GPtrArray    *drafts)
{
  g_autoptr(HeraldDeskWait) self = g_new0 (HeraldDeskWait, 1);
  gboolean is_shown = FALSE;

  for (guint i = 0; i < drafts->len; i++)
    is_shown = is_shown || is_shown_by (channels, g_ptr_array_index (drafts, i));
  if (is_shown)
    self->away_ms = read_away_ms (config, event);
  if (self->away_ms == 0)
    return NULL;

  for (guint i = 0; i < drafts->len; i++)
    {
      HeraldDraft *draft = g_ptr_array_index (drafts, i);
      gint64 lifetime_ms = (gint64) draft->lifetime_s * 1000;

      if (is_on_desktop (channels, draft->channel))
        continue;
      draft->desk_ms = (guint) self->away_ms;
      self->hold_ms = MAX (self->hold_ms, draft->hold_ms);
      self->lifetime_ms = self->lifetime_ms == 0 ? lifetime_ms : MIN (self->lifetime_ms, lifetime_ms);
    }

  return self->lifetime_ms > 0 ? g_steal_pointer (&self) : NULL;
}

void
herald_desk_wait_free (HeraldDeskWait *self)
{
  g_free (self);
}

/**
 * herald_desk_wait_begin:
 * @event: under which number it was accepted
 */
void
herald_desk_wait_begin (HeraldDeskWait *self,
                        gint64          event,
                        gint64          now_boot_ms)
{
  self->event = event;
  self->begun_boot_ms = now_boot_ms;
  /* News that is never told is none. */
  self->limit_boot_ms = now_boot_ms + self->lifetime_ms / 2;
  self->next_boot_ms = now_boot_ms;
}

HeraldAwayVerdict
herald_desk_wait_judge (HeraldDeskWait       *self,
                        const HeraldPresence *presence,
                        gint64                now_boot_ms)
{
  HeraldAwayVerdict verdict =
    herald_presence_judge (presence, self->shown_boot_ms, self->away_ms, now_boot_ms, &self->next_boot_ms);

  if (verdict == HERALD_AWAY_WAIT && (self->is_unseen || now_boot_ms >= self->limit_boot_ms))
    verdict = HERALD_AWAY_TELL;
  self->next_boot_ms = MIN (self->next_boot_ms, self->limit_boot_ms);

  return verdict;
}

void
herald_desk_wait_look (HeraldDeskWait *self,
                       GListModel     *channels,
                       HeraldOutbox   *outbox,
                       gint64          now_boot_ms)
{
  const HeraldHistoryFilter filter = { .event = self->event, .limit = DELIVERIES_MAX };
  g_autoptr(GPtrArray) rows = NULL;
  gboolean is_coming = FALSE;

  if (self->shown_boot_ms != 0 || self->is_unseen)
    return;

  rows = herald_outbox_query_history (outbox, &filter, NULL);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const HeraldDelivery *delivery = g_ptr_array_index (rows, i);

      if (!is_on_desktop (channels, delivery->channel))
        continue;
      /* What is said of one that was delivered is that the desktop has taken it and does not show it now. */
      if (delivery->state == HERALD_DELIVERY_DELIVERED && delivery->reason == NULL)
        self->shown_boot_ms = now_boot_ms;
      is_coming = is_coming || delivery->state == HERALD_DELIVERY_PENDING ||
                  delivery->state == HERALD_DELIVERY_SENDING || delivery->state == HERALD_DELIVERY_COMMITTING;
    }

  self->is_unseen = self->shown_boot_ms == 0 && !is_coming;
  if (self->is_unseen)
    self->next_boot_ms = now_boot_ms;
  else if (self->shown_boot_ms != 0)
    self->next_boot_ms = MIN (self->next_boot_ms, now_boot_ms + FIRST_LOOK_MS);
}
