/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-job-values"

#include "core/printers/job-values.h"

#include "core/base/text.h"
#include "core/printers/event-values.h"

static void
test_only_endings_of_files_are_taken_off (void)
{
  static const char *const names[][2] = {
    { "cube.gcode", "cube" }, { "bracket v1.2.gcode", "bracket v1.2" }, { "bracket v1.2", "bracket v1.2" },
    { "part.stl.gcode", "part" }, { "part.STL.3mf.GCODE", "part" }, { "cube.g", "cube" }, { "cube.gco", "cube" },
    { "to-the~1.gco", "to-the~1" }, { "cube.bgcode", "cube" }, { "cube.ufp", "cube" }, { "plate.nc", "plate" },
    { "notes.txt", "notes.txt" }, { ".gcode", ".gcode" }, { "gcode", "gcode" }, { "a.stl.txt", "a.stl.txt" },
    { "folder/.gcode", "folder/.gcode" }, { "ä ü.gcode", "ä ü" }, { "x.gcode.gcode", "x" }, { "dragon.", "dragon." },
    { "0.2mm_PLA_1h2m.gcode", "0.2mm_PLA_1h2m" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(HeraldValues) values = herald_values_new ();

      herald_values_set (values, "name", names[i][0]);
      herald_job_values_set_file (values);
      g_assert_cmpstr (herald_values_get (values, "file"), ==, names[i][1]);
    }
}

/* F44 */
static void
test_durations_go_beyond_a_day (void)
{
  static const struct
  {
    gint64 seconds;
    const char *text;
  } rows[] = { { 0, "00:00:00" }, { 3725, "01:02:05" }, { 86399, "23:59:59" }, { 86400, "24:00:00" },
               { 176580, "49:03:00" }, { 1000 * 3600, "1000:00:00" }, { -5, "00:00:00" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = herald_text_format_clock (rows[i].seconds);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

/* The tests run in the C locale; Saturday 21 November 2026, 12:33:13 UTC. */
static void
test_moment_says_the_day_if_it_is_another (void)
{
  static const gint64 now_ms = G_GINT64_CONSTANT (1795264393000);
  static const struct
  {
    gint64 after_s;
    const char *text;
  } rows[] = { { 0, "12:33" }, { 3600, "13:33" }, { 11 * 3600, "23:33" }, { 12 * 3600, "Sun 00:33" },
               { 3 * 86400, "Tue 12:33" }, { 6 * 86400, "Fri 12:33" }, { 7 * 86400, "11/28/26 12:33" },
               { -86400, "Fri 12:33" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = herald_text_format_moment (now_ms + rows[i].after_s * 1000, now_ms);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_filament_has_a_unit_that_fits (void)
{
  static const struct
  {
    double length_mm;
    const char *text;
  } rows[] = { { -1, NULL }, { 0, NULL }, { 4, "4 mm" }, { 99.4, "99 mm" }, { 420, "0.42 m" }, { 4230, "4.2 m" },
               { 123456, "123.5 m" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(HeraldPrinterState) state = herald_printer_state_new ();
      g_autoptr(HeraldValues) values = NULL;

      state->filament_mm = rows[i].length_mm;
      values = herald_job_values_from_state (state);
      g_assert_cmpstr (herald_values_get (values, "filament"), ==, rows[i].text);
    }
}

static void
test_several_tools_are_counted (void)
{
  g_autoptr(HeraldPrinterState) state = herald_printer_state_new ();
  g_autoptr(HeraldValues) values = herald_values_new ();

  herald_printer_state_add_heater (state, "tool0", 24.4, 0);
  herald_printer_state_add_heater (state, "tool1", 210.2, 215);
  herald_printer_state_add_heater (state, "bed", -0.3, 0);
  herald_event_values_add_temperatures (values, state);
  g_assert_cmpstr (herald_values_get (values, "temperatures"), ==, "tool 0 24 °C, tool 1 210/215 °C, bed 0 °C");
  g_assert_cmpstr (herald_values_get (values, "tool"), ==, "210");
  g_assert_cmpstr (herald_values_get (values, "tool_target"), ==, "215");
  g_assert_cmpstr (herald_values_get (values, "chamber"), ==, NULL);
}

/* Names of heaters come from the server, and nobody shortens or neutralises what is among figures. */
static void
test_made_up_heaters_are_not_told (void)
{
  g_autoptr(HeraldPrinterState) state = herald_printer_state_new ();
  g_autoptr(HeraldValues) values = herald_values_new ();

  herald_printer_state_add_heater (state, "@everybody", 20, 0);
  herald_printer_state_add_heater (state, "evil.example.org", 20, 0);
  herald_printer_state_add_heater (state, "", 20, 0);
  herald_printer_state_add_heater (state, "tool0", 1e300, 0);
  herald_printer_state_add_heater (state, "bed", 20, -1e300);
  herald_printer_state_add_heater (state, "dryer", 45, 50);
  herald_event_values_add_temperatures (values, state);
  g_assert_cmpstr (herald_values_get (values, "temperatures"), ==, "dryer 45/50 °C");
  g_assert_cmpuint (g_hash_table_size (values), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/job-values/file", test_only_endings_of_files_are_taken_off);
  g_test_add_func ("/job-values/f44-durations", test_durations_go_beyond_a_day);
  g_test_add_func ("/job-values/moment", test_moment_says_the_day_if_it_is_another);
  g_test_add_func ("/job-values/filament", test_filament_has_a_unit_that_fits);
  g_test_add_func ("/job-values/tools", test_several_tools_are_counted);
  g_test_add_func ("/job-values/heaters", test_made_up_heaters_are_not_told);

  return g_test_run ();
}
