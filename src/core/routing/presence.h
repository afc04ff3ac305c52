/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  HERALD_PRESENCE_UNKNOWN,
  HERALD_PRESENCE_PRESENT,
  HERALD_PRESENCE_IDLE,
  HERALD_PRESENCE_LOCKED,
} HeraldPresenceState;

/**
 * HeraldPresenceClue:
 * @is_known: whether anybody says so
 * @is_away: what they say: that nobody is there
 * @changed_boot_ms: since when; 0 if they have never said anything else
 *
 * What one part of the desktop says of the person before it.
 */
typedef struct
{
  gboolean is_known;
  gboolean is_away;
  gint64 changed_boot_ms;
} HeraldPresenceClue;

/**
 * HeraldPresenceClues:
 * @lock: of the lock of the session
 * @saver: of the screen saver
 * @hint: whether the session calls itself idle, after a time we do not know
 * @active_boot_ms: when keyboard or mouse were used last; 0 if nobody says so
 *
 * All that is said.
 */
typedef struct
{
  HeraldPresenceClue lock;
  HeraldPresenceClue saver;
  HeraldPresenceClue hint;
  gint64 active_boot_ms;
} HeraldPresenceClues;

/**
 * HeraldPresence:
 * @since_boot_ms: since when nobody is there; only if it is idle or locked
 * @active_boot_ms: when somebody certainly was there; 0 if that is not known
 * @is_exact: whether nobody was there since
 *
 * Whether somebody is at this computer. Times are those of this boot.
 */
typedef struct
{
  HeraldPresenceState state;
  gint64 since_boot_ms;
  gint64 active_boot_ms;
  gboolean is_exact;
} HeraldPresence;

typedef enum
{
  HERALD_AWAY_WAIT,
  HERALD_AWAY_TELL,
  HERALD_AWAY_KNOWS,
} HeraldAwayVerdict;

gint64            herald_presence_correct_touch (gint64                   active_boot_ms,
                                                 gint64                   woken_boot_ms,
                                                 gint64                   slept_ms);
const char       *herald_presence_state_to_id (HeraldPresenceState        state);
void              herald_presence_conclude    (const HeraldPresenceClues *clues,
                                               gint64                     now_boot_ms,
                                               HeraldPresence            *presence);
HeraldAwayVerdict herald_presence_judge       (const HeraldPresence      *self,
                                               gint64                     shown_boot_ms,
                                               gint64                     away_ms,
                                               gint64                     now_boot_ms,
                                               gint64                    *next_boot_ms);

G_END_DECLS
