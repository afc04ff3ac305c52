/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-history-search"

#include "outbox-fixture.h"

#include "core/outbox/history-search.h"
#include "core/outbox/history-words.h"
#include "fixtures/many-messages.h"

typedef struct
{
  GArray *found;
  GError *error;
  gboolean is_over;
  guint n_rounds;
  gint64 longest_us;
} Answer;

static void
on_search_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Answer *answer = user_data;

  answer->found = herald_history_search_finish (HERALD_OUTBOX (source), result, &answer->error);
  answer->is_over = TRUE;
}

static void
search_in (Fixture            *fixture,
           HeraldHistoryQuery *taken_query,
           GCancellable       *cancellable,
           Answer             *answer)
{
  herald_history_search_async (fixture->outbox, taken_query, cancellable, on_search_ready, answer);
  while (!answer->is_over)
    {
      gint64 begin_us = g_get_monotonic_time ();

      g_main_context_iteration (NULL, TRUE);
      answer->longest_us = MAX (answer->longest_us, g_get_monotonic_time () - begin_us);
      answer->n_rounds++;
    }
}

/* The numbers that are found, as "3 1 " */
static void
assert_found (Fixture            *fixture,
              HeraldHistoryQuery *taken_query,
              const char         *expected)
{
  g_autoptr(GString) ids = g_string_new (NULL);
  Answer answer = { 0 };

  search_in (fixture, taken_query, NULL, &answer);
  g_assert_no_error (answer.error);
  for (guint i = 0; i < answer.found->len; i++)
    g_string_append_printf (ids, "%" G_GINT64_FORMAT " ", g_array_index (answer.found, gint64, i));
  g_array_unref (answer.found);
  g_assert_cmpstr (ids->str, ==, expected);
}

static HeraldHistoryQuery *
ask_for (const char *search)
{
  HeraldHistoryQuery *query = herald_history_query_new ();

  query->words = herald_history_words_split (search);

  return query;
}

static void
test_newest_first_and_no_more_than_wanted (Fixture       *fixture,
                                           gconstpointer  data)
{
  HeraldHistoryQuery *query = herald_history_query_new ();

  assert_found (fixture, herald_history_query_new (), "");
  for (guint i = 0; i < 4; i++)
    fixture_say (fixture, HERALD_KIND_PRINT_DONE, (const char *[]) { "a", "b", "c", "d" }[i]);
  assert_found (fixture, herald_history_query_new (), "4 3 2 1 ");
  query->limit = 2;
  assert_found (fixture, query, "4 3 ");
  query = herald_history_query_new ();
  query->before = 4;
  query->after = 1;
  assert_found (fixture, query, "3 2 ");
}

static void
test_asked_one_by_one (Fixture       *fixture,
                       gconstpointer  data)
{
  const gint64 ids[] = { 3, 99, 1, -4, 0, G_MAXINT64 };
  HeraldHistoryQuery *query = herald_history_query_new ();

  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "a");
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "b");
  fixture_say (fixture, HERALD_KIND_PRINT_FAILED, "c");
  query->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (query->ids, ids, G_N_ELEMENTS (ids));
  query->kind = g_strdup ("print-done");
  assert_found (fixture, query, "1 ");
}

static void
test_by_printer_channel_kind_state_and_time (Fixture       *fixture,
                                             gconstpointer  data)
{
  HeraldHistoryQuery *query = herald_history_query_new ();
  gint64 first_ms = herald_clock_get_wall_ms (HERALD_CLOCK (fixture->clock));

  fixture_say_by (fixture, "mk3", "a");
  fake_clock_advance (fixture->clock, 1000);
  fixture_say_by (fixture, "ender", "b");
  query->printer = g_strdup ("ender");
  assert_found (fixture, query, "2 ");
  query = herald_history_query_new ();
  query->printer = g_strdup ("nobody");
  assert_found (fixture, query, "");
  query = herald_history_query_new ();
  query->channel = g_strdup ("two");
  assert_found (fixture, query, "");
  query = herald_history_query_new ();
  query->since_ms = first_ms + 1000;
  assert_found (fixture, query, "2 ");
  query = herald_history_query_new ();
  query->until_ms = first_ms + 1000;
  assert_found (fixture, query, "1 ");
  query = herald_history_query_new ();
  query->states = 1u << HERALD_DELIVERY_PENDING | 1u << HERALD_DELIVERY_REJECTED;
  assert_found (fixture, query, "2 1 ");
  query = herald_history_query_new ();
  query->states = 1u << HERALD_DELIVERY_REJECTED;
  assert_found (fixture, query, "");
}

static void
test_words_are_found_wherever_they_are (Fixture       *fixture,
                                        gconstpointer  data)
{
  HeraldHistoryQuery *query = ask_for ("MAIL äst");

  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "Die Äste sind \"fertig\"");
  fixture->destination = "Ada@example.org";
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "100%_done \\o/ 🖨️");
  /* Accents as letters of their own, as some systems name files */
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "cafe\xcc\x81.gcode");

  assert_found (fixture, ask_for ("äste"), "1 ");
  assert_found (fixture, ask_for ("ÄSTE die"), "1 ");
  assert_found (fixture, ask_for ("\"fertig\""), "1 ");
  assert_found (fixture, ask_for ("ada@EXAMPLE"), "3 2 ");
  assert_found (fixture, ask_for ("100%_"), "2 ");
  assert_found (fixture, ask_for ("%"), "2 ");
  assert_found (fixture, ask_for ("\\o/"), "2 ");
  assert_found (fixture, ask_for ("🖨️"), "2 ");
  assert_found (fixture, ask_for ("CAF\xc3\x89"), "3 ");
  assert_found (fixture, ask_for ("urgency"), "");
  assert_found (fixture, ask_for ("somebody"), "1 ");
  assert_found (fixture, ask_for ("  \n "), "3 2 1 ");
  query->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (query->names, g_strdup ("one"), g_strdup ("E-Mail of mine"));
  assert_found (fixture, query, "1 ");
}

static void
test_novels_and_broken_letters_are_searched_for_in_vain (Fixture       *fixture,
                                                         gconstpointer  data)
{
  g_autofree char *novel = g_strnfill (1000000, 'a');
  g_auto(GStrv) words = NULL;

  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "a");
  assert_found (fixture, ask_for (novel), "");
  assert_found (fixture, ask_for ("\xff\xfe"), "");
  words = herald_history_words_split ("a b c d e f g h i j k");
  g_assert_cmpuint (g_strv_length (words), ==, 8);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Answer answer = { 0 };

  g_cancellable_cancel (cancellable);
  search_in (fixture, ask_for ("a"), cancellable, &answer);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&answer.error);
}

static void
test_hundred_thousand_leave_time_for_others (Fixture       *fixture,
                                             gconstpointer  data)
{
  static const struct
  {
    const char *search;
    const char *channel;
    guint n_found;
  } rows[] = { { NULL, NULL, MANY_MESSAGES }, { "needle", NULL, 10 }, { "\"in", NULL, 10 }, { NULL, "mail", 100 },
               { "Äst % nobody", NULL, 100 }, { "benchy", NULL, MANY_MESSAGES } };

  fixture_close (fixture);
  fixture_run_sql (fixture, MANY_MESSAGES_SQL);
  fixture_open (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      HeraldHistoryQuery *query = rows[i].search != NULL ? ask_for (rows[i].search) : herald_history_query_new ();
      gint64 begin_us = g_get_monotonic_time ();
      Answer answer = { 0 };

      query->channel = g_strdup (rows[i].channel);
      search_in (fixture, query, NULL, &answer);
      g_test_message ("%s, %s: %u found in %u slices, %.1f ms, the longest %.1f ms", rows[i].search, rows[i].channel,
                      answer.found->len, answer.n_rounds, (double) (g_get_monotonic_time () - begin_us) / 1000,
                      (double) answer.longest_us / 1000);
      g_assert_cmpuint (answer.found->len, ==, rows[i].n_found);
      g_assert_cmpuint (answer.n_rounds, >, 5);
      g_array_unref (answer.found);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_ADD ("/history-search/newest-first", NULL, test_newest_first_and_no_more_than_wanted);
  FIXTURE_ADD ("/history-search/one-by-one", NULL, test_asked_one_by_one);
  FIXTURE_ADD ("/history-search/by-printer-channel-kind-state-and-time", NULL, test_by_printer_channel_kind_state_and_time);
  FIXTURE_ADD ("/history-search/words", NULL, test_words_are_found_wherever_they_are);
  FIXTURE_ADD ("/history-search/novels", NULL, test_novels_and_broken_letters_are_searched_for_in_vain);
  FIXTURE_ADD ("/history-search/cancelled", NULL, test_cancelled);
  FIXTURE_ADD ("/history-search/hundred-thousand", NULL, test_hundred_thousand_leave_time_for_others);

  return g_test_run ();
}
