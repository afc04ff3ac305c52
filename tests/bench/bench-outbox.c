/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-bench-outbox"

#include "core/outbox/outbox.h"

#include "core/channels/channel.h"
#include "core/outbox/journal-allowance.h"

#define N_EVENTS 3000
#define N_WARM_UP 50
#define N_WAITING 10000u
#define N_LOOKS 500

static int
compare (gconstpointer one,
         gconstpointer other)
{
  gint64 difference = *(const gint64 *) one - *(const gint64 *) other;

  return difference < 0 ? -1 : difference > 0;
}

static gint64
accept_one (HeraldOutbox *outbox,
            guint         number)
{
  g_autofree char *dedupe = g_strdup_printf ("event-%u", number);
  g_autoptr(HeraldEvent) event = herald_event_new (HERALD_KIND_PRINT_DONE, HERALD_SOURCE_LIVE,
                                                   "mk3", dedupe, dedupe,
                                                   g_get_real_time () / 1000, NULL);
  HeraldMessage content = {
    .kind = HERALD_KIND_PRINT_DONE,
    .title = (char *) "bracket_v3 is done",
    .text = (char *) "It took 3 hours 12 minutes.",
  };
  g_autoptr(HeraldMessage) message = herald_message_new (&content);
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_draft_free);
  gint64 start_us;

  g_ptr_array_add (drafts, herald_draft_new ("mail", "email", "me@example.org", 3600, message));
  g_ptr_array_add (drafts, herald_draft_new ("x", "x", "me", 3600, message));

  start_us = g_get_monotonic_time ();
  if (!herald_outbox_accept (outbox, event, drafts, NULL, NULL))
    g_error ("The event was not accepted");

  return g_get_monotonic_time () - start_us;
}

static void
tell (const char *what,
      GArray     *times_us)
{
  g_array_sort (times_us, compare);
  g_print ("%s: n=%u p50=%.2f ms p99=%.2f ms max=%.2f ms\n", what, times_us->len,
           (double) g_array_index (times_us, gint64, times_us->len / 2) / 1000,
           (double) g_array_index (times_us, gint64, times_us->len * 99 / 100) / 1000,
           (double) g_array_index (times_us, gint64, times_us->len - 1) / 1000);
  g_array_set_size (times_us, 0);
}

static void
look_at_heads (HeraldJournal *journal)
{
  g_autoptr(GPtrArray) heads = herald_journal_list_heads (journal, NULL);

  if (heads == NULL || heads->len != 2)
    g_error ("There are two lanes");
}

static void
sum_up (HeraldJournal *journal)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  HeraldAllowanceTimes times;
  HeraldAllowanceUse use;

  herald_allowance_times_at (&times, herald_clock_get_wall_ms (journal->clock), zone);
  if (!herald_journal_sum_use (journal, "x", &times, &use, NULL))
    g_error ("Nothing is counted");
}

/* What is done for each message that is sent, however many wait */
static void
look (const char    *path,
      HeraldClock   *clock,
      GArray        *times_us)
{
  static const struct
  {
    const char *what;
    void (*do_it) (HeraldJournal *journal);
  } rows[] = { { "whose turn it is", look_at_heads }, { "what was sent and spent", sum_up } };
  g_autoptr(HeraldDatabase) database = herald_database_new (path, NULL, NULL);
  HeraldJournal *journal = herald_journal_new (database, "pictures", clock, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      for (guint k = 0; k < N_LOOKS; k++)
        {
          gint64 start_us = g_get_monotonic_time ();
          gint64 time_us;

          rows[i].do_it (journal);
          time_us = g_get_monotonic_time () - start_us;
          g_array_append_val (times_us, time_us);
        }
      tell (rows[i].what, times_us);
    }
  herald_journal_free (journal);
}

/* In the build directory: a temporary one may be in memory, where nothing takes time. */
int
main (int    argc,
      char **argv)
{
  const char *parent = g_getenv ("G_TEST_BUILDDIR");
  g_autofree char *directory = g_build_filename (parent != NULL ? parent : ".", "bench-XXXXXX",
                                                 NULL);
  g_autofree char *path = NULL;
  g_autofree char *command = NULL;
  g_autoptr(GListStore) channels = g_list_store_new (HERALD_TYPE_CHANNEL);
  g_autoptr(HeraldClock) clock = herald_clock_new ();
  g_autoptr(GArray) times_us = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GError) error = NULL;
  HeraldOutbox *outbox;

  if (g_mkdtemp (directory) == NULL)
    g_error ("No directory");
  path = g_build_filename (directory, "herald.db", NULL);
  command = g_strdup_printf ("rm -r %s", directory);
  outbox = herald_outbox_new (path, G_LIST_MODEL (channels), clock, &error);
  if (outbox == NULL)
    g_error ("%s", error->message);

  for (guint i = 0; i < N_WARM_UP + N_EVENTS; i++)
    {
      gint64 time_us = accept_one (outbox, i);

      if (i >= N_WARM_UP)
        g_array_append_val (times_us, time_us);
    }
  tell ("event and 2 deliveries on the disk", times_us);
  for (guint i = N_WARM_UP + N_EVENTS; i < N_WAITING; i++)
    accept_one (outbox, i);
  g_object_unref (outbox);

  g_print ("With %u messages waiting in each of two lanes:\n", N_WAITING);
  look (path, clock, times_us);

  return g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL) ? 0 : 1;
}
