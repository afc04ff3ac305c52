/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-snapshot"

#include <string.h>

#include "core/base/error.h"
#include "core/pictures/shot-ring.h"
#include "demo/demo-printer-private.h"
#include "snapshot-asking.h"

#define NO_ERROR -1
#define WIDTH 480
#define HEIGHT 360

static void
test_picture_comes_upright (WatchedPrinter *fixture,
                            gconstpointer   user_data)
{
  static const char *const paths[] = { NULL, "/webcam/?action=snapshot", "/webcam/?action=stream" };

  fixture->server->camera.flip_horizontally = TRUE;
  fixture->server->camera.rotate_left = TRUE;
  watched_printer_start (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(HeraldPictureCatch) caught = NULL;

      if (paths[i] != NULL)
        snapshot_asking_type (fixture, paths[i]);
      watched_printer_let_pass (1100);
      caught = snapshot_asking_fetch (fixture, 10000, &error);
      g_assert_no_error (error);
      g_assert_cmpint (caught->picture->type, ==, HERALD_PICTURE_JPEG);
      g_assert_cmpint (caught->kind, ==, HERALD_PICTURE_WISH_SNAPSHOT);
      /* Of an own address nobody knows how it hangs */
      g_assert_cmpuint (caught->picture->width, ==, paths[i] == NULL ? WIDTH : HEIGHT);
      g_assert_cmpuint (caught->picture->height, ==, paths[i] == NULL ? HEIGHT : WIDTH);
      g_assert_false (herald_picture_catch_is_dark (caught));
    }
  g_assert_cmpuint (fixture->server->camera.n_keyed, ==, 0);
}

static const struct
{
  HeraldDemoCameraFault fault;
  const char *path;
  int error;
  const char *words;
} faults[] = {
  { HERALD_DEMO_CAMERA_OFF, "/webcam/?action=snapshot", HERALD_ERROR_UNREACHABLE, "at the moment" },
  { HERALD_DEMO_CAMERA_SLOW, "/webcam/?action=snapshot", HERALD_ERROR_UNREACHABLE, "in time" },
  { HERALD_DEMO_CAMERA_ENDLESS, "/webcam/?action=snapshot", NO_ERROR, NULL },
  { HERALD_DEMO_CAMERA_ENDLESS, "/webcam/?action=stream", NO_ERROR, NULL },
  { HERALD_DEMO_CAMERA_HTML, "/webcam/?action=snapshot", HERALD_ERROR_PROTOCOL, "web page" },
  { HERALD_DEMO_CAMERA_HUGE, "/webcam/?action=snapshot", NO_ERROR, NULL },
  { HERALD_DEMO_CAMERA_TRUNCATED, "/webcam/?action=snapshot", HERALD_ERROR_REJECTED, NULL },
  { HERALD_DEMO_CAMERA_REDIRECT, "/webcam/?action=snapshot", HERALD_ERROR_REJECTED, "we do not go" },
  { HERALD_DEMO_CAMERA_FINE, "/nowhere.jpg", HERALD_ERROR_REJECTED, "no picture at the address" },
  { HERALD_DEMO_CAMERA_DISABLED, NULL, HERALD_ERROR_SETTINGS, "switched off in OctoPrint" },
};

/* Whatever a camera does, there is a plain reason within the deadline. */
static void
test_bad_camera_costs_no_more_than_the_deadline (WatchedPrinter *fixture,
                                                 gconstpointer   user_data)
{
  const guint i = GPOINTER_TO_UINT (user_data);
  g_autoptr(HeraldPictureCatch) caught = NULL;
  g_autoptr(GError) error = NULL;
  gint64 begin_us;

  fixture->server->camera.fault = faults[i].fault;
  fixture->server->camera.seconds = 30;
  g_strlcpy (fixture->server->camera.location, "http://127.0.0.1:1/", sizeof fixture->server->camera.location);
  watched_printer_start (fixture);
  if (faults[i].path != NULL)
    snapshot_asking_type (fixture, faults[i].path);

  begin_us = g_get_monotonic_time ();
  caught = snapshot_asking_fetch (fixture, 3000, &error);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, 4 * G_USEC_PER_SEC);
  g_assert_null (caught);
  g_test_message ("%s", error->message);
  if (faults[i].error == NO_ERROR)
    g_assert_cmpint (error->domain, ==, HERALD_ERROR);
  else
    g_assert_error (error, HERALD_ERROR, faults[i].error);
  if (faults[i].words != NULL)
    g_assert_nonnull (strstr (error->message, faults[i].words));
}

/* G12: as long as is set; F55: 5 s if nothing is */
static void
test_camera_has_the_time_that_is_set (WatchedPrinter *fixture,
                                      gconstpointer   user_data)
{
  static const struct
  {
    const char *timeout;
    int at_least_ms;
    int less_than_ms;
  } cases[] = { { "1", 1000, 3000 }, { "2", 2000, 4000 }, { "", 5000, 7000 } };

  fixture->server->camera.fault = HERALD_DEMO_CAMERA_SLOW;
  fixture->server->camera.seconds = 30;
  watched_printer_start (fixture);
  snapshot_asking_type (fixture, "/webcam/?action=snapshot");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(HeraldPictureCatch) caught = NULL;
      gint64 begin_us = g_get_monotonic_time ();
      gint64 took_ms;

      snapshot_asking_set (fixture, "snapshot-timeout", cases[i].timeout);
      caught = snapshot_asking_fetch (fixture, 20000, &error);
      took_ms = (g_get_monotonic_time () - begin_us) / 1000;
      g_assert_null (caught);
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE);
      g_assert_cmpint (took_ms, >=, cases[i].at_least_ms - 50);
      g_assert_cmpint (took_ms, <, cases[i].less_than_ms);
    }
}

static void
test_dark_picture_is_known (WatchedPrinter *fixture,
                            gconstpointer   user_data)
{
  g_autoptr(HeraldPictureCatch) caught = NULL;
  g_autoptr(GError) error = NULL;

  fixture->server->camera.fault = HERALD_DEMO_CAMERA_DARK;
  watched_printer_start (fixture);
  caught = snapshot_asking_fetch (fixture, 5000, &error);
  g_assert_no_error (error);
  g_assert_true (herald_picture_catch_is_dark (caught));
}

/* The picture from before the end is still there after it. */
static void
test_last_moments_are_kept (WatchedPrinter *fixture,
                            gconstpointer   user_data)
{
  g_autoptr(HeraldPicture) shot = NULL;

  watched_printer_start (fixture);
  g_assert_null (herald_shot_ring_get (fixture->printer, 5000));
  herald_shot_ring_watch (fixture->printer);
  herald_demo_printer_print (fixture->server, "benchy.gcode", 100, HERALD_DEMO_OUTCOME_DONE);
  watched_printer_await_told (fixture, "print-started print-progress print-done");
  while (herald_printer_get_state (fixture->printer)->id != HERALD_STATE_OPERATIONAL)
    watched_printer_let_pass (50);

  shot = herald_shot_ring_get (fixture->printer, 5000);
  g_assert_nonnull (shot);
  g_assert_cmpuint (shot->width, ==, WIDTH);

  /* Nobody wants it with the next print, of which nothing has been seen yet. */
  herald_demo_printer_print (fixture->server, "calicat.gcode", 3600, HERALD_DEMO_OUTCOME_DONE);
  while (herald_printer_get_state (fixture->printer)->id != HERALD_STATE_PRINTING)
    watched_printer_let_pass (50);
  g_assert_null (herald_shot_ring_get (fixture->printer, 5000));

  herald_shot_ring_unwatch (fixture->printer);
  g_assert_null (herald_shot_ring_get (fixture->printer, 5000));
}

static void
add (const char   *path,
     gconstpointer data,
     void        (*func) (WatchedPrinter *, gconstpointer))
{
  g_test_add (path, WatchedPrinter, data, watched_printer_set_up, func, watched_printer_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/snapshot/upright", NULL, test_picture_comes_upright);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strdup_printf ("/snapshot/fault/%u", i);

      add (path, GUINT_TO_POINTER (i), test_bad_camera_costs_no_more_than_the_deadline);
    }
  add ("/snapshot/timeout", NULL, test_camera_has_the_time_that_is_set);
  add ("/snapshot/dark", NULL, test_dark_picture_is_known);
  add ("/snapshot/ring", NULL, test_last_moments_are_kept);

  return g_test_run ();
}
