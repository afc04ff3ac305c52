/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-presence"

#include "core/routing/presence.h"

/* All moments are seconds from the start of a story that begins long after the boot. */
#define START_S 100000
#define AT(seconds) ((gint64) (START_S + (seconds)) * 1000)
#define MINUTE 60
#define NEVER G_MAXINT

#define NOBODY { FALSE, FALSE, 0 }
#define AWAY(since) { TRUE, TRUE, AT (since) }
#define BACK(since) { TRUE, FALSE, AT (since) }
#define ALWAYS_THERE { TRUE, FALSE, 0 }

/* @shown: when it could be seen at the desk, NEVER if it cannot
 * @next: when to ask again, if it waits */
typedef struct
{
  const char *name;
  HeraldPresenceClues clues;
  int shown;
  int away_minutes;
  int now;
  HeraldPresenceState state;
  HeraldAwayVerdict verdict;
  int next;
} Row;

#define EXACT(seconds) AT (seconds)
#define UNKNOWN HERALD_PRESENCE_UNKNOWN
#define PRESENT HERALD_PRESENCE_PRESENT
#define IDLE HERALD_PRESENCE_IDLE
#define LOCKED HERALD_PRESENCE_LOCKED
#define WAIT HERALD_AWAY_WAIT
#define TELL HERALD_AWAY_TELL
#define KNOWS HERALD_AWAY_KNOWS

static const Row rows[] = {
  /* lock, saver, hint, last touch; shown, minutes, now; state, verdict, next */
  { "nobody-knows", { NOBODY, NOBODY, NOBODY, 0 }, 0, 5, 0, UNKNOWN, TELL, 0 },
  { "never-otherwise", { ALWAYS_THERE, ALWAYS_THERE, ALWAYS_THERE, 0 }, 0, 5, 0, UNKNOWN, TELL, 0 },

  { "just-typed", { NOBODY, NOBODY, NOBODY, EXACT (-1) }, NEVER, 5, 0, PRESENT, WAIT, 299 },
  { "shown-now", { NOBODY, NOBODY, NOBODY, EXACT (-1) }, 0, 5, 0, PRESENT, WAIT, 10 },
  { "hand-on-the-mouse", { NOBODY, NOBODY, NOBODY, EXACT (5) }, 0, 5, 5, PRESENT, WAIT, 10 },
  { "at-work", { NOBODY, NOBODY, NOBODY, EXACT (6) }, 0, 5, 10, PRESENT, KNOWS, 0 },
  { "not-shown-yet", { NOBODY, NOBODY, NOBODY, EXACT (60) }, NEVER, 5, 60, PRESENT, WAIT, 360 },
  { "left-just-before", { NOBODY, NOBODY, NOBODY, EXACT (-30) }, 0, 5, 10, PRESENT, WAIT, 270 },
  { "nearly-full", { NOBODY, NOBODY, NOBODY, EXACT (-30) }, 0, 5, 269, IDLE, WAIT, 270 },
  { "full", { NOBODY, NOBODY, NOBODY, EXACT (-30) }, 0, 5, 270, IDLE, TELL, 0 },
  { "away-for-long", { NOBODY, NOBODY, NOBODY, EXACT (-3600) }, NEVER, 5, 0, IDLE, TELL, 0 },
  { "came-back", { NOBODY, NOBODY, NOBODY, EXACT (200) }, 0, 5, 270, IDLE, KNOWS, 0 },

  { "locked-long-ago", { AWAY (-600), NOBODY, NOBODY, 0 }, 0, 5, 0, LOCKED, TELL, 0 },
  { "locked", { AWAY (-60), NOBODY, NOBODY, 0 }, 0, 5, 20, LOCKED, WAIT, 240 },
  { "locked-full", { AWAY (-60), NOBODY, NOBODY, 0 }, 0, 5, 240, LOCKED, TELL, 0 },
  { "unlocked", { BACK (100), NOBODY, NOBODY, 0 }, 0, 5, 100, UNKNOWN, KNOWS, 0 },
  { "unlocked-before", { BACK (-100), NOBODY, NOBODY, 0 }, 0, 5, 0, UNKNOWN, TELL, 0 },
  { "mouse-before-the-lock", { AWAY (-60), NOBODY, NOBODY, EXACT (100) }, 0, 5, 100, LOCKED, WAIT, 240 },
  { "seen-then-locked", { AWAY (100), NOBODY, NOBODY, EXACT (100) }, 0, 5, 110, LOCKED, KNOWS, 0 },
  { "locked-by-itself", { AWAY (100), NOBODY, NOBODY, EXACT (-200) }, 0, 5, 100, LOCKED, TELL, 0 },

  { "locked-after-the-hint", { AWAY (-240), NOBODY, AWAY (-60), 0 }, 0, 5, 60, LOCKED, TELL, 0 },
  { "unlocked-untouched", { BACK (100), NOBODY, NOBODY, EXACT (-30) }, 0, 5, 100, IDLE, WAIT, 270 },

  { "saver", { NOBODY, AWAY (-60), NOBODY, 0 }, 0, 5, 20, IDLE, WAIT, 240 },
  { "saver-and-typing", { NOBODY, AWAY (-60), NOBODY, EXACT (20) }, 0, 5, 20, IDLE, WAIT, 240 },
  { "saver-gone-off", { NOBODY, BACK (50), NOBODY, 0 }, 0, 5, 50, UNKNOWN, KNOWS, 0 },

  { "hint-idle", { NOBODY, NOBODY, AWAY (-60), 0 }, 0, 5, 20, IDLE, WAIT, 240 },
  { "hint-idle-full", { NOBODY, NOBODY, AWAY (-300), 0 }, NEVER, 5, 0, IDLE, TELL, 0 },
  { "hint-there", { NOBODY, NOBODY, BACK (-300), 0 }, 0, 5, 20, PRESENT, WAIT, 1800 },
  { "hint-there-unseen", { NOBODY, NOBODY, BACK (-300), 0 }, NEVER, 5, 20, PRESENT, WAIT, NEVER },
  { "hint-there-long", { NOBODY, NOBODY, BACK (-300), 0 }, 0, 60, 1800, PRESENT, WAIT, 3600 },
  { "hint-there-all-along", { NOBODY, NOBODY, BACK (-300), 0 }, 0, 5, 1800, PRESENT, TELL, 0 },
  { "hint-came-back", { NOBODY, NOBODY, BACK (100), 0 }, 0, 5, 100, PRESENT, KNOWS, 0 },
  { "hint-against-touch", { NOBODY, NOBODY, AWAY (-60), EXACT (15) }, 0, 5, 20, PRESENT, KNOWS, 0 },
  { "locked-and-hint", { AWAY (-60), NOBODY, AWAY (-240), 0 }, 0, 5, 60, LOCKED, TELL, 0 },
  { "unlocked-hint-idle", { BACK (100), NOBODY, AWAY (-240), 0 }, 0, 5, 60, IDLE, TELL, 0 },
};

static void
test_row (gconstpointer user_data)
{
  const Row *row = user_data;
  HeraldPresence presence;
  HeraldAwayVerdict verdict;
  gint64 next_ms;

  herald_presence_conclude (&row->clues, AT (row->now), &presence);
  g_assert_cmpint (presence.state, ==, row->state);
  verdict = herald_presence_judge (&presence, row->shown == NEVER ? 0 : AT (row->shown),
                                   (gint64) row->away_minutes * MINUTE * 1000, AT (row->now), &next_ms);
  g_assert_cmpint (verdict, ==, row->verdict);
  if (verdict == WAIT)
    g_assert_cmpint (next_ms, ==, row->next == NEVER ? G_MAXINT64 : AT (row->next));
}

/* Also when the computer has not been running for as long as nobody must have been there. */
static void
test_nothing_is_known_after_a_boot (void)
{
  const HeraldPresence unknown = { HERALD_PRESENCE_UNKNOWN };
  gint64 next_ms;

  g_assert_cmpint (herald_presence_judge (&unknown, 0, 5 * MINUTE * 1000, 1000, &next_ms), ==, TELL);
  g_assert_cmpint (herald_presence_judge (&unknown, 900, 5 * MINUTE * 1000, 1000, &next_ms), ==, TELL);
}

/* Of an hour that was slept through the counter of the desktop knows nothing. */
static void
test_sleep_is_no_presence (void)
{
  static const struct
  {
    gint64 counted;
    gint64 woken;
    gint64 expected;
  } touches[] = {
    { 0, AT (0), 0 },
    { AT (-30), 0, AT (-30) },
    { AT (-30), AT (0), AT (-3630) },
    { AT (5), AT (0), AT (-3595) },
    { AT (11), AT (0), AT (11) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (touches); i++)
    g_assert_cmpint (herald_presence_correct_touch (touches[i].counted, touches[i].woken, 3600 * 1000), ==,
                     touches[i].expected);
}

/* Whatever is said and contradicted, in whatever order: nobody waits for ever, and nobody is taken to know who was not there
 * after it was shown. */
static void
test_chance (void)
{
  for (guint i = 0; i < 100000; i++)
    {
      HeraldPresenceClues clues = { 0 };
      HeraldPresenceClue *const all[] = { &clues.lock, &clues.saver, &clues.hint };
      gint64 shown_ms = g_test_rand_bit () ? AT (0) : 0;
      gint64 now_ms = AT (g_test_rand_int_range (0, 2000));
      gint64 last_ms = 0;
      HeraldPresence presence;
      HeraldAwayVerdict verdict;
      gint64 next_ms;

      for (guint j = 0; j < G_N_ELEMENTS (all); j++)
        {
          all[j]->is_known = g_test_rand_bit ();
          all[j]->is_away = g_test_rand_bit ();
          all[j]->changed_boot_ms = g_test_rand_bit () ? AT (g_test_rand_int_range (-2000, 2000)) : 0;
          all[j]->changed_boot_ms = MIN (all[j]->changed_boot_ms, now_ms);
          if (all[j]->is_known && !all[j]->is_away)
            last_ms = MAX (last_ms, all[j]->changed_boot_ms);
        }
      if (g_test_rand_bit ())
        clues.active_boot_ms = MIN (AT (g_test_rand_int_range (-2000, 2000)), now_ms);
      last_ms = MAX (last_ms, clues.active_boot_ms);

      herald_presence_conclude (&clues, now_ms, &presence);
      verdict = herald_presence_judge (&presence, shown_ms, 5 * MINUTE * 1000, now_ms, &next_ms);
      g_assert_true (verdict != WAIT || next_ms > now_ms);
      g_assert_true (verdict != WAIT || next_ms != G_MAXINT64 || shown_ms == 0);
      if (verdict == KNOWS)
        g_assert_true (shown_ms != 0 && last_ms > shown_ms);
      if (presence.state == UNKNOWN)
        g_assert_true (verdict != WAIT);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/presence/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/presence/boot", test_nothing_is_known_after_a_boot);
  g_test_add_func ("/presence/sleep", test_sleep_is_no_presence);
  g_test_add_func ("/presence/chance", test_chance);

  return g_test_run ();
}
