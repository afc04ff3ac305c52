/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-cooling"

#include "core/printers/cooling.h"

#include <math.h>
#include <string.h>

/* A reading is "bed 80 tool0 200"; the first one is that of the end of the print, and what is told
 * of each other stands behind “=”. */
static const struct
{
  const char *name;
  double bed;
  double tool;
  const char *readings;
} rows[] = {
  { "bed-once", 40, 0, "bed 80; bed 41; bed 40; bed 39.9 =bed; bed 39; bed 45; bed 30" },
  { "threshold-itself-is-hot", 40, 0, "bed 40; bed 39.9 =bed" },
  { "each-heater-once", 40, 50,
    "bed 80 tool0 200; bed 70 tool0 49 =tool0; bed 39 tool0 40 =bed; bed 30 tool0 30" },
  { "both-at-once", 40, 50, "bed 80 tool0 200; bed 39 tool0 49 =bed tool0; bed 30 tool0 30" },
  { "off", 0, 0, "bed 80 tool0 200; bed 20 tool0 20" },
  { "cold-bed-tells-nothing", 40, 0, "bed 25; bed 24; bed 45; bed 20" },
  { "all-hotends-must-be-cool", 0, 50,
    "tool0 200 tool1 210; tool0 40 tool1 60; tool0 35 tool1 49 =tool1; tool0 30 tool1 30" },
  { "unknown-is-not-cool", 40, 50, "bed 80 tool0 200; chamber 20; ; tool0 49 =tool0; bed 39 =bed" },
  { "broken-sensor-is-not-cool", 40, 50,
    "bed 80 tool0 200; bed -15 tool0 -14; bed nan tool0 nan; bed -inf tool0 inf;"
    "bed 39 tool0 1e300 =bed" },
  { "nothing-known-at-the-end", 40, 50, "; bed 30 tool0 30" },
  { "absurd-thresholds", NAN, -5, "bed 80 tool0 200; bed 20 tool0 20" },
};

static HeraldPrinterState *
read_state (const char *reading)
{
  HeraldPrinterState *state = herald_printer_state_new ();
  g_auto(GStrv) words = g_strsplit (reading, " ", -1);

  for (char **word = words; *word != NULL; word++)
    {
      if (**word == '=')
        break;
      if (**word == '\0')
        continue;
      herald_printer_state_add_heater (state, word[0], g_ascii_strtod (word[1], NULL), 0);
      word++;
    }

  return state;
}

static char *
take_all (HeraldCooling      *cooling,
          HeraldPrinterState *state,
          double              bed,
          double              tool)
{
  GString *told = g_string_new (NULL);
  const HeraldTemperature *cooled;

  while ((cooled = herald_cooling_take (cooling, state, bed, tool)) != NULL)
    g_string_append_printf (told, "%s%s", told->len > 0 ? " " : "", cooled->heater);

  return g_string_free (told, FALSE);
}

static void
test_readings (gconstpointer user_data)
{
  const guint n = GPOINTER_TO_UINT (user_data);
  g_auto(GStrv) readings = g_strsplit (rows[n].readings, ";", -1);
  g_autoptr(HeraldPrinterState) end = read_state (readings[0]);
  HeraldCooling cooling = { 0 };

  herald_cooling_arm (&cooling, end, rows[n].bed, rows[n].tool);
  for (char **reading = readings; *reading != NULL; reading++)
    {
      g_autoptr(HeraldPrinterState) state = read_state (*reading);
      const char *expected = strchr (*reading, '=');
      g_autofree char *told = take_all (&cooling, state, rows[n].bed, rows[n].tool);

      g_assert_cmpstr (told, ==, expected != NULL ? expected + 1 : "");
    }
}

static void
test_new_print_disarms (void)
{
  g_autoptr(HeraldPrinterState) hot = read_state ("bed 80 tool0 200");
  g_autoptr(HeraldPrinterState) cold = read_state ("bed 20 tool0 20");
  HeraldCooling cooling = { 0 };

  g_assert_null (herald_cooling_take (&cooling, cold, 40, 50));
  herald_cooling_arm (&cooling, hot, 40, 50);
  herald_cooling_disarm (&cooling);
  g_assert_null (herald_cooling_take (&cooling, cold, 40, 50));

  /* The next end looks anew: what was hot then does not count. */
  herald_cooling_arm (&cooling, hot, 40, 50);
  herald_cooling_arm (&cooling, cold, 40, 50);
  g_assert_null (herald_cooling_take (&cooling, cold, 40, 50));
}

static void
test_threshold_changed_meanwhile (void)
{
  g_autoptr(HeraldPrinterState) hot = read_state ("bed 80");
  g_autoptr(HeraldPrinterState) warm = read_state ("bed 38");
  g_autoptr(HeraldPrinterState) frozen = read_state ("bed -5");
  HeraldCooling cooling = { 0 };

  herald_cooling_arm (&cooling, hot, 40, 0);
  g_assert_null (herald_cooling_take (&cooling, frozen, 0, 0));
  g_assert_null (herald_cooling_take (&cooling, warm, 30, 0));
  g_assert_nonnull (herald_cooling_take (&cooling, warm, 45, 0));

  /* Nobody wanted to know when the print was over. */
  herald_cooling_arm (&cooling, hot, 0, 0);
  g_assert_null (herald_cooling_take (&cooling, warm, 40, 0));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/cooling/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_readings);
    }
  g_test_add_func ("/cooling/new-print", test_new_print_disarms);
  g_test_add_func ("/cooling/threshold", test_threshold_changed_meanwhile);

  return g_test_run ();
}
