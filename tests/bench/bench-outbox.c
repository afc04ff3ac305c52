/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-bench-outbox"

#include "core/outbox/outbox.h"

#include "core/channels/channel.h"

#define N_EVENTS 3000
#define N_WARM_UP 50

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
  g_object_unref (outbox);

  g_array_sort (times_us, compare);
  g_print ("event and 2 deliveries on the disk: n=%u p50=%.2f ms p99=%.2f ms max=%.2f ms\n",
           times_us->len, (double) g_array_index (times_us, gint64, times_us->len / 2) / 1000,
           (double) g_array_index (times_us, gint64, times_us->len * 99 / 100) / 1000,
           (double) g_array_index (times_us, gint64, times_us->len - 1) / 1000);

  return g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL) ? 0 : 1;
}
