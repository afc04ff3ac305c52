/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-snapshot"

#include "core/pictures/picture-fetch.h"

#include <string.h>

#include "core/base/error.h"
#include "core/pictures/shot-ring.h"
#include "demo/demo-printer-private.h"
#include "fixtures/watched-printer.h"

#define NO_ERROR -1
#define WIDTH 480
#define HEIGHT 360

static void
on_ready (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
begin (WatchedPrinter *fixture,
       guint           deadline_ms,
       GAsyncResult  **result)
{
  HeraldPictureWish wish = { .kind = HERALD_PICTURE_WISH_SNAPSHOT };

  herald_picture_fetch_async (fixture->printer, &wish, deadline_ms, 0, NULL, on_ready, result);

  return *result;
}

static HeraldPictureCatch *
end (GAsyncResult **result,
     GError       **error)
{
  g_autoptr(GAsyncResult) taken = NULL;

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  taken = g_steal_pointer (result);

  return herald_picture_fetch_finish (taken, error);
}

static HeraldPictureCatch *
fetch (WatchedPrinter *fixture,
       guint           deadline_ms,
       GError        **error)
{
  GAsyncResult *result = NULL;

  begin (fixture, deadline_ms, &result);

  return end (&result, error);
}

/* Only the address of one picture, as a user would type it */
static void
type_address (WatchedPrinter *fixture,
              const char     *path)
{
  g_autofree char *base = herald_demo_printer_dup_url (fixture->server);
  g_autofree char *url = g_strconcat (base, path + (g_str_has_suffix (base, "/") ? 1 : 0), NULL);
  g_autoptr(HeraldValues) settings = herald_values_copy (herald_printer_get_settings (fixture->printer));

  herald_values_set (settings, "snapshot-url", url);
  herald_values_set (settings, "snapshot-timeout", "1");
  herald_printer_set_settings (fixture->printer, settings);
}

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
        type_address (fixture, paths[i]);
      watched_printer_let_pass (1100);
      caught = fetch (fixture, 10000, &error);
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
    type_address (fixture, faults[i].path);

  begin_us = g_get_monotonic_time ();
  caught = fetch (fixture, 3000, &error);
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

/* Messages about the same moment do not each ask the camera; and who waits less long is not kept. */
static void
test_two_share_a_picture (WatchedPrinter *fixture,
                          gconstpointer   user_data)
{
  GAsyncResult *results[3] = { NULL };
  g_autoptr(HeraldPictureCatch) first = NULL;
  g_autoptr(HeraldPictureCatch) second = NULL;
  g_autoptr(HeraldPictureCatch) late = NULL;
  g_autoptr(GError) error = NULL;
  guint n_before;

  watched_printer_start (fixture);
  type_address (fixture, "/webcam/?action=snapshot");
  n_before = fixture->server->camera.n_asked;
  begin (fixture, 5000, &results[0]);
  begin (fixture, 5000, &results[1]);
  first = end (&results[0], &error);
  g_assert_no_error (error);
  second = end (&results[1], &error);
  g_assert_no_error (error);
  g_assert_true (first->picture == second->picture);
  g_assert_cmpuint (fixture->server->camera.n_asked, ==, n_before + 1);

  watched_printer_let_pass (1100);
  fixture->server->camera.fault = HERALD_DEMO_CAMERA_SLOW;
  fixture->server->camera.seconds = 0.7;
  begin (fixture, 3000, &results[0]);
  begin (fixture, 100, &results[2]);
  late = end (&results[2], &error);
  g_assert_null (late);
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE);
  g_assert_null (results[0]);
  g_clear_error (&error);
  g_clear_pointer (&first, herald_picture_catch_free);
  first = end (&results[0], &error);
  g_assert_no_error (error);
}

static void
test_dark_picture_is_known (WatchedPrinter *fixture,
                            gconstpointer   user_data)
{
  g_autoptr(HeraldPictureCatch) caught = NULL;
  g_autoptr(GError) error = NULL;

  fixture->server->camera.fault = HERALD_DEMO_CAMERA_DARK;
  watched_printer_start (fixture);
  caught = fetch (fixture, 5000, &error);
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
  add ("/snapshot/shared", NULL, test_two_share_a_picture);
  add ("/snapshot/dark", NULL, test_dark_picture_is_known);
  add ("/snapshot/ring", NULL, test_last_moments_are_kept);

  return g_test_run ();
}
