/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-flaps"

#include "demo/demo-files.h"
#include "fixtures/simulated-time.h"
#include "fixtures/watched-gap.h"

/* As many as a test that is run all the time can do; OCTOHERALD_FLAPS asks for more. */
#define FLAPS_DEFAULT 2000
#define LATE_FLAPS_DEFAULT 200

#define FILES_N 5
#define PRINT_MAX_S 900
#define AWAY_MAX_S 1500
#define SETTLE_MS (30 * 1000)

/* What happens to us; the first two more often than the rest */
typedef enum
{
  FLAP_DROP,
  FLAP_CLOSE_FRAME,
  FLAP_AWAY,
  FLAP_ASLEEP,
  FLAP_STOPPED,
  FLAP_KILLED,
  FLAP_SERVER_RESTART,
  N_FLAPS,
} Flap;

static const char *const flap_names[N_FLAPS] = {
  "drop", "close-frame", "away", "asleep", "stopped", "killed", "restart"
};

static const guint weights[N_FLAPS] = { 40, 20, 20, 8, 4, 4, 4 };

typedef struct
{
  guint n_done;
  guint n_failed;
  guint n_unknown;
} Tally;

/* Prints that a restart of the server ended; it has not counted them */
static guint n_cut_off;

static void
make_file (guint  i,
           char  *name,
           gsize  size)
{
  g_snprintf (name, size, "file-%u.gcode", i);
}

/* Something goes on at the printer, or not. */
static void
play_printer (WatchedPrinter *fixture,
              GRand          *luck)
{
  HeraldDemoJob *job = herald_demo_printer_get_job (fixture->server);
  char name[32];

  herald_demo_job_connect (job);
  switch (g_rand_int_range (luck, 0, 6))
    {
    case 0:
      herald_demo_job_pause (job);
      break;
    case 1:
    case 2:
      herald_demo_job_resume (job);
      break;
    case 3:
      if (g_rand_boolean (luck))
        herald_demo_job_cancel (job);
      break;
    default:
      make_file ((guint) g_rand_int_range (luck, 0, FILES_N), name, sizeof name);
      herald_demo_printer_print (fixture->server, name, g_rand_int_range (luck, 2, PRINT_MAX_S),
                                 (HeraldDemoOutcome) g_rand_int_range (luck, 0, 3));
      break;
    }
}

/* Whoever counts late and is restarted has never counted it. */
static Flap
choose_flap (GRand    *luck,
             gboolean  counts_late)
{
  gint32 ticket = g_rand_int_range (luck, 0, 100);
  guint flap = 0;

  while (flap + 1 < N_FLAPS && ticket >= (gint32) weights[flap])
    ticket -= (gint32) weights[flap++];

  return counts_late && flap == FLAP_SERVER_RESTART ? FLAP_AWAY : (Flap) flap;
}

static void
flap_away (WatchedPrinter  *fixture,
           GRand           *luck,
           HeraldDemoFault  fault)
{
  double seconds = g_rand_int_range (luck, 1, AWAY_MAX_S);

  if (fault == HERALD_DEMO_FAULT_RESTART)
    n_cut_off += herald_demo_job_is_active (herald_demo_printer_get_job (fixture->server));
  herald_demo_printer_play_fault (fixture->server, fault, seconds, NULL);
  watched_printer_await_connection (fixture, HERALD_CONNECTION_UNREACHABLE);
  watched_printer_skip (fixture, seconds / 2);
  if (g_rand_boolean (luck))
    play_printer (fixture, luck);
  watched_printer_skip (fixture, seconds / 2);
}

static void
play_flap (WatchedPrinter *fixture,
           GRand          *luck,
           gboolean        counts_late)
{
  static const WatchedGap gaps[N_FLAPS] = {
    [FLAP_ASLEEP] = WATCHED_GAP_SLEEP,
    [FLAP_STOPPED] = WATCHED_GAP_STOPPED,
    [FLAP_KILLED] = WATCHED_GAP_KILLED,
  };
  Flap flap = choose_flap (luck, counts_late);

  g_test_message ("%s", flap_names[flap]);
  switch (flap)
    {
    case FLAP_DROP:
    case FLAP_CLOSE_FRAME:
      watched_printer_play (fixture, flap == FLAP_DROP ? HERALD_DEMO_FAULT_DROP : HERALD_DEMO_FAULT_CLOSE_FRAME);
      watched_printer_await_connection (fixture, HERALD_CONNECTION_UNREACHABLE);
      break;
    case FLAP_AWAY:
    case FLAP_SERVER_RESTART:
      flap_away (fixture, luck, flap == FLAP_AWAY ? HERALD_DEMO_FAULT_AWAY : HERALD_DEMO_FAULT_RESTART);
      break;
    case FLAP_ASLEEP:
    case FLAP_STOPPED:
    case FLAP_KILLED:
      watched_gap_begin (fixture, gaps[flap], 0);
      play_printer (fixture, luck);
      watched_printer_skip (fixture, g_rand_int_range (luck, 1, AWAY_MAX_S));
      watched_gap_end (fixture, gaps[flap]);
      return;
    case N_FLAPS:
    default:
      g_assert_not_reached ();
    }
  watched_printer_await_connection (fixture, HERALD_CONNECTION_CONNECTED);
}

/* What was told of each file; a print has one start, which comes before its end. */
static GHashTable *
count_told (WatchedPrinter *fixture)
{
  GHashTable *tallies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(GHashTable) begun = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) ended = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < fixture->events->len; i++)
    {
      const HeraldEvent *event = g_ptr_array_index (fixture->events, i);
      const char *path = herald_values_get (event->values, "path");
      Tally *tally = path != NULL ? g_hash_table_lookup (tallies, path) : NULL;

      if (path != NULL && tally == NULL)
        {
          tally = g_new0 (Tally, 1);
          g_hash_table_insert (tallies, g_strdup (path), tally);
        }
      if (event->kind == HERALD_KIND_PRINT_STARTED)
        g_assert_true (g_hash_table_add (begun, event->job));
      else if (event->kind == HERALD_KIND_PRINT_DONE)
        tally->n_done++;
      else if (event->kind != HERALD_KIND_PRINT_FAILED && event->kind != HERALD_KIND_PRINT_CANCELLED)
        continue;
      else if (event->source == HERALD_SOURCE_INFERRED)
        tally->n_unknown++;
      else
        tally->n_failed++;
      if (event->kind != HERALD_KIND_PRINT_STARTED && event->job != NULL)
        g_assert_true (g_hash_table_add (ended, event->job));
    }

  return tallies;
}

/* What a look at the log needs */
static void
describe (WatchedPrinter *fixture,
          const char     *path)
{
  for (guint i = 0; i < fixture->events->len; i++)
    {
      const HeraldEvent *event = g_ptr_array_index (fixture->events, i);

      if (g_strcmp0 (herald_values_get (event->values, "path"), path) == 0)
        g_test_message ("%s %s %s", herald_event_kind_get_info (event->kind)->id,
                        herald_event_source_to_id (event->source), event->dedupe);
    }
}

static guint
assert_counted (WatchedPrinter *fixture)
{
  g_autoptr(GHashTable) tallies = count_told (fixture);
  GPtrArray *files = herald_demo_files_get_all (herald_demo_job_get_files (herald_demo_printer_get_job (fixture->server)));
  guint n_prints = 0;
  guint n_unknown = 0;

  for (guint i = 0; i < files->len; i++)
    {
      const HeraldDemoFile *file = g_ptr_array_index (files, i);
      const Tally *told = g_hash_table_lookup (tallies, file->path);

      g_test_message ("%s: %u done, %u not; told %u done, %u not, %u of unknown end", file->path,
                      file->prints.n_success, file->prints.n_failure, told != NULL ? told->n_done : 0,
                      told != NULL ? told->n_failed : 0, told != NULL ? told->n_unknown : 0);
      n_unknown += told != NULL ? told->n_unknown : 0;
      n_prints += file->prints.n_success + file->prints.n_failure;
      if (told != NULL && (told->n_done != file->prints.n_success || told->n_failed != file->prints.n_failure))
        describe (fixture, file->path);
      g_assert_cmpuint (told != NULL ? told->n_done : 0, ==, file->prints.n_success);
      g_assert_cmpuint (told != NULL ? told->n_failed : 0, ==, file->prints.n_failure);
    }

  /* One that had hardly begun nobody may have heard of. */
  g_assert_cmpuint (n_unknown, <=, n_cut_off);

  return n_prints;
}

static void
test_flaps (WatchedPrinter *fixture,
            gconstpointer   counts_late)
{
  g_autoptr(GRand) luck = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  const char *wanted = g_getenv ("OCTOHERALD_FLAPS");
  guint n_flaps = counts_late != NULL ? LATE_FLAPS_DEFAULT : FLAPS_DEFAULT;
  gint64 begin_ms = herald_clock_get_boot_ms (HERALD_CLOCK (fixture->clock));
  gint64 begin_us = g_get_real_time ();
  guint n_prints;

  if (wanted != NULL)
    n_flaps = (guint) g_ascii_strtoull (wanted, NULL, 10);
  watched_printer_remember (fixture);
  herald_printer_set_watch_options (fixture->printer, &(HeraldWatchOptions) { 0 });
  watched_printer_start (fixture);
  if (counts_late != NULL)
    herald_demo_printer_play_fault (fixture->server, HERALD_DEMO_FAULT_LATE_HISTORY, 0, NULL);
  watched_printer_let_pass (SETTLE_MS);
  for (guint i = 0; i < n_flaps; i++)
    {
      play_printer (fixture, luck);
      watched_printer_let_pass ((guint) g_rand_int_range (luck, 0, 5000));
      play_flap (fixture, luck, counts_late != NULL);
      if (g_test_verbose () && counts_late == NULL)
        assert_counted (fixture);
    }
  watched_printer_skip (fixture, PRINT_MAX_S);
  watched_printer_let_pass (SETTLE_MS);

  n_prints = assert_counted (fixture);
  g_assert_cmpuint (n_prints, >, 0);
  g_test_message ("%u connections lost, %u prints, %u messages, each once; %.1f h of the printer in %.1f s", n_flaps,
                  n_prints, fixture->events->len, (double) (herald_clock_get_boot_ms (HERALD_CLOCK (fixture->clock)) - begin_ms) / 3600000,
                  (double) (g_get_real_time () - begin_us) / G_USEC_PER_SEC);
}

int
main (int    argc,
      char **argv)
{
  simulated_time_begin ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/flaps/late", WatchedPrinter, "late", watched_printer_set_up, test_flaps, watched_printer_tear_down);
  g_test_add ("/flaps/sockets", WatchedPrinter, NULL, watched_printer_set_up, test_flaps, watched_printer_tear_down);

  return g_test_run ();
}
