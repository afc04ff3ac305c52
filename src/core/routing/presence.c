/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-presence"

#include "core/routing/presence.h"

/* Nobody sits before a computer for so long without touching it, for those who only want to know how it is. */
#define IDLE_MS (60 * 1000)

/* A hand that was on the mouse when the notification came up has not seen it yet. */
#define SEEN_MS (5 * 1000)

/* Who is at work is found out soon, and not only when the time is full. */
#define LOOK_AGAIN_MS (10 * 1000)

/* Most sessions call themselves idle within this time. One that does not proves nothing: it may be set to hours, and a film
 * keeps it from it for ever. */
#define HINT_MS (30 * 60 * 1000)

/* Whoever wakes a computer touches it, and has not read anything yet. */
#define WAKING_MS (10 * 1000)

/**
 * herald_presence_correct_touch:
 * @active_boot_ms: when keyboard or mouse were used last, as counted back by a clock that stands still while the computer
 *   sleeps
 * @woken_boot_ms: when it woke last; 0 for never
 * @slept_ms: for how long it slept then
 *
 * Returns: when that was; a touch that may only have woken it counts as one before it slept
 */
gint64
herald_presence_correct_touch (gint64 active_boot_ms,
                               gint64 woken_boot_ms,
                               gint64 slept_ms)
{
  if (active_boot_ms == 0 || woken_boot_ms == 0 || active_boot_ms > woken_boot_ms + WAKING_MS)
    return active_boot_ms;

  return MAX (active_boot_ms - MAX (slept_ms, 0), 1);
}

const char *
herald_presence_state_to_id (HeraldPresenceState state)
{
  static const char *const ids[] = {
    [HERALD_PRESENCE_UNKNOWN] = "unknown",
    [HERALD_PRESENCE_PRESENT] = "present",
    [HERALD_PRESENCE_IDLE] = "idle",
    [HERALD_PRESENCE_LOCKED] = "locked",
  };

  return ids[state];
}

static HeraldPresenceState
find_state (const HeraldPresenceClues *clues,
            gint64                     now_boot_ms)
{
  if (clues->lock.is_known && clues->lock.is_away)
    return HERALD_PRESENCE_LOCKED;
  if (clues->saver.is_known && clues->saver.is_away)
    return HERALD_PRESENCE_IDLE;
  if (clues->active_boot_ms != 0)
    return now_boot_ms - clues->active_boot_ms >= IDLE_MS ? HERALD_PRESENCE_IDLE : HERALD_PRESENCE_PRESENT;
  /* Who has never said that nobody is there is not believed that somebody is. */
  if (!clues->hint.is_known || clues->hint.changed_boot_ms == 0)
    return HERALD_PRESENCE_UNKNOWN;

  return clues->hint.is_away ? HERALD_PRESENCE_IDLE : HERALD_PRESENCE_PRESENT;
}

/**
 * herald_presence_conclude:
 * @presence: (out caller-allocates):
 *
 * Of two that contradict each other the one is believed that says that nobody is there: better told twice than never.
 * Only when keyboard or mouse were used last is known better than by a session that calls itself idle. A screen that is not
 * locked, or not saved, says nothing about who is before it; but whoever has just unlocked it is there.
 */
void
herald_presence_conclude (const HeraldPresenceClues *clues,
                          gint64                     now_boot_ms,
                          HeraldPresence            *presence)
{
  const HeraldPresenceClue *const all[] = { &clues->lock, &clues->saver, &clues->hint };
  gint64 since_boot_ms = now_boot_ms;

  *presence = (HeraldPresence) {
    .state = find_state (clues, now_boot_ms),
    .active_boot_ms = clues->active_boot_ms,
    .is_exact = clues->active_boot_ms != 0,
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      if (!all[i]->is_known || all[i]->changed_boot_ms == 0)
        continue;
      if (all[i]->is_away)
        since_boot_ms = MIN (since_boot_ms, all[i]->changed_boot_ms);
      else if (!presence->is_exact)
        presence->active_boot_ms = MAX (presence->active_boot_ms, all[i]->changed_boot_ms);
    }
  if (presence->is_exact)
    since_boot_ms = presence->state == HERALD_PRESENCE_IDLE && !clues->saver.is_away
                      ? presence->active_boot_ms
                      : MIN (since_boot_ms, presence->active_boot_ms);
  if (presence->state == HERALD_PRESENCE_IDLE || presence->state == HERALD_PRESENCE_LOCKED)
    presence->since_boot_ms = since_boot_ms;
}

/* Whoever only moves the mouse before a locked screen is not at the desk. */
static gint64
get_last_seen (const HeraldPresence *self)
{
  return self->since_boot_ms != 0 ? MIN (self->active_boot_ms, self->since_boot_ms) : self->active_boot_ms;
}

/* Of a session that calls itself idle only after a time: whoever came back has been seen, whoever was there all along has not. */
static HeraldAwayVerdict
judge_roughly (gint64  shown_boot_ms,
               gint64  away_ms,
               gint64  now_boot_ms,
               gint64 *next_boot_ms)
{
  *next_boot_ms = shown_boot_ms != 0 ? shown_boot_ms + MAX (away_ms, HINT_MS) : G_MAXINT64;

  return now_boot_ms >= *next_boot_ms ? HERALD_AWAY_TELL : HERALD_AWAY_WAIT;
}

/**
 * herald_presence_judge:
 * @shown_boot_ms: since when it can be seen at this computer what has happened; 0 if it cannot
 * @away_ms: how long nobody must have been there
 * @next_boot_ms: (out): if it waits, when it is worth asking again; G_MAXINT64 if nobody knows
 *
 * Returns: whether to tell it elsewhere: not if somebody was at this computer since it was shown there, and at once if
 *   nobody knows whether anybody is
 */
HeraldAwayVerdict
herald_presence_judge (const HeraldPresence *self,
                       gint64                shown_boot_ms,
                       gint64                away_ms,
                       gint64                now_boot_ms,
                       gint64               *next_boot_ms)
{
  gint64 since_boot_ms = self->since_boot_ms;

  *next_boot_ms = G_MAXINT64;
  if (shown_boot_ms != 0 && get_last_seen (self) > shown_boot_ms + SEEN_MS)
    return HERALD_AWAY_KNOWS;
  if (self->state == HERALD_PRESENCE_UNKNOWN)
    return HERALD_AWAY_TELL;

  if (self->state == HERALD_PRESENCE_PRESENT)
    {
      if (!self->is_exact)
        return judge_roughly (shown_boot_ms, away_ms, now_boot_ms, next_boot_ms);
      since_boot_ms = self->active_boot_ms;
    }
  if (now_boot_ms - since_boot_ms >= away_ms)
    return HERALD_AWAY_TELL;

  *next_boot_ms = since_boot_ms + away_ms;
  if (shown_boot_ms != 0 && now_boot_ms < shown_boot_ms + LOOK_AGAIN_MS)
    *next_boot_ms = MIN (*next_boot_ms, shown_boot_ms + LOOK_AGAIN_MS);

  return HERALD_AWAY_WAIT;
}
