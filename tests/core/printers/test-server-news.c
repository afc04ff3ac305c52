/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-server-news"

#include "core/printers/server-news.h"
#include "fixtures/fake-printer.h"

#define SECONDS G_GINT64_CONSTANT (1000)
#define MINUTES (60 * SECONDS)
#define LOST_MS (100 * MINUTES)

/* How it is gone, after how long what is told and how loudly, and what when it is back: from a loss
 * that was not told yet, from one that was. */
typedef struct
{
  const char *name;
  gboolean printing;
  HeraldConnection connection;
  gboolean refused;
  gint64 told_after_ms;
  HeraldEventKind kind;
  HeraldUrgency urgency;
  HeraldServerTiding back_at_once;
  HeraldServerTiding back_later;
} Row;

#define UNREACHABLE HERALD_KIND_OCTOPRINT_UNREACHABLE
#define STOPPED HERALD_KIND_OCTOPRINT_STOPPED

static const Row rows[] = {
  { "idle-unreachable", FALSE, HERALD_CONNECTION_UNREACHABLE, FALSE, 60 * SECONDS, UNREACHABLE, HERALD_URGENCY_LOW,
    HERALD_TIDING_NONE, HERALD_TIDING_BACK },
  { "idle-refused", FALSE, HERALD_CONNECTION_UNREACHABLE, TRUE, 60 * SECONDS, STOPPED, HERALD_URGENCY_LOW,
    HERALD_TIDING_STARTED, HERALD_TIDING_STARTED },
  { "idle-starting", FALSE, HERALD_CONNECTION_STARTING, FALSE, 3 * MINUTES, STOPPED, HERALD_URGENCY_LOW,
    HERALD_TIDING_STARTED, HERALD_TIDING_STARTED },
  { "idle-unauthorized", FALSE, HERALD_CONNECTION_UNAUTHORIZED, FALSE, 60 * SECONDS, UNREACHABLE, HERALD_URGENCY_LOW,
    HERALD_TIDING_NONE, HERALD_TIDING_BACK },
  { "idle-untrusted", FALSE, HERALD_CONNECTION_UNTRUSTED, FALSE, 60 * SECONDS, UNREACHABLE, HERALD_URGENCY_LOW,
    HERALD_TIDING_NONE, HERALD_TIDING_BACK },
  { "printing-unreachable", TRUE, HERALD_CONNECTION_UNREACHABLE, FALSE, 15 * SECONDS, UNREACHABLE,
    HERALD_URGENCY_CRITICAL, HERALD_TIDING_NONE, HERALD_TIDING_BACK },
  { "printing-refused", TRUE, HERALD_CONNECTION_UNREACHABLE, TRUE, 15 * SECONDS, UNREACHABLE,
    HERALD_URGENCY_CRITICAL, HERALD_TIDING_STARTED, HERALD_TIDING_BACK },
  { "printing-starting", TRUE, HERALD_CONNECTION_STARTING, FALSE, 15 * SECONDS, UNREACHABLE, HERALD_URGENCY_CRITICAL,
    HERALD_TIDING_STARTED, HERALD_TIDING_BACK },
  { "printing-unauthorized", TRUE, HERALD_CONNECTION_UNAUTHORIZED, FALSE, 15 * SECONDS, UNREACHABLE,
    HERALD_URGENCY_CRITICAL, HERALD_TIDING_NONE, HERALD_TIDING_BACK },
  { "printing-untrusted", TRUE, HERALD_CONNECTION_UNTRUSTED, FALSE, 15 * SECONDS, UNREACHABLE,
    HERALD_URGENCY_CRITICAL, HERALD_TIDING_NONE, HERALD_TIDING_BACK },
};

/* Attempts fail every few seconds, and only the first is the loss. */
static HeraldServerTiding
lose_for (HeraldServerNews *news,
          const Row        *row,
          gint64            ms)
{
  HeraldServerTiding told = HERALD_TIDING_NONE;

  for (gint64 now_ms = LOST_MS; now_ms <= LOST_MS + ms; now_ms += SECONDS)
    {
      HeraldServerTiding tiding;

      if (now_ms % (5 * SECONDS) == 0)
        herald_server_news_lose (news, row->connection, row->refused, row->printing, now_ms);
      tiding = herald_server_news_take_time (news, row->printing, now_ms);
      if (tiding == HERALD_TIDING_NONE)
        continue;
      g_assert_cmpint (told, ==, HERALD_TIDING_NONE);
      told = tiding;
    }

  return told;
}

static HeraldServerNews
answer_once (void)
{
  HeraldServerNews news = { 0 };

  g_assert_cmpint (herald_server_news_recover (&news, LOST_MS - MINUTES), ==, HERALD_TIDING_NONE);

  return news;
}

static void
test_row (gconstpointer user_data)
{
  const Row *row = user_data;
  HeraldServerNews news = answer_once ();

  g_assert_cmpint (lose_for (&news, row, row->told_after_ms - SECONDS), ==, HERALD_TIDING_NONE);
  g_assert_true (herald_server_news_is_pending (&news));
  g_assert_cmpint (herald_server_news_recover (&news, LOST_MS + row->told_after_ms), ==, row->back_at_once);
  g_assert_false (herald_server_news_is_pending (&news));
  g_assert_cmpint (lose_for (&news, row, 24 * 60 * MINUTES), !=, HERALD_TIDING_NONE);
  g_assert_false (herald_server_news_is_pending (&news));
  g_assert_cmpint (herald_server_news_recover (&news, LOST_MS + 25 * 60 * MINUTES), ==, row->back_later);
  g_assert_cmpint (herald_server_news_recover (&news, LOST_MS + 26 * 60 * MINUTES), ==, HERALD_TIDING_NONE);
}

static void
test_row_is_told (gconstpointer user_data)
{
  const Row *row = user_data;
  g_autoptr(HeraldValues) file = herald_values_new ();
  g_autoptr(HeraldPrintJob) job = NULL;
  g_autoptr(FakePrinter) printer = fake_printer_new ("mk3");
  HeraldServerNews news = answer_once ();
  g_autoptr(HeraldEvent) event = NULL;
  HeraldServerTiding tiding;

  herald_values_set (file, "name", "cube.gcode");
  job = herald_print_job_new (file, 1);
  job->seen_percent = 42;
  tiding = lose_for (&news, row, row->told_after_ms);
  event = herald_server_news_make_event (&news, tiding, HERALD_PRINTER (printer), row->printing ? job : NULL, 1);

  g_assert_cmpint (event->kind, ==, row->kind);
  g_assert_cmpint (event->urgency, ==, row->urgency);
  g_assert_cmpint (herald_values_get (event->values, "consequence") != NULL, ==, row->printing);
}

/* Whoever never answered cannot be missed; unless a print is known of it from before. */
static void
test_stranger_is_not_missed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      HeraldServerNews news = { 0 };
      gboolean missed = lose_for (&news, &rows[i], 60 * MINUTES) != HERALD_TIDING_NONE;

      g_assert_cmpint (missed, ==, rows[i].printing);
      if (!missed)
        g_assert_cmpint (herald_server_news_recover (&news, LOST_MS + 60 * MINUTES), ==, HERALD_TIDING_NONE);
    }
}

/* Whatever it was, after a stop by the user it is forgotten. */
static void
test_stop_is_no_loss (void)
{
  HeraldServerNews news = answer_once ();

  lose_for (&news, &rows[0], 60 * MINUTES);
  herald_server_news_clear (&news);
  g_assert_false (herald_server_news_is_pending (&news));
  g_assert_cmpint (herald_server_news_recover (&news, LOST_MS + 60 * MINUTES), ==, HERALD_TIDING_NONE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *when = g_strconcat ("/server-news/when/", rows[i].name, NULL);
      g_autofree char *what = g_strconcat ("/server-news/what/", rows[i].name, NULL);

      g_test_add_data_func (when, &rows[i], test_row);
      g_test_add_data_func (what, &rows[i], test_row_is_told);
    }
  g_test_add_func ("/server-news/stranger", test_stranger_is_not_missed);
  g_test_add_func ("/server-news/stop", test_stop_is_no_loss);

  return g_test_run ();
}
