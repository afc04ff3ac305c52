/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldChannelBreaker:
 * @n_failures: in a row that stopped the channel; 0 if nothing is known against it
 * @until_boot_ms: nothing is tried before
 * @was_asked: whether the other side named that time
 * @width: how many attempts may be before their point of no return at once
 * @epoch: counts what has changed about the channel; what was begun in an earlier one is old news
 *
 * Whether it is worth trying anything by a channel now. After a failure that concerns the whole
 * channel one attempt, the probe, finds out for all; a channel nobody has heard of begins like that, too.
 */
typedef struct
{
  guint n_failures;
  gint64 until_boot_ms;
  gboolean was_asked;
  guint width;
  guint epoch;
} HeraldChannelBreaker;

void     herald_channel_breaker_reset        (HeraldChannelBreaker       *self);
gboolean herald_channel_breaker_is_open      (const HeraldChannelBreaker *self);
gboolean herald_channel_breaker_admits       (const HeraldChannelBreaker *self,
                                              guint                       n_under_way,
                                              gint64                      now_boot_ms);

void     herald_channel_breaker_note_answer  (HeraldChannelBreaker       *self,
                                              guint                       epoch);
void     herald_channel_breaker_note_failure (HeraldChannelBreaker       *self,
                                              guint                       epoch,
                                              guint                       retry_after_s,
                                              double                      luck,
                                              gint64                      now_boot_ms);
void     herald_channel_breaker_hurry        (HeraldChannelBreaker       *self,
                                              gboolean                    insists);

G_END_DECLS
