/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-progress-rule-random"

#include "core/printers/progress-rule.h"

#include <string.h>

/* Random prints under random rules, and what must hold whatever comes. */

#define N_PRINTS 10000

/* The parts that have marks; a position is counted in steps. */
enum
{
  PERCENT,
  TIME,
  ESTIMATE,
  HEIGHT,
  LAYER,
  N_PARTS,
};

static const char *const reasons[N_PARTS] = { "percent", "time", "estimate", "height", "layer" };

typedef struct
{
  HeraldProgressRule rule;
  HeraldProgressMemory memory;
  HeraldPrinterState *state;
  gint64 now_ms;

  double seen_height_mm;
  gboolean at_bottom;

  gint64 told_ms;
  gint64 told_elapsed_s;
  gint64 settled[N_PARTS];
  gint64 last_mark[N_PARTS];
} Print;

static guint n_told;
static guint n_held;

static guint
maybe (int maximum)
{
  return g_test_rand_int_range (0, 2) == 0 ? 0 : (guint) g_test_rand_int_range (1, maximum);
}

static void
begin (Print *print)
{
  *print = (Print) {
    .rule = {
      .step_percent = maybe (51),
      .minutes = maybe (120),
      .estimate_step_percent = maybe (51),
      .height_mm = maybe (200) / 4.0 < 0.1 ? 0 : g_test_rand_int_range (1, 100) / 5.0,
      .layers = maybe (100),
      .at_least_minutes = maybe (120),
      .spacing_s = maybe (1800),
      .min_print_minutes = maybe (60),
    },
    .now_ms = G_GINT64_CONSTANT (1795228393000) + g_test_rand_int_range (0, 1000),
    .seen_height_mm = -1,
    .state = herald_printer_state_new (),
  };
  herald_progress_memory_init (&print->memory);
}

/* A print of up to fifty hours at a random place: sometimes back, sometimes with holes. */
static void
move_on (Print  *print,
         gint64  length_s,
         double *done)
{
  HeraldPrinterState *state = print->state;
  int luck = g_test_rand_int_range (0, 100);

  *done += luck < 3 ? g_test_rand_double_range (0, 0.4) : g_test_rand_double_range (0, 0.02);
  if (luck == 50)
    *done = g_test_rand_double ();
  print->now_ms += g_test_rand_int_range (0, 600 * 1000);

  state->progress = luck == 60 ? -1 : *done * 100;
  state->elapsed_s = luck == 61 ? -1 : (gint64) (*done * (double) length_s);
  state->remaining_s = luck % 10 == 7 ? -1 : (gint64) (MAX (1 - *done, 0) * (double) length_s);
  state->estimated_s = luck % 3 == 0 ? -1 : length_s;
  state->layer = luck % 20 == 5 ? -1 : (gint64) (*done * 800) + 1;
  state->height_mm =
    luck % 20 == 6 ? -1 : 0.2 + (gint64) (*done * 800) * 0.2 + (luck % 9 == 0 ? 0.8 : 0);
}

static gint64
get_total_s (HeraldPrinterState *state)
{
  return state->elapsed_s >= 0 && state->remaining_s >= 0 ? state->elapsed_s + state->remaining_s
                                                          : state->estimated_s;
}

static gint64
count (double position,
       double step)
{
  return step > 0 && position >= 0 ? (gint64) (position / step + 1e-6) : 0;
}

static void
count_all (Print  *print,
           gint64 *counts)
{
  HeraldPrinterState *state = print->state;
  gint64 total_s = get_total_s (state);
  double height_mm = MIN (state->height_mm, print->seen_height_mm);

  print->seen_height_mm = state->height_mm;
  print->at_bottom |= state->height_mm >= 0 && state->height_mm <= 2;
  counts[PERCENT] = count ((int) state->progress, print->rule.step_percent);
  counts[TIME] = count ((double) state->elapsed_s, print->rule.minutes * 60.0);
  counts[ESTIMATE] = state->elapsed_s >= 0 && state->elapsed_s < total_s
                       ? count ((double) (state->elapsed_s * 100 / total_s),
                                print->rule.estimate_step_percent)
                       : 0;
  counts[HEIGHT] = print->at_bottom ? count (height_mm, print->rule.height_mm) : 0;
  counts[LAYER] = count ((double) state->layer, print->rule.layers);
}

static gboolean
may_tell (Print *print)
{
  HeraldPrinterState *state = print->state;

  if (state->progress >= 100 || (state->progress >= 0 && state->progress < 1))
    return FALSE;
  if (MAX (get_total_s (state), state->elapsed_s) < (gint64) print->rule.min_print_minutes * 60 &&
      print->rule.min_print_minutes > 0)
    return FALSE;

  return print->told_ms == 0 ||
         print->now_ms - print->told_ms >= (gint64) print->rule.spacing_s * 1000;
}

static void
check_told (Print                    *print,
            const HeraldProgressMark *mark,
            const gint64             *counts)
{
  HeraldPrinterState *state = print->state;

  g_assert_cmpint (mark->percent, <=, 99);
  g_assert_true ((mark->percent == 0) == (state->progress < 0));
  if (strcmp (mark->reason, "quiet") == 0)
    g_assert_cmpint (state->elapsed_s - print->told_elapsed_s, >=,
                     (gint64) print->rule.at_least_minutes * 60);
  else if (strcmp (mark->reason, "percent") == 0)
    g_assert_cmpint (mark->percent, ==, counts[PERCENT] * print->rule.step_percent);

  for (guint i = 0; i < N_PARTS; i++)
    {
      if (strcmp (mark->reason, reasons[i]) == 0)
        {
          g_assert_cmpint (counts[i], >, print->last_mark[i]);
          print->last_mark[i] = counts[i];
        }
      print->settled[i] = MAX (print->settled[i], counts[i]);
    }
  print->told_ms = print->now_ms;
  if (state->elapsed_s >= 0)
    print->told_elapsed_s = state->elapsed_s;
}

static void
check_call (Print *print)
{
  gint64 counts[N_PARTS];
  HeraldProgressMark mark;
  gboolean due = FALSE;
  gint64 quiet_s;
  gboolean told;

  count_all (print, counts);
  if (print->state->elapsed_s >= 0)
    print->told_elapsed_s = MIN (print->told_elapsed_s, print->state->elapsed_s);
  for (guint i = 0; i < N_PARTS; i++)
    due |= counts[i] > print->settled[i];
  quiet_s = print->state->elapsed_s - print->told_elapsed_s;
  due |= print->rule.at_least_minutes > 0 && print->state->elapsed_s >= 0 &&
         quiet_s >= (gint64) print->rule.at_least_minutes * 60;

  told =
    herald_progress_rule_cross (&print->rule, &print->memory, print->state, print->now_ms, &mark);
  g_assert_cmpint (told, ==, due && may_tell (print));
  n_held += due && !told ? 1 : 0;
  if (told)
    {
      HeraldProgressMemory copy = print->memory;

      n_told++;
      check_told (print, &mark, counts);
      /* The same state at once again tells nothing, unless it confirms the height. */
      told = herald_progress_rule_cross (&print->rule, &copy, print->state, print->now_ms, &mark);
      g_assert_false (told && strcmp (mark.reason, "height") != 0);
    }
}

static void
test_random_prints (void)
{
  guint n_calls = 0;

  for (guint i = 0; i < N_PRINTS; i++)
    {
      Print print;
      gint64 length_s = g_test_rand_int_range (60, 180000);
      double done = 0;

      begin (&print);
      while (done < 1.02)
        {
          move_on (&print, length_s, &done);
          check_call (&print);
          n_calls++;
          if (g_test_rand_int_range (0, 50) == 0)
            {
              g_autofree char *text = herald_progress_memory_to_text (&print.memory);

              g_assert_true (herald_progress_memory_from_text (&print.memory, text));
              print.seen_height_mm = -1;
            }
        }
      herald_printer_state_unref (print.state);
    }

  g_test_message ("%d prints, %u states, %u told, %u held back", N_PRINTS, n_calls, n_told, n_held);
  g_assert_cmpuint (n_told, >, N_PRINTS);
  g_assert_cmpuint (n_held, >, N_PRINTS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/progress-rule/random", test_random_prints);

  return g_test_run ();
}
