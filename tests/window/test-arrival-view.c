/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-arrival-view"

#include <glib.h>

#include "window/printers/arrival-view.h"

static const struct
{
  const char *connection;
  const char *access;
  gboolean is_asking;
  HeraldArrivalStep step;
} rows[] = {
  { "connected", "", FALSE, HERALD_ARRIVAL_THERE },
  { "connected", "granted", FALSE, HERALD_ARRIVAL_THERE },
  { "connected", "waiting", TRUE, HERALD_ARRIVAL_THERE },
  { "connecting", "", FALSE, HERALD_ARRIVAL_CONNECTING },
  { "connecting", "granted", FALSE, HERALD_ARRIVAL_CONNECTING },
  { "connecting", "", TRUE, HERALD_ARRIVAL_ASKING },
  { "starting", "", FALSE, HERALD_ARRIVAL_CONNECTING },
  { "unauthorized", "", FALSE, HERALD_ARRIVAL_LOCKED_OUT },
  { "unauthorized", "", TRUE, HERALD_ARRIVAL_ASKING },
  { "unauthorized", "waiting", TRUE, HERALD_ARRIVAL_ASKING },
  { "unauthorized", "waiting", FALSE, HERALD_ARRIVAL_WAITING },
  { "unauthorized", "refused", FALSE, HERALD_ARRIVAL_REFUSED },
  { "unauthorized", "failed", FALSE, HERALD_ARRIVAL_REFUSED },
  { "unauthorized", "granted", FALSE, HERALD_ARRIVAL_LOCKED_OUT },
  { "untrusted", "failed", FALSE, HERALD_ARRIVAL_UNTRUSTED },
  { "unreachable", "", FALSE, HERALD_ARRIVAL_UNREACHABLE },
  { "disabled", "", FALSE, HERALD_ARRIVAL_DISABLED },
  { "said-by-a-newer-service", "", FALSE, HERALD_ARRIVAL_CONNECTING },
};

static void
test_each_situation_is_a_step (void)
{
  g_autoptr(HeraldDBusPrinter1) printer = herald_dbus_printer1_skeleton_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      herald_dbus_printer1_set_connection (printer, rows[i].connection);
      herald_dbus_printer1_set_access_state (printer, rows[i].access);
      g_test_message ("%s, %s", rows[i].connection, rows[i].access);
      g_assert_cmpint (herald_arrival_step_find (printer, rows[i].is_asking), ==, rows[i].step);
    }
}

static void
test_printer_that_is_gone_is_lost (void)
{
  g_autoptr(HeraldDBusPrinter1) silent = herald_dbus_printer1_skeleton_new ();

  g_assert_cmpint (herald_arrival_step_find (NULL, TRUE), ==, HERALD_ARRIVAL_LOST);
  g_assert_cmpint (herald_arrival_step_find (silent, FALSE), ==, HERALD_ARRIVAL_LOST);
}

/* A person who waits has a way out, and who is stuck is told what to do. */
static void
test_every_step_says_what_to_do (void)
{
  for (guint i = 0; i < HERALD_N_ARRIVAL_STEPS; i++)
    {
      const HeraldArrivalView *view = herald_arrival_view_get ((HeraldArrivalStep) i);

      g_assert_nonnull (view->title);
      if (view->sentence == NULL)
        g_assert_nonnull (view->first);
    }
  g_assert_nonnull (herald_arrival_view_get (HERALD_ARRIVAL_WAITING)->second);
  g_assert_nonnull (herald_arrival_view_get (HERALD_ARRIVAL_ASKING)->second);
  g_assert_true (herald_arrival_view_get (HERALD_ARRIVAL_REFUSED)->takes_key);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/arrival-view/each-situation-is-a-step", test_each_situation_is_a_step);
  g_test_add_func ("/arrival-view/printer-that-is-gone-is-lost", test_printer_that_is_gone_is_lost);
  g_test_add_func ("/arrival-view/every-step-says-what-to-do", test_every_step_says_what_to_do);

  return g_test_run ();
}
