/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-breaker"

#include "core/outbox/channel-breaker.h"

#include "core/outbox/retry-policy.h"

/* Wide enough for as many lanes as the courier flies at once */
#define WIDTH_MAX 4

/**
 * herald_channel_breaker_reset:
 *
 * Nothing is known any more: at the start, and when a person has changed something. One attempt
 * finds out; a wrong password is not tried by four at once.
 */
void
herald_channel_breaker_reset (HeraldChannelBreaker *self)
{
  self->n_failures = 0;
  self->until_boot_ms = 0;
  self->was_asked = FALSE;
  self->width = 1;
  self->epoch++;
}

/**
 * herald_channel_breaker_is_open:
 *
 * Returns: whether the last that was heard of the channel is that nothing comes through
 */
gboolean
herald_channel_breaker_is_open (const HeraldChannelBreaker *self)
{
  return self->n_failures > 0;
}

/**
 * herald_channel_breaker_admits:
 * @n_under_way: attempts by the channel that have not reached their point of no return; one that
 *   has shows that the other side talks to us, and may wait long for its answer
 *
 * Returns: whether one more may begin now
 */
gboolean
herald_channel_breaker_admits (const HeraldChannelBreaker *self,
                               guint                       n_under_way,
                               gint64                      now_boot_ms)
{
  if (herald_channel_breaker_is_open (self))
    return n_under_way == 0 && now_boot_ms >= self->until_boot_ms;

  return n_under_way < self->width;
}

/**
 * herald_channel_breaker_note_answer:
 * @epoch: in which the attempt was begun
 *
 * The other side has taken a message, or has refused or put off one for its own sake: it is there.
 */
void
herald_channel_breaker_note_answer (HeraldChannelBreaker *self,
                                    guint                 epoch)
{
  /* Begun before the channel broke: it says nothing about now. */
  if (epoch != self->epoch)
    return;

  if (herald_channel_breaker_is_open (self))
    herald_channel_breaker_reset (self);
  self->width = MIN (self->width * 2, WIDTH_MAX);
}

/**
 * herald_channel_breaker_note_failure:
 * @epoch: in which the attempt was begun
 * @retry_after_s: how long the other side asked us to wait; 0 if it did not say
 * @luck: a random number in [0, 1)
 *
 * Nothing comes through. What was under way at the same time and failed with it is one failure.
 */
void
herald_channel_breaker_note_failure (HeraldChannelBreaker *self,
                                     guint                 epoch,
                                     guint                 retry_after_s,
                                     double                luck,
                                     gint64                now_boot_ms)
{
  gboolean is_new = epoch == self->epoch;
  guint n_failures = self->n_failures + (is_new ? 1 : 0);
  gint64 until_boot_ms = now_boot_ms + herald_retry_policy_back_off (n_failures, retry_after_s, luck);

  if (is_new)
    {
      self->n_failures = n_failures;
      self->until_boot_ms = until_boot_ms;
      self->was_asked = retry_after_s > 0;
      self->width = 1;
      self->epoch++;
    }
  else if (herald_channel_breaker_is_open (self) && retry_after_s > 0)
    {
      self->until_boot_ms = MAX (self->until_boot_ms, until_boot_ms);
      self->was_asked = TRUE;
    }
}

/**
 * herald_channel_breaker_hurry:
 * @insists: whether a person waits for the answer; else a time the other side has named stays
 *
 * Something has changed for the better, like the network: the next attempt may begin at once.
 */
void
herald_channel_breaker_hurry (HeraldChannelBreaker *self,
                              gboolean              insists)
{
  if (insists || !self->was_asked)
    self->until_boot_ms = 0;
}
