/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/message.h"

G_BEGIN_DECLS

/**
 * HeraldDraft:
 * @channel: id of the channel
 * @channel_type: id of its type, kept for the history when the channel is gone
 * @destination: to whom
 * @lifetime_s: seconds until it is too old to be told
 * @hold_ms: it is not sent before, unless herald_outbox_illustrate() or herald_outbox_release() let it go; 0 to send
 *   it at once
 * @awaits_picture: whether it is held for a picture; else only herald_outbox_release() is waited for
 * @desk_ms: it is held for herald_outbox_release_desk() or herald_outbox_end_desk(), for so long if nobody comes to the
 *   desk meanwhile; 0 if it is to go in any case
 * @note: (nullable): what a person may want to know about it, e.g. a mistake in the template
 * @price: what sending its words costs, in microdollars
 * @picture_price: what a picture would cost beside that
 * @is_digest: whether it tells what others were to tell; it waits behind nothing
 * @silence: (nullable): why it is not told but only written down; a sentence
 *
 * One delivery the router wants made.
 */
typedef struct
{
  char *channel;
  char *channel_type;
  char *destination;
  guint lifetime_s;
  HeraldMessage *message;
  guint hold_ms;
  gboolean awaits_picture;
  guint desk_ms;
  char *note;
  gint64 price;
  gint64 picture_price;
  gboolean is_digest;
  char *silence;
} HeraldDraft;

HeraldDraft *herald_draft_new  (const char    *channel,
                               const char    *channel_type,
                               const char    *destination,
                               guint          lifetime_s,
                               HeraldMessage *message);
void         herald_draft_free (HeraldDraft   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldDraft, herald_draft_free)

G_END_DECLS
