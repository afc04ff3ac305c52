/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-attention"

#include "core/printers/attention.h"

/* Firmware repeats itself every two seconds, OctoPrint when it feels like it: less than this of
 * silence is never the end of a wait, whatever the user has set (seeds F93). */
#define SILENCE_MIN_S 30

static gboolean
tell (HeraldAttention *self,
      gint64           now_ms)
{
  self->told_ms = now_ms;
  self->held_until_ms = 0;
  self->ordinal++;

  return TRUE;
}

/* A clock that was put back must not make anything wait until it is there again. */
void
herald_attention_follow_clock (HeraldAttention *self,
                               gint64           now_ms)
{
  gint64 back_ms = MAX (self->told_ms - now_ms, 0);

  self->said_ms = MIN (self->said_ms, now_ms);
  self->told_ms -= back_ms;
  if (self->held_until_ms > 0)
    self->held_until_ms -= back_ms;
}

/**
 * herald_attention_need:
 * @lock_s: what comes again within so many seconds is the same wait, or not worth another message
 * @now_ms: our clock, milliseconds since 1970
 *
 * The printer says that it waits for somebody. Said again and again it is one wait, until nothing
 * was said for @lock_s (at least 30 seconds) or it was resolved. A new wait that begins within
 * @lock_s of the last message is told when that time is over, if it still lasts then.
 *
 * Returns: whether it is to be told now
 */
gboolean
herald_attention_need (HeraldAttention *self,
                       guint            lock_s,
                       gint64           now_ms)
{
  gint64 silence_ms = (gint64) MAX (lock_s, SILENCE_MIN_S) * 1000;
  gint64 lock_ms = (gint64) lock_s * 1000;
  gboolean same;

  herald_attention_follow_clock (self, now_ms);
  same = self->open && now_ms - self->said_ms < silence_ms;
  self->open = TRUE;
  self->said_ms = now_ms;

  if (same && (self->held_until_ms == 0 || now_ms < self->held_until_ms))
    return FALSE;

  if (!same && self->ordinal > 0 && now_ms - self->told_ms < lock_ms)
    {
      self->held_until_ms = self->told_ms + lock_ms;
      return FALSE;
    }

  return tell (self, now_ms);
}

/**
 * herald_attention_take_time:
 * @remind_minutes: tell again every so many minutes; 0 for never
 * @now_ms: our clock, milliseconds since 1970
 *
 * To be called when herald_attention_get_due_ms() has come; at any other time it does no harm.
 *
 * Returns: whether it is to be told now
 */
gboolean
herald_attention_take_time (HeraldAttention *self,
                            guint            remind_minutes,
                            gint64           now_ms)
{
  gint64 due_ms;

  herald_attention_follow_clock (self, now_ms);
  due_ms = herald_attention_get_due_ms (self, remind_minutes);

  return due_ms > 0 && now_ms >= due_ms ? tell (self, now_ms) : FALSE;
}

/**
 * herald_attention_hush:
 * @now_ms: our clock, milliseconds since 1970
 *
 * For a printer that repeats itself as long as it waits: if it has fallen silent, somebody came.
 */
void
herald_attention_hush (HeraldAttention *self,
                       gint64           now_ms)
{
  if (self->open && now_ms - self->said_ms >= SILENCE_MIN_S * 1000)
    herald_attention_resolve (self);
}

gint64
herald_attention_get_hush_ms (const HeraldAttention *self)
{
  return self->open ? self->said_ms + SILENCE_MIN_S * 1000 : 0;
}

/**
 * herald_attention_resolve:
 *
 * Somebody came, or the print is over.
 */
void
herald_attention_resolve (HeraldAttention *self)
{
  self->open = FALSE;
  self->held_until_ms = 0;
}

/**
 * herald_attention_get_due_ms:
 *
 * Returns: when herald_attention_take_time() wants to be called, milliseconds since 1970;
 *   0 for never
 */
gint64
herald_attention_get_due_ms (const HeraldAttention *self,
                             guint                  remind_minutes)
{
  if (!self->open)
    return 0;
  if (self->held_until_ms > 0)
    return self->held_until_ms;

  return remind_minutes > 0 ? self->told_ms + (gint64) remind_minutes * 60 * 1000 : 0;
}
