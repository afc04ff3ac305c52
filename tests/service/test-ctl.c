/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-ctl"

#include <gio/gio.h>
#include <string.h>

#include "ctl/failure.h"
#include "ctl/human.h"
#include "ctl/output.h"

/* 2026-11-21T12:00:00Z */
#define NOW_S G_GINT64_CONSTANT (1795262400)

static void
assert_duration (gint64      seconds,
                 const char *expected)
{
  g_autofree char *text = herald_human_format_duration (seconds);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_durations_are_told_in_words (void)
{
  assert_duration (-1, "");
  assert_duration (0, "0 s");
  assert_duration (59, "59 s");
  assert_duration (60, "1 min");
  assert_duration (3599, "59 min");
  assert_duration (3600, "1 h 00 min");
  assert_duration (86399, "23 h 59 min");
  assert_duration (90000, "1 d 01 h");
}

static void
assert_moment (const char *moment,
               const char *expected)
{
  g_autofree char *text = herald_human_format_moment (moment, NOW_S);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_moments_are_told_from_now (void)
{
  assert_moment (NULL, "");
  assert_moment ("", "");
  assert_moment ("nonsense", "");
  assert_moment ("2026-11-21T11:59:30Z", "just now");
  assert_moment ("2026-11-21T11:56:00Z", "4 min ago");
  assert_moment ("2026-11-21T13:30:00Z", "in 1 h 30 min");
}

static void
test_durations_are_read (void)
{
  static const char *const wrong[] = { "",  "0",   "x",   "-1", "1x",  "h",   "1h0",
                                       " 1", "1 h", "1.5h", "0s", "99999999999999999999d" };
  guint64 seconds = 0;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (herald_human_parse_duration (wrong[i], &seconds));
  g_assert_true (herald_human_parse_duration ("90s", &seconds) && seconds == 90);
  g_assert_true (herald_human_parse_duration ("30", &seconds) && seconds == 1800);
  g_assert_true (herald_human_parse_duration ("1h30m", &seconds) && seconds == 5400);
  g_assert_true (herald_human_parse_duration ("2d", &seconds) && seconds == 172800);
}

static void
test_bar_shows_percent (void)
{
  g_autofree char *none = herald_human_format_bar (-5, 4);
  g_autofree char *half = herald_human_format_bar (50, 4);
  g_autofree char *all = herald_human_format_bar (1000, 4);

  g_assert_cmpstr (none, ==, "░░░░");
  g_assert_cmpstr (half, ==, "██░░");
  g_assert_cmpstr (all, ==, "████");
}

static void
test_table_is_aligned_by_what_is_seen (void)
{
  const char *const headings[] = { "A", "B", NULL };
  g_autoptr(HeraldTable) table = herald_table_new (headings);
  g_autofree char *plain = NULL;
  g_autofree char *coloured = NULL;

  herald_table_add (table, "漢é", HERALD_TONE_PLAIN);
  herald_table_add (table, "x\033[31m\ny", HERALD_TONE_GOOD);
  herald_table_add (table, "z", HERALD_TONE_PLAIN);
  herald_table_add (table, NULL, HERALD_TONE_PLAIN);
  plain = herald_table_format (table, FALSE);
  coloured = herald_table_format (table, TRUE);

  g_assert_cmpstr (plain, ==, "A    B\n漢é  x[31m y\nz\n");
  g_assert_nonnull (strstr (coloured, "\033[32mx[31m y\033[0m"));
}

static void
assert_failure (const char *name,
                int         status,
                const char *sentence)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (herald_failure_take_dbus_error (
      &error, g_dbus_error_new_for_dbus_error (name, "The key\nwas refused")));
  g_assert_cmpint (herald_failure_get_exit_status (error), ==, status);
  g_assert_null (strstr (error->message, "GDBus"));
  if (sentence != NULL)
    g_assert_cmpstr (error->message, ==, sentence);
  else
    g_assert_null (strstr (error->message, "key"));
}

static void
test_answers_of_the_bus_become_sentences (void)
{
  assert_failure ("io.github.octoherald.OctoHerald.Error.Unauthorized", 1, "The key was refused");
  assert_failure ("org.freedesktop.DBus.Error.Failed", 1, "The key was refused");
  assert_failure ("org.freedesktop.DBus.Error.UnknownMethod", 1, NULL);
  assert_failure ("org.freedesktop.DBus.Error.ServiceUnknown", 3, NULL);
  assert_failure ("org.freedesktop.DBus.Error.NoReply", 3, NULL);
  assert_failure ("org.freedesktop.DBus.Error.Spawn.ChildExited", 3, NULL);
  g_assert_cmpint (herald_failure_get_exit_status (NULL), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ctl/durations-are-told-in-words", test_durations_are_told_in_words);
  g_test_add_func ("/ctl/moments-are-told-from-now", test_moments_are_told_from_now);
  g_test_add_func ("/ctl/durations-are-read", test_durations_are_read);
  g_test_add_func ("/ctl/bar-shows-percent", test_bar_shows_percent);
  g_test_add_func ("/ctl/table-is-aligned", test_table_is_aligned_by_what_is_seen);
  g_test_add_func ("/ctl/answers-become-sentences", test_answers_of_the_bus_become_sentences);

  return g_test_run ();
}
