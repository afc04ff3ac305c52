/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-gap"

#include "fixtures/watch-story.h"

#define FILE_A WATCH_STORY_FILE
#define OTHER "other.gcode"

/* What can have happened in a gap of 29 minutes, what the server shows afterwards, what is told. */
typedef struct
{
  const char *name;
  /* Before */
  gboolean printing;
  gboolean uncounted;
  gint64 n_done, n_failed;
  /* After */
  HeraldStateId id;
  double progress;
  const char *path;
  gint64 after_done, after_failed;
  gboolean last_done;
  gint64 file_date_s;
  int mark; /* HeraldMarkType + 1, in the gap; 0 for none */
  const char *told;
} Row;

static const Row rows[] = {
  { "goes-on", TRUE, FALSE, 2, 1, HERALD_STATE_PRINTING, 60, FILE_A, 2, 1, FALSE, 0, 0, "" },
  { "done", TRUE, FALSE, 2, 1, HERALD_STATE_OPERATIONAL, 100, FILE_A, 3, 1, TRUE, 0, 0, "print-done/reconciled" },
  { "done-and-deselected", TRUE, FALSE, 2, 1, HERALD_STATE_OPERATIONAL, -1, NULL, 3, 1, TRUE, 0, 0,
    "print-done/reconciled" },
  { "done-and-switched-off", TRUE, FALSE, 2, 1, HERALD_STATE_OFFLINE, -1, NULL, 3, 1, TRUE, 0, 0,
    "print-done/reconciled" },
  { "done-not-counted-yet", TRUE, FALSE, 2, 1, HERALD_STATE_OPERATIONAL, 100, FILE_A, 2, 1, FALSE, 0, 0,
    "print-done/reconciled" },
  { "failed", TRUE, FALSE, 2, 1, HERALD_STATE_OFFLINE, -1, NULL, 2, 2, FALSE, 0, 0, "print-failed/reconciled" },
  { "cancelled", TRUE, FALSE, 2, 1, HERALD_STATE_OPERATIONAL, -1, FILE_A, 2, 2, FALSE, 0, HERALD_MARK_CANCELLED + 1,
    "print-cancelled/reconciled" },
  { "two-prints", TRUE, FALSE, 0, 0, HERALD_STATE_OPERATIONAL, 100, FILE_A, 2, 0, TRUE, 0, 0,
    "print-done/reconciled print-done/reconciled" },
  { "failed-then-done", TRUE, FALSE, 0, 0, HERALD_STATE_OPERATIONAL, 100, FILE_A, 1, 1, TRUE, 0, 0,
    "print-failed/reconciled print-done/reconciled" },
  { "done-then-failed", TRUE, FALSE, 0, 0, HERALD_STATE_OPERATIONAL, -1, FILE_A, 1, 1, FALSE, 0, 0,
    "print-done/reconciled print-failed/reconciled" },
  { "done-and-printing-again", TRUE, FALSE, 0, 0, HERALD_STATE_PRINTING, 3, FILE_A, 1, 0, TRUE, 0, 0,
    "print-done/reconciled print-started/reconciled" },
  { "done-and-printing-other", TRUE, FALSE, 0, 0, HERALD_STATE_PRINTING, 3, OTHER, 1, 0, TRUE, 0, 0,
    "print-done/reconciled print-started/reconciled" },
  { "paused-meanwhile", TRUE, FALSE, 0, 0, HERALD_STATE_PAUSED, 50, FILE_A, 0, 0, FALSE, 0, 0,
    "print-paused/reconciled" },
  { "server-restarted", TRUE, FALSE, 2, 1, HERALD_STATE_OPERATIONAL, -1, NULL, 2, 1, FALSE, 0, 0,
    "print-failed/inferred" },
  { "file-replaced", TRUE, FALSE, 2, 1, HERALD_STATE_OPERATIONAL, -1, FILE_A, 0, 0, FALSE, 1795001111, 0,
    "print-failed/inferred" },
  { "counters-reset", TRUE, FALSE, 20, 10, HERALD_STATE_OPERATIONAL, 100, FILE_A, 0, 0, FALSE, 0, 0,
    "print-done/reconciled" },
  { "sd-done", TRUE, TRUE, 0, 0, HERALD_STATE_OPERATIONAL, 100, FILE_A, 0, 0, FALSE, 0, 0, "print-done/reconciled" },
  { "sd-gone", TRUE, TRUE, 0, 0, HERALD_STATE_OPERATIONAL, -1, NULL, 0, 0, FALSE, 0, 0, "print-failed/inferred" },
  { "no-counters-mark-done", TRUE, TRUE, 0, 0, HERALD_STATE_OPERATIONAL, -1, NULL, 0, 0, FALSE, 0,
    HERALD_MARK_DONE + 1, "print-done/reconciled" },
  { "no-counters-mark-cancelled", TRUE, TRUE, 0, 0, HERALD_STATE_OPERATIONAL, -1, NULL, 0, 0, FALSE, 0,
    HERALD_MARK_CANCELLED + 1, "print-cancelled/reconciled" },
  { "not-counted-so-not-its-mark", TRUE, FALSE, 2, 1, HERALD_STATE_OPERATIONAL, -1, NULL, 2, 1, FALSE, 0,
    HERALD_MARK_CANCELLED + 1, "print-failed/inferred" },
  { "idle", FALSE, FALSE, 2, 1, HERALD_STATE_OPERATIONAL, -1, NULL, 2, 1, FALSE, 0, 0, "" },
  { "idle-whole-print", FALSE, FALSE, 2, 1, HERALD_STATE_OPERATIONAL, 100, FILE_A, 3, 1, TRUE, 0, 0,
    "print-done/reconciled" },
  { "idle-three-prints", FALSE, FALSE, 0, 0, HERALD_STATE_OPERATIONAL, -1, NULL, 2, 1, TRUE, 0, 0,
    "print-done/reconciled print-failed/reconciled print-done/reconciled" },
  { "idle-started", FALSE, FALSE, 2, 1, HERALD_STATE_PRINTING, 8, FILE_A, 2, 1, FALSE, 0, 0,
    "print-started/reconciled" },
  { "idle-counters-jump", FALSE, FALSE, 0, 0, HERALD_STATE_OPERATIONAL, -1, NULL, 999999, 0, TRUE, 0, 0, "" },
};

#define GAP_MS (29 * 60 * 1000)

static void
begin_print (WatchStory *story)
{
  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  watch_story_wait (story, 1000);
  watch_story_show (story, HERALD_STATE_PRINTING, 40, FILE_A);
  g_string_truncate (story->told, 0);
}

static void
test_row (WatchStory    *story,
          gconstpointer  user_data)
{
  const Row *row = user_data;

  story->uncounted = row->uncounted;
  if (row->printing)
    begin_print (story);
  else
    watch_story_show (story, HERALD_STATE_OPERATIONAL, -1, NULL);
  watch_story_lose (story, row->n_done, row->n_failed);
  watch_story_wait (story, GAP_MS);

  story->after.last_done = row->last_done;
  story->after.last_ms = story->now_ms - 60 * 1000;
  story->after.last_duration_s = 3600;
  story->after.date_s = row->file_date_s;
  if (row->mark != 0)
    {
      HeraldMark mark = { (HeraldMarkType) (row->mark - 1), story->now_ms - 61 * 1000 };

      g_array_append_val (story->marks, mark);
    }
  watch_story_find (story, row->id, row->progress, row->path, row->after_done, row->after_failed);
  watch_story_wait (story, 60 * 1000);

  watch_story_assert_told (story, row->told);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/gap/", rows[i].name, NULL);

      g_test_add (path, WatchStory, &rows[i], watch_story_set_up, test_row, watch_story_tear_down);
    }

  return g_test_run ();
}
