/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldAttention:
 * @open: whether somebody is needed
 * @said_ms: when we last heard so, milliseconds since 1970
 * @told_ms: when it was last told
 * @ordinal: how many times it was told in this print, reminders included
 * @held_until_ms: when the open wait is to be told, because it came too soon after another; 0 if
 *   it was told
 *
 * Firmware and OctoPrint say in many ways, and every two seconds, that somebody is needed; people
 * want to hear it once, and perhaps be reminded. Pure; starts zeroed.
 */
typedef struct
{
  gboolean open;
  gint64 said_ms;
  gint64 told_ms;
  guint ordinal;
  gint64 held_until_ms;
} HeraldAttention;

/* Each returns whether it is to be told now. */
gboolean herald_attention_need      (HeraldAttention *self,
                                     guint            lock_s,
                                     gint64           now_ms);
gboolean herald_attention_take_time (HeraldAttention *self,
                                     guint            remind_minutes,
                                     gint64           now_ms);
void     herald_attention_hush      (HeraldAttention *self,
                                     gint64           now_ms);
/* To be told the time whenever there is one: a clock can be put back */
void     herald_attention_follow_clock (HeraldAttention *self,
                                        gint64           now_ms);
void     herald_attention_resolve   (HeraldAttention *self);
/* When herald_attention_hush() wants to be called; 0 for never */
gint64   herald_attention_get_hush_ms (const HeraldAttention *self);
gint64   herald_attention_get_due_ms (const HeraldAttention *self,
                                      guint                  remind_minutes);

G_END_DECLS
