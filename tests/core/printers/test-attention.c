/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-attention"

#include "core/printers/attention.h"

#define START_MS G_GINT64_CONSTANT (1795228393000)

/* Moments in seconds: “n” somebody is needed, “r” somebody came, “c” the clock is asked; a “!”
 * behind it is where it is told. */
static const struct
{
  const char *name;
  guint lock_s;
  guint remind_minutes;
  const char *story;
} rows[] = {
  { "repeated-lines-are-one", 60, 0, "0n! 2n 4n 59n 100n 159n 218n" },
  { "lock-is-at-least-half-a-minute", 0, 0, "0n! 2n 29n 58n 88n! 90n" },
  { "short-lock-is-half-a-minute", 5, 0, "0n! 6n 35n 65n!" },
  { "silence-begins-another", 60, 0, "0n! 60n! 119n 179n!" },
  { "resolved-begins-another", 60, 0, "0n! 2n 100r 101n! 103n" },
  { "resolved-begins-another-without-lock", 0, 0, "0n! 1r 2n! 3r 3n!" },
  { "another-within-the-lock-waits", 60, 0, "0n! 5r 10n 12n 59n 60n! 62n" },
  { "another-within-the-lock-is-told-by-the-clock", 60, 0, "0n! 5r 10n 59c 60c! 61c 62n" },
  { "another-within-the-lock-that-ends-is-not-told", 60, 0, "0n! 5r 10n 20r 60c 100c" },
  { "nobody-is-reminded-unless-asked", 60, 0, "0n! 600c 6000c" },
  { "reminder", 60, 10, "0n! 599c 600c! 601c 1199c 1200c! 1210r 1800c 9999c" },
  { "reminder-counts-from-the-message", 600, 10, "0n! 300n 500n 599c 600c!" },
  { "nothing-was-needed", 60, 1, "0c 100c 200r 300c" },
  { "clock-put-back-by-an-hour", 60, 10, "7200n! 3600n 3602n 3603r 3604n 3605c 3664c! 4264c!" },
  { "clock-put-back-before-a-reminder", 60, 10, "7200n! 3600c 4199c 4200c!" },
  { "clock-of-1970", 60, 0, "-1795228390n! -1795228388n" },
};

static void
test_story (gconstpointer user_data)
{
  const guint n = GPOINTER_TO_UINT (user_data);
  g_auto(GStrv) words = g_strsplit (rows[n].story, " ", -1);
  HeraldAttention attention = { 0 };
  guint n_told = 0;

  for (char **word = words; *word != NULL; word++)
    {
      char *what = NULL;
      gint64 now_ms = START_MS + g_ascii_strtoll (*word, &what, 10) * 1000;
      gboolean told = FALSE;
      gint64 due_ms = herald_attention_get_due_ms (&attention, rows[n].remind_minutes);

      if (*what == 'n')
        told = herald_attention_need (&attention, rows[n].lock_s, now_ms);
      else if (*what == 'r')
        herald_attention_resolve (&attention);
      else
        told = herald_attention_take_time (&attention, rows[n].remind_minutes, now_ms);

      /* Who asks only when it is due misses nothing. */
      if (*what == 'c')
        g_assert_cmpint (told, ==, due_ms > 0 && now_ms >= due_ms);
      if (told != (what[1] == '!'))
        g_error ("%s: at “%s” %s", rows[n].name, *word, told ? "told" : "not told");
      n_told += told ? 1 : 0;
      g_assert_cmpuint (attention.ordinal, ==, n_told);
    }
}

static void
test_due_is_exact (void)
{
  HeraldAttention attention = { 0 };

  g_assert_cmpint (herald_attention_get_due_ms (&attention, 10), ==, 0);
  g_assert_true (herald_attention_need (&attention, 60, START_MS));
  g_assert_cmpint (herald_attention_get_due_ms (&attention, 0), ==, 0);
  g_assert_cmpint (herald_attention_get_due_ms (&attention, 10), ==, START_MS + 600 * 1000);
  g_assert_false (herald_attention_take_time (&attention, 10, START_MS + 600 * 1000 - 1));
  g_assert_true (herald_attention_take_time (&attention, 10, START_MS + 600 * 1000));
  g_assert_cmpint (herald_attention_get_due_ms (&attention, 10), ==, START_MS + 1200 * 1000);

  herald_attention_resolve (&attention);
  g_assert_cmpint (herald_attention_get_due_ms (&attention, 10), ==, 0);
  g_assert_false (herald_attention_need (&attention, 60, START_MS + 610 * 1000));
  g_assert_cmpint (herald_attention_get_due_ms (&attention, 0), ==, START_MS + 660 * 1000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/attention/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_story);
    }
  g_test_add_func ("/attention/due", test_due_is_exact);

  return g_test_run ();
}
