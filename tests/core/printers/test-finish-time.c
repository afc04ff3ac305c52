/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-finish-time"

#include "core/printers/finish-time.h"

/* A whole minute */
#define START_MS G_GINT64_CONSTANT (1795228380000)

/* Each call is “seconds after the start : remaining seconds = minutes after the start that are
 * shown”, “?” for none; a letter before it changes the state: P printing, p paused, i idle. */
static const struct
{
  const char *name;
  const char *story;
} rows[] = {
  { "shown-on-whole-minutes", "0:3600=60" },
  { "rounded-to-the-nearest", "0:3629=60" },
  { "rounded-up", "0:3630=61" },
  { "two-minutes-of-wavering", "0:3600=60 1:3718=60 40:3440=60 80:3639=60 120:3361=60" },
  { "two-minutes-themselves-are-too-much", "0:1800=30 1:1919=30 31:1889=32" },
  { "five-percent-of-wavering", "0:36000=600 1:37700=600 100:37700=600 200:34200=600" },
  { "moves-when-it-lasts", "0:3600=60 1:7200=60 30:7171=60 31:7170=120 32:7169=120" },
  { "jump-that-comes-back", "0:3600=60 1:7200=60 20:3580=60 31:7200=60 60:7200=60 61:7200=121" },
  { "exact-at-the-end", "0:3600=60 3300:300=60 3301:320=60 3302:200=58 3303:260=59 3304:10=55" },
  { "does-not-flap-at-half-a-minute",
    "0:269=4 1:270=4 2:267=4 3:268=4 4:264=4 5:275=4 6:275=5 7:262=5 8:262=5" },
  { "unknown-while-paused", "0:3600=60 p10:3600=? p70:3600=? P600:3600=70" },
  { "unknown-without-a-print", "i0:3600=? P1:3600=60 i2:3600=?" },
  { "unknown-without-an-estimate", "0:-1=? 1:3600=60 2:-1=?" },
  { "absurd-estimates", "0:9223372036854775807=? 1:40000000=? 2:31622400=527040" },
  { "late-is-not-for-ever", "0:3600=60 3700:3600=60 3731:3600=122" },
  { "clock-put-back", "0:7200=120 1:9000=120 -3600:9000=120 -3569:9000=91" },
};

static void
test_story (gconstpointer user_data)
{
  const guint n = GPOINTER_TO_UINT (user_data);
  g_auto(GStrv) calls = g_strsplit (rows[n].story, " ", -1);
  g_autoptr(HeraldPrinterState) state = herald_printer_state_new ();
  HeraldFinishTime finish = { 0 };

  state->id = HERALD_STATE_PRINTING;
  for (char **call = calls; *call != NULL; call++)
    {
      char *p = *call;
      gint64 expected_ms = 0;

      if (g_ascii_isalpha (*p))
        state->id = *p == 'P'   ? HERALD_STATE_PRINTING
                    : *p == 'p' ? HERALD_STATE_PAUSED
                                : HERALD_STATE_OPERATIONAL;
      p += g_ascii_isalpha (*p) ? 1 : 0;
      state->received_ms = START_MS + g_ascii_strtoll (p, &p, 10) * 1000;
      state->remaining_s = g_ascii_strtoll (p + 1, &p, 10);
      if (p[1] != '?')
        expected_ms = START_MS + g_ascii_strtoll (p + 1, NULL, 10) * 60 * 1000;

      herald_finish_time_take (&finish, state);
      if (finish.shown_ms != expected_ms)
        g_error ("%s: at “%s” shown %" G_GINT64_FORMAT, rows[n].name, *call,
                 (finish.shown_ms - START_MS) / 60000);
    }
}

/* A print of ten hours, the estimate wavering by 4 % and a second, four states a minute. */
static void
test_wavering_estimate_shows_few_times (void)
{
  g_autoptr(HeraldPrinterState) state = herald_printer_state_new ();
  HeraldFinishTime finish = { 0 };
  const gint64 length_s = 36000;
  gint64 last_ms = 0;
  guint n_changes = 0;

  state->id = HERALD_STATE_PRINTING;
  for (gint64 elapsed_s = 0; elapsed_s < length_s; elapsed_s += 15)
    {
      gint64 remaining_s = length_s - elapsed_s;
      double wavering = g_test_rand_double_range (0.96, 1.04);

      state->received_ms = START_MS + elapsed_s * 1000 + g_test_rand_int_range (0, 1000);
      state->remaining_s = (gint64) (wavering * (double) remaining_s);
      herald_finish_time_take (&finish, state);
      g_assert_cmpint (finish.shown_ms % 60000, ==, 0);
      n_changes += finish.shown_ms != last_ms ? 1 : 0;
      last_ms = finish.shown_ms;
      if (remaining_s <= 4 * 60)
        g_assert_cmpint (ABS (finish.shown_ms - (START_MS + length_s * 1000)), <=, 60000);
    }

  g_test_message ("%u changes in %d states", n_changes, (int) (length_s / 15));
  g_assert_cmpuint (n_changes, <, 100);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/finish-time/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_story);
    }
  g_test_add_func ("/finish-time/wavering", test_wavering_estimate_shows_few_times);

  return g_test_run ();
}
