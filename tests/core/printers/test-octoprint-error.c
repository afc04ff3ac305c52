/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-octoprint-error"

#include "core/printers/octoprint/octoprint-error.h"

static void
test_words_for_people (void)
{
  static const char *const rows[][2] = {
    { "Thermal Runaway, system stopped! Heater_ID: bed - Printer halted. kill() called!",
      "Thermal Runaway, system stopped! Heater_ID: bed - Printer halted. kill() called!" },
    { "Error:MINTEMP triggered, system stopped!", "Error:MINTEMP triggered, system stopped!" },
    { "SerialTimeoutException: ", "The connection to the printer was lost." },
    { "serial.serialutil.SerialException: device disconnected?", "The connection to the printer was lost." },
    { "OSError:", "The connection to the printer was lost." },
    { "No error: fine", "No error: fine" },
    { "unknown", NULL },
    { " ", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = herald_octoprint_error_dup_text (rows[i][0]);

      g_assert_cmpstr (text, ==, rows[i][1]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/octoprint-error/words", test_words_for_people);

  return g_test_run ();
}
