/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-gap-random"

#include "fixtures/watch-story.h"

#define FILE_A WATCH_STORY_FILE
#define N_GAPS 10000
#define PER_GAP_MAX 4

/* What there is at the server, whether anybody looks or not */
typedef struct
{
  WatchStory *story;
  GRand *luck;
  gboolean printing;
  gboolean listening;
  gint64 n_done;
  gint64 n_failed;
} Server;

static void
show (Server *server)
{
  if (server->printing)
    watch_story_show (server->story, HERALD_STATE_PRINTING, 5, FILE_A);
  else
    watch_story_show (server->story, HERALD_STATE_OPERATIONAL, -1, FILE_A);
}

static void
end_print (Server *server)
{
  static const HeraldPrinterSignal ends[] = { HERALD_SIGNAL_DONE, HERALD_SIGNAL_CANCELLED, HERALD_SIGNAL_FAILED };
  HeraldPrinterSignal end = ends[g_rand_int_range (server->luck, 0, G_N_ELEMENTS (ends))];
  HeraldPrintCount *after = &server->story->after;

  server->printing = FALSE;
  after->last_done = end == HERALD_SIGNAL_DONE;
  after->last_ms = server->story->now_ms;
  after->last_duration_s = 60;
  if (after->last_done)
    server->n_done++;
  else
    server->n_failed++;
  if (server->listening)
    watch_story_say (server->story, end, end == HERALD_SIGNAL_CANCELLED ? "cancelled" : NULL);
}

static void
go_on (Server *server)
{
  watch_story_wait (server->story, g_rand_int_range (server->luck, 2000, 60 * 1000));
  if (server->printing)
    end_print (server);
  else
    {
      server->printing = TRUE;
      if (server->listening)
        watch_story_say (server->story, HERALD_SIGNAL_STARTED, NULL);
    }
  if (server->listening)
    show (server);
}

static void
look_away (Server *server)
{
  gint32 n_changes = g_rand_int_range (server->luck, 0, PER_GAP_MAX + 1);

  server->listening = FALSE;
  watch_story_lose (server->story, server->n_done, server->n_failed);
  while (n_changes-- > 0)
    go_on (server);
  watch_story_wait (server->story, g_rand_int_range (server->luck, 1000, 30 * 60 * 1000));
  watch_story_find (server->story, server->printing ? HERALD_STATE_PRINTING : HERALD_STATE_OPERATIONAL,
                    server->printing ? 5 : -1, FILE_A, server->n_done, server->n_failed);
  server->listening = TRUE;
}

static guint
count (WatchStory      *story,
       HeraldEventKind  kind)
{
  guint n = 0;

  for (guint i = 0; i < story->events->len; i++)
    {
      const HeraldEvent *event = g_ptr_array_index (story->events, i);

      n += event->kind == kind;
    }

  return n;
}

/* Ten thousand times nobody looks, and every end is told, once. */
static void
test_ends_are_as_many_as_counted (WatchStory    *story,
                                  gconstpointer  user_data)
{
  g_autoptr(GRand) luck = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  Server server = { .story = story, .luck = luck, .listening = TRUE };
  guint n_failed;

  show (&server);
  for (guint i = 0; i < N_GAPS; i++)
    {
      for (gint32 n_changes = g_rand_int_range (luck, 0, 3); n_changes > 0; n_changes--)
        go_on (&server);
      look_away (&server);
    }

  n_failed = count (story, HERALD_KIND_PRINT_FAILED) + count (story, HERALD_KIND_PRINT_CANCELLED);
  g_test_message ("%d gaps, %" G_GINT64_FORMAT " prints done and %" G_GINT64_FORMAT " not, %u messages", N_GAPS,
                  server.n_done, server.n_failed, story->events->len);
  g_assert_cmpint (count (story, HERALD_KIND_PRINT_DONE), ==, server.n_done);
  g_assert_cmpint (n_failed, ==, server.n_failed);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/gap-random/ends", WatchStory, NULL, watch_story_set_up, test_ends_are_as_many_as_counted,
              watch_story_tear_down);

  return g_test_run ();
}
