/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-snapshot-share"

#include <string.h>

#include "core/base/error.h"
#include "demo/demo-printer-private.h"
#include "snapshot-asking.h"

#define WIDTH 480
#define HEIGHT 360

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
  snapshot_asking_type (fixture, "/webcam/?action=snapshot");
  n_before = fixture->server->camera.n_asked;
  snapshot_asking_begin (fixture, 5000, &results[0]);
  snapshot_asking_begin (fixture, 5000, &results[1]);
  first = snapshot_asking_end (&results[0], &error);
  g_assert_no_error (error);
  second = snapshot_asking_end (&results[1], &error);
  g_assert_no_error (error);
  g_assert_true (first->picture == second->picture);
  g_assert_cmpuint (fixture->server->camera.n_asked, ==, n_before + 1);

  watched_printer_let_pass (1100);
  fixture->server->camera.fault = HERALD_DEMO_CAMERA_SLOW;
  fixture->server->camera.seconds = 0.7;
  snapshot_asking_begin (fixture, 3000, &results[0]);
  snapshot_asking_begin (fixture, 100, &results[2]);
  late = snapshot_asking_end (&results[2], &error);
  g_assert_null (late);
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE);
  g_assert_null (results[0]);
  g_clear_error (&error);
  g_clear_pointer (&first, herald_picture_catch_free);
  first = snapshot_asking_end (&results[0], &error);
  g_assert_no_error (error);
}

/* One who hardly has time does not cost the others theirs. */
static void
test_deadline_is_of_him_who_asks (WatchedPrinter *fixture,
                                  gconstpointer   user_data)
{
  GAsyncResult *results[2] = { NULL };
  g_autoptr(HeraldPictureCatch) hasty = NULL;
  g_autoptr(HeraldPictureCatch) patient = NULL;
  g_autoptr(GError) error = NULL;

  watched_printer_start (fixture);
  snapshot_asking_type (fixture, "/webcam/?action=snapshot");
  fixture->server->camera.fault = HERALD_DEMO_CAMERA_SLOW;
  fixture->server->camera.seconds = 0.5;
  snapshot_asking_begin (fixture, 200, &results[0]);
  snapshot_asking_begin (fixture, 5000, &results[1]);
  hasty = snapshot_asking_end (&results[0], &error);
  g_assert_null (hasty);
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE);
  g_clear_error (&error);
  patient = snapshot_asking_end (&results[1], &error);
  g_assert_no_error (error);
  g_assert_nonnull (patient);
}

/* Who has just been given up for another one's haste still gets his. */
static void
test_next_one_begins_anew (WatchedPrinter *fixture,
                           gconstpointer   user_data)
{
  g_autoptr(HeraldPictureCatch) hasty = NULL;
  g_autoptr(HeraldPictureCatch) next = NULL;
  g_autoptr(GError) error = NULL;

  watched_printer_start (fixture);
  snapshot_asking_type (fixture, "/webcam/?action=snapshot");
  fixture->server->camera.fault = HERALD_DEMO_CAMERA_SLOW;
  fixture->server->camera.seconds = 0.5;
  hasty = snapshot_asking_fetch (fixture, 200, &error);
  g_assert_null (hasty);
  g_clear_error (&error);
  next = snapshot_asking_fetch (fixture, 5000, &error);
  g_assert_no_error (error);
  g_assert_nonnull (next);
}

/* A picture is shared among those who would have got the same. */
static void
test_changed_settings_give_another_picture (WatchedPrinter *fixture,
                                            gconstpointer   user_data)
{
  GAsyncResult *results[2] = { NULL };
  g_autoptr(HeraldPictureCatch) before = NULL;
  g_autoptr(HeraldPictureCatch) after = NULL;
  g_autoptr(HeraldPictureCatch) meanwhile = NULL;
  g_autoptr(GError) error = NULL;

  watched_printer_start (fixture);
  before = snapshot_asking_fetch (fixture, 5000, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (before->picture->width, ==, WIDTH);
  snapshot_asking_set (fixture, "rotate-left", "true");
  after = snapshot_asking_fetch (fixture, 5000, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (after->picture->width, ==, HEIGHT);

  watched_printer_let_pass (1100);
  g_clear_pointer (&after, herald_picture_catch_free);
  snapshot_asking_begin (fixture, 5000, &results[0]);
  snapshot_asking_set (fixture, "rotate-left", "false");
  snapshot_asking_begin (fixture, 5000, &results[1]);
  after = snapshot_asking_end (&results[0], &error);
  g_assert_no_error (error);
  meanwhile = snapshot_asking_end (&results[1], &error);
  g_assert_no_error (error);
  g_assert_cmpuint (meanwhile->picture->width, ==, WIDTH);
}

/* Nobody may get the picture of the server that was watched before under the same name. */
static void
test_other_server_has_other_cameras (WatchedPrinter *fixture,
                                     gconstpointer   user_data)
{
  g_autoptr(HeraldPictureCatch) before = NULL;
  g_autoptr(HeraldPictureCatch) after = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) cameras = NULL;
  guint n_before;

  watched_printer_start (fixture);
  before = snapshot_asking_fetch (fixture, 5000, &error);
  g_assert_no_error (error);

  n_before = fixture->server->camera.n_asked;
  herald_printer_stop (fixture->printer);
  snapshot_asking_set (fixture, "url", "http://127.0.0.1:9/");
  herald_printer_start (fixture->printer);
  after = snapshot_asking_fetch (fixture, 2000, &error);
  g_assert_null (after);
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE);
  g_assert_cmpuint (fixture->server->camera.n_asked, ==, n_before);
  cameras = herald_printer_dup_cameras (fixture->printer);
  g_assert_cmpuint (g_strv_length (cameras), ==, 0);
}

/* Nobody looks at a printer that has been switched off, not even for a message that is still on its way. */
static void
test_switched_off_is_not_looked_at (WatchedPrinter *fixture,
                                    gconstpointer   user_data)
{
  g_autoptr(HeraldPictureCatch) caught = NULL;
  g_autoptr(GError) error = NULL;

  watched_printer_start (fixture);
  snapshot_asking_type (fixture, "/webcam/?action=snapshot");
  snapshot_asking_set (fixture, "enabled", "false");
  caught = snapshot_asking_fetch (fixture, 5000, &error);
  g_assert_null (caught);
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_REJECTED);
  g_assert_cmpuint (fixture->server->camera.n_asked, ==, 0);
}

/* Cameras have their passwords there. */
static GLogWriterOutput
refuse_address (GLogLevelFlags   level,
                const GLogField *fields,
                gsize            n_fields,
                gpointer         user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      g_assert_null (strstr (fields[i].value, "action=snapshot"));

  return g_log_writer_default (level, fields, n_fields, user_data);
}

static void
add (const char *path,
     void      (*func) (WatchedPrinter *, gconstpointer))
{
  g_test_add (path, WatchedPrinter, NULL, watched_printer_set_up, func, watched_printer_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (refuse_address, NULL, NULL);

  add ("/snapshot-share/same-moment", test_two_share_a_picture);
  add ("/snapshot-share/deadline", test_deadline_is_of_him_who_asks);
  add ("/snapshot-share/anew", test_next_one_begins_anew);
  add ("/snapshot-share/settings", test_changed_settings_give_another_picture);
  add ("/snapshot-share/server", test_other_server_has_other_cameras);
  add ("/snapshot-share/switched-off", test_switched_off_is_not_looked_at);

  return g_test_run ();
}
