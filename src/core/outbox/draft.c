/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-draft"

#include "core/outbox/draft.h"

/**
 * herald_draft_new:
 * @channel: id of the channel
 * @channel_type: id of its type
 * @destination: one of the channel's destinations
 * @lifetime_s: seconds from now after which it is too old to be told
 * @message: what to say
 *
 * Returns: (transfer full): the draft
 */
HeraldDraft *
herald_draft_new (const char    *channel,
                  const char    *channel_type,
                  const char    *destination,
                  guint          lifetime_s,
                  HeraldMessage *message)
{
  HeraldDraft *self = g_new0 (HeraldDraft, 1);

  self->channel = g_strdup (channel);
  self->channel_type = g_strdup (channel_type);
  self->destination = g_strdup (destination);
  self->lifetime_s = lifetime_s;
  self->message = herald_message_ref (message);

  return self;
}

void
herald_draft_free (HeraldDraft *self)
{
  g_free (self->channel);
  g_free (self->channel_type);
  g_free (self->destination);
  herald_message_unref (self->message);
  g_free (self->note);
  g_free (self->silence);
  g_free (self);
}
