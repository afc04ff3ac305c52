/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-progress-rule"

#include "core/printers/progress-rule.h"

#include <string.h>

/* A story is what the server says, call by call, and after “=” what is told: p percent, e elapsed,
 * r remaining and x estimated seconds, z height, l layer, t our clock in seconds. What is not said
 * stays as it was; each call is a second later than the one before. */
typedef struct
{
  const char *name;
  HeraldProgressRule rule;
  const char *story;
} Row;

static const Row rows[] = {
  { "each-mark-is-crossed-once", { .step_percent = 10 },
    "p0; p9.99; p10 =10/percent; p10; p10.5; p19.9; p21 =20/percent; p21" },
  { "jump-is-one-message", { .step_percent = 10 }, "p5; p45 =40/percent; p46; p50 =50/percent" },
  { "never-at-0-or-100", { .step_percent = 33, .minutes = 1 },
    "p0 e100; p0.9 e200; p99.9 e300 =99/percent; p100 e400; p100 e500" },
  { "nothing-is-told-without-parts", { 0 }, "p10 e36000 r100 x9 z1 l1; p50 e72000 z100 l100" },
  { "falling-back-tells-nothing-twice", { .step_percent = 10, .layers = 10 },
    "p55 l50 =50/percent; p12 l2; p30 l31; p50 l50; p59 l59;"
    "p60 l60 =60/percent; l69; l70 =60/layer" },
  { "absurd-percentages-do-no-harm", { .step_percent = 10 },
    "pnan; p-5; p1e300; pinf; p-inf; p150; p10 =10/percent; p1000; p99 =90/percent" },
  { "minutes-work-without-percent", { .minutes = 30 },
    "e1799; e1800 =0/time; e1801; e3599; e3600 =0/time;"
    "e9000 =0/time; e100; e9001; e10800 =0/time" },
  { "no-number-is-unknown", { .minutes = 30 },
    "pnan e1800 =0/time; p-1 e3600 =0/time; pinf e5400" },
  { "below-one-percent-waits", { .minutes = 10 },
    "p0 e600; p0.9 e1300; p1.2 e1301 =1/time; e1302" },
  { "estimate", { .estimate_step_percent = 25 },
    "p10 e100 r900; e249 r751; e250 r750 =10/estimate; e260 r2000; e500 r500 =10/estimate;"
    "e999 r1 =10/estimate; e1000 r0; e1001 r0" },
  { "estimate-made-before-the-print", { .estimate_step_percent = 25 },
    "x1000 e249; e250 =0/estimate; e990 =0/estimate; e1000; e2000" },
  { "height-is-that-of-two-states", { .height_mm = 5 },
    "p20 z50; z50; z0.2; z4.9; z5.0; z5.2 =20/height; z9; z10.6; z9.2; z10; z10 =20/height;"
    "z0.2; z10; z10" },
  { "vase-rises-all-the-time", { .height_mm = 1 },
    "p2 z0.2; z0.6; z1.1; z1.6 =2/height; z2.1; z2.6 =2/height" },
  { "tenths-add-up", { .height_mm = 0.2 },
    "p20 z0.2; z0.2 =20/height; z0.4; z0.4 =20/height; z0.6; z0.6 =20/height;"
    "z0.8; z0.8 =20/height" },
  { "height-too-fine-is-off", { .height_mm = 0.01 }, "p20 z0.2; z0.2; z0.4; z0.4" },
  { "layers", { .layers = 10 }, "p5 l9; l10 =5/layer; l11; l35 =5/layer; l2; l39; l40 =5/layer" },
  { "at-least", { .step_percent = 25, .at_least_minutes = 60 },
    "p10 e3599; e3600 =10/quiet; p25 e4000 =25/percent; e7599; e7600 =25/quiet; e7601" },
  { "at-least-survives-a-new-count", { .at_least_minutes = 60 },
    "p10 e36000 =10/quiet; e100; e3699; e3700 =10/quiet" },
  { "one-message-a-moment", { .step_percent = 10, .minutes = 30, .layers = 5 },
    "p10 e1800 l5 =10/percent; e1801; p20 e3000 l9 =20/percent;"
    "p21 e3600 =21/time; l10 =21/layer" },
  { "what-comes-within-the-spacing-waits", { .step_percent = 10, .spacing_s = 300 },
    "t1000 p10 =10/percent; t1100 p20; t1200 p30; t1299 p35; t1300 p36 =30/percent;"
    "t1301; t1599 p39; t1600 p40 =40/percent; t1700 p50; t1950 p100" },
  { "waiting-has-no-mark-of-its-own", { .step_percent = 10, .spacing_s = 300 },
    "t1000 p10 =10/percent; t1299 p19; t1300 p19; t5000 p19" },
  { "clock-put-back-silences-for-one-spacing", { .step_percent = 10, .spacing_s = 300 },
    "t10000 p10 =10/percent; t500 p20; t799; t800 =20/percent" },
  { "clock-of-1970-and-2090", { .step_percent = 10, .spacing_s = 300 },
    "t0 p10 =10/percent; t3800000000 p20 =20/percent; t-5 p30; t400 p30 =30/percent" },
  { "short-print-tells-nothing", { .step_percent = 10, .min_print_minutes = 30 },
    "p10 e60 r600; p50 e400 r400; p90 e1000 r100" },
  { "long-print-tells", { .step_percent = 10, .min_print_minutes = 30 },
    "p10 e60 r600; p50 e900 r899; p55 e900 r900 =50/percent; p60 e1000 r10;"
    "p70 e1790 r10 =70/percent" },
  { "print-of-unknown-length-tells-late", { .step_percent = 10, .min_print_minutes = 30 },
    "p10 e60; p20 e1799; p30 e1800 =30/percent" },
  { "print-estimated-long-tells", { .step_percent = 10, .min_print_minutes = 30 },
    "p10 e60 x1799; p20 x1800 =20/percent" },
  { "absurd-numbers-do-no-harm",
    { .minutes = 30, .estimate_step_percent = 1, .height_mm = 1, .layers = 1 },
    "e-9223372036854775808 r-9223372036854775808 l-9223372036854775808 z-inf;"
    "e9223372036854775807 r9223372036854775807 x9223372036854775807 l9223372036854775807 z1e300;"
    "znan; zinf; p50 e1800 r-1 x-1 l-1 z-1 =50/time" },
};

/* Does one call, "p10 e5 =10/percent"; returns whether it has told what is written there. */
static void
check_call (const Row            *row,
            const char           *call,
            HeraldProgressMemory *memory,
            HeraldPrinterState   *state,
            gint64               *now_ms)
{
  g_auto(GStrv) words = g_strsplit (call, " ", -1);
  const char *expected = "";
  HeraldProgressMark mark = { 0, NULL };
  g_autofree char *told = NULL;

  *now_ms += 1000;
  for (char **word = words; *word != NULL; word++)
    {
      const char *value = *word + 1;

      switch (**word)
        {
        case 'p': state->progress = g_ascii_strtod (value, NULL); break;
        case 'e': state->elapsed_s = g_ascii_strtoll (value, NULL, 10); break;
        case 'r': state->remaining_s = g_ascii_strtoll (value, NULL, 10); break;
        case 'x': state->estimated_s = g_ascii_strtoll (value, NULL, 10); break;
        case 'z': state->height_mm = g_ascii_strtod (value, NULL); break;
        case 'l': state->layer = g_ascii_strtoll (value, NULL, 10); break;
        case 't': *now_ms = g_ascii_strtoll (value, NULL, 10) * 1000; break;
        case '=': expected = value; break;
        case '\0': break;
        default: g_assert_not_reached ();
        }
    }

  if (herald_progress_rule_cross (&row->rule, memory, state, *now_ms, &mark))
    told = g_strdup_printf ("%d/%s", mark.percent, mark.reason);
  if (g_strcmp0 (told != NULL ? told : "", expected) != 0)
    g_error ("%s: at “%s” told “%s”", row->name, call, told != NULL ? told : "");
}

static void
test_story (gconstpointer user_data)
{
  const Row *row = user_data;
  g_auto(GStrv) calls = g_strsplit (row->story, ";", -1);
  g_autoptr(HeraldPrinterState) state = herald_printer_state_new ();
  HeraldProgressMemory memory;
  gint64 now_ms = G_GINT64_CONSTANT (1795228393000);

  herald_progress_memory_init (&memory);
  for (char **call = calls; *call != NULL; call++)
    check_call (row, *call, &memory, state, &now_ms);
}

static HeraldPrinterState *
make_state (double progress,
            gint64 elapsed_s,
            double height_mm,
            gint64 layer)
{
  HeraldPrinterState *state = herald_printer_state_new ();

  state->progress = progress;
  state->elapsed_s = elapsed_s;
  state->height_mm = height_mm;
  state->layer = layer;

  return state;
}

static void
test_print_under_way_tells_only_what_comes (void)
{
  const HeraldProgressRule rule = { .step_percent = 10, .minutes = 30, .height_mm = 10,
                                    .layers = 10, .at_least_minutes = 20 };
  g_autoptr(HeraldPrinterState) state = make_state (47, 5000, 42, 212);
  HeraldProgressMemory memory;
  HeraldProgressMark mark;

  herald_progress_memory_init (&memory);
  herald_progress_memory_skip (&memory, state);
  g_assert_false (herald_progress_rule_cross (&rule, &memory, state, 1000, &mark));
  g_assert_false (herald_progress_rule_cross (&rule, &memory, state, 2000, &mark));
  state->elapsed_s = 5399;
  g_assert_false (herald_progress_rule_cross (&rule, &memory, state, 3000, &mark));
  state->elapsed_s = 5400;
  g_assert_true (herald_progress_rule_cross (&rule, &memory, state, 4000, &mark));
  g_assert_cmpstr (mark.reason, ==, "time");
  g_assert_cmpint (mark.percent, ==, 47);
}

static void
test_print_that_has_just_begun_is_not_skipped (void)
{
  const HeraldProgressRule rule = { .minutes = 30 };
  g_autoptr(HeraldPrinterState) state = make_state (0.5, 1900, -1, -1);
  HeraldProgressMemory memory;
  HeraldProgressMark mark;

  herald_progress_memory_init (&memory);
  herald_progress_memory_skip (&memory, state);
  g_assert_false (herald_progress_rule_cross (&rule, &memory, state, 1000, &mark));
  state->progress = 1;
  g_assert_true (herald_progress_rule_cross (&rule, &memory, state, 2000, &mark));
}

static void
test_memory_survives_as_text (void)
{
  const HeraldProgressRule rule = { .step_percent = 10, .minutes = 30, .height_mm = 0.3,
                                    .layers = 10, .spacing_s = 60 };
  g_autoptr(HeraldPrinterState) state = make_state (47, 5000, 0.3, 212);
  HeraldProgressMemory memory;
  HeraldProgressMemory read;
  HeraldProgressMark mark;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;

  herald_progress_memory_init (&memory);
  text = herald_progress_memory_to_text (&memory);
  g_assert_true (herald_progress_memory_from_text (&read, text));
  g_assert_cmpmem (&memory, sizeof memory, &read, sizeof read);
  g_clear_pointer (&text, g_free);

  g_assert_true (herald_progress_rule_cross (&rule, &memory, state, 1795228393000, &mark));
  text = herald_progress_memory_to_text (&memory);
  g_assert_cmpuint (strlen (text), <, 100);
  g_assert_null (strpbrk (text, "\r\n,"));
  g_assert_true (herald_progress_memory_from_text (&read, text));
  again = herald_progress_memory_to_text (&read);
  g_assert_cmpstr (again, ==, text);

  /* After a restart nothing is told twice, and the spacing still holds. */
  g_assert_false (herald_progress_rule_cross (&rule, &read, state, 1795228453000, &mark));
  state->progress = 50;
  g_assert_true (herald_progress_memory_from_text (&read, text));
  g_assert_false (herald_progress_rule_cross (&rule, &read, state, 1795228452999, &mark));
  g_assert_true (herald_progress_rule_cross (&rule, &read, state, 1795228453000, &mark));
  g_assert_cmpint (mark.percent, ==, 50);
}

static void
test_bad_text_changes_nothing (void)
{
  static const char *const bad[] = {
    NULL, "", " ", "1", "1 1 1 1 1 1 1", "1 1 1 1 1 1 1 1 1", "2 1 1 1 1 1 1 1", "1 -1 1 1 1 1 1 1",
    "1 101 1 1 1 1 1 1", "1 1 1 1 nan 1 1 1", "1 1 1 1 inf 1 1 1", "1 1 1 1 -2 1 1 1",
    "1 1 1 1 0,2 1 1 1",
    "1 1 1 -1 1 1 1 1", "1 1 1 1 1 1 -2 1", "1 1 1 1 1 1 1 -1",
    "1 1 1 1 1 1 1 99999999999999999999",
    "1 1  1 1 1 1 1 1", "1 a b c d e f g", "percent", "\xff\xfe", "1 1 1 99999999999 1 1 1 1",
  };
  g_autofree char *huge = g_strnfill (1 << 20, '1');
  HeraldProgressMemory memory;
  HeraldProgressMemory before;

  herald_progress_memory_init (&memory);
  memory.percent = 42;
  before = memory;
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (herald_progress_memory_from_text (&memory, bad[i]));
  g_assert_false (herald_progress_memory_from_text (&memory, huge));
  g_assert_cmpmem (&memory, sizeof memory, &before, sizeof before);

  g_assert_true (herald_progress_memory_from_text (&memory,
                                                   " 1 40 38 5400 12.4 60 5395 1795228393000\n"));
  g_assert_cmpint (memory.percent, ==, 40);
  g_assert_cmpfloat (memory.height_mm, ==, 12.4);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/progress-rule/story/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_story);
    }
  g_test_add_func ("/progress-rule/print-under-way", test_print_under_way_tells_only_what_comes);
  g_test_add_func ("/progress-rule/just-begun", test_print_that_has_just_begun_is_not_skipped);
  g_test_add_func ("/progress-rule/text", test_memory_survives_as_text);
  g_test_add_func ("/progress-rule/bad-text", test_bad_text_changes_nothing);

  return g_test_run ();
}
