/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-kept-picture"

#include "core/base/error.h"
#include "core/pictures/picture-fetch.h"
#include "core/pictures/thumbnail-choice.h"
#include "demo/demo-printer-private.h"
#include "fixtures/watched-printer.h"

#define DEADLINE_MS 10000
#define FILE_NAME "vase.gcode"
#define SUBFOLDER_NAME "für Ana/Teil #2 (50%)? +1 & mehr.gcode"
#define FILM_NAME "vase_20260102030405.mp4"
#define SHORT_S 60

/* 100 MB, at what the simulator writes for a second */
#define LONG_S 590000

static void
on_ready (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static HeraldPictureCatch *
fetch (WatchedPrinter           *fixture,
       const HeraldPictureWish  *wish,
       guint                     deadline_ms,
       gsize                     film_max_bytes,
       GError                  **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  herald_picture_fetch_async (fixture->printer, wish, deadline_ms, film_max_bytes, NULL, on_ready, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return herald_picture_fetch_finish (result, error);
}

static HeraldPictureCatch *
fetch_thumbnail (WatchedPrinter  *fixture,
                 const char      *origin,
                 const char      *path,
                 GError         **error)
{
  HeraldPictureWish wish = { .kind = HERALD_PICTURE_WISH_THUMBNAIL, .origin = origin, .path = path };

  return fetch (fixture, &wish, DEADLINE_MS, 0, error);
}

static void
put_file (WatchedPrinter *fixture,
          const char     *path,
          double          seconds)
{
  herald_demo_files_put (herald_demo_job_get_files (fixture->server->job), HERALD_DEMO_ORIGIN_LOCAL, path, seconds, 1);
}

static void
start (WatchedPrinter *fixture)
{
  watched_printer_start (fixture);
  watched_printer_await_connection (fixture, HERALD_CONNECTION_CONNECTED);
}

static void
check_thumbnail (WatchedPrinter *fixture,
                 const char     *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldPictureCatch) caught = fetch_thumbnail (fixture, "local", path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (caught->kind, ==, HERALD_PICTURE_WISH_THUMBNAIL);
  g_assert_cmpint ((int) caught->picture->type, ==, HERALD_PICTURE_PNG);
  g_assert_cmpuint (caught->picture->width, ==, 220);
  g_assert_cmpuint (caught->picture->height, ==, 124);
  g_assert_null (caught->note);
}

static void
test_thumbnail_of_a_file_in_a_folder (WatchedPrinter *fixture,
                                      gconstpointer   user_data)
{
  put_file (fixture, SUBFOLDER_NAME, SHORT_S);
  start (fixture);

  check_thumbnail (fixture, SUBFOLDER_NAME);
}

static void
test_thumbnail_of_100_mb_reads_no_more_than_1 (WatchedPrinter *fixture,
                                               gconstpointer   user_data)
{
  put_file (fixture, FILE_NAME, LONG_S);
  start (fixture);

  check_thumbnail (fixture, FILE_NAME);
  g_test_message ("the server sent %" G_GUINT64_FORMAT " bytes", fixture->server->downloads.n_bytes);
  g_assert_cmpuint (fixture->server->downloads.n_bytes, >, 0);
  g_assert_cmpuint (fixture->server->downloads.n_bytes, <=, HERALD_THUMBNAIL_HEAD_BYTES);
}

/* OctoPrint 2.0 knows no Range: what the network has swallowed before we hung up is lost, the rest is not sent. */
static void
test_server_without_range_is_stopped (WatchedPrinter *fixture,
                                      gconstpointer   user_data)
{
  put_file (fixture, FILE_NAME, LONG_S);
  watched_printer_play (fixture, HERALD_DEMO_FAULT_VERSION_2);
  start (fixture);

  check_thumbnail (fixture, FILE_NAME);
  watched_printer_let_pass (200);
  g_test_message ("the server sent %" G_GUINT64_FORMAT " bytes", fixture->server->downloads.n_bytes);
  g_assert_cmpuint (fixture->server->downloads.n_bytes, <, 20 * 1000 * 1000);
}

static void
check_no_thumbnail (WatchedPrinter *fixture,
                    const char     *origin,
                    const char     *path,
                    HeraldError     code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldPictureCatch) caught = fetch_thumbnail (fixture, origin, path, &error);

  g_assert_null (caught);
  g_assert_error (error, HERALD_ERROR, (int) code);
  g_test_message ("%s", error->message);
}

static void
test_no_thumbnail_is_said_plainly (WatchedPrinter *fixture,
                                   gconstpointer   user_data)
{
  start (fixture);

  check_no_thumbnail (fixture, "sdcard", FILE_NAME, HERALD_ERROR_SETTINGS);
  check_no_thumbnail (fixture, "local", "deleted.gcode", HERALD_ERROR_SETTINGS);
  check_no_thumbnail (fixture, "local", NULL, HERALD_ERROR_SETTINGS);
  put_file (fixture, FILE_NAME, SHORT_S);
  watched_printer_play (fixture, HERALD_DEMO_FAULT_NO_FILES_PERMISSION);
  check_no_thumbnail (fixture, "local", FILE_NAME, HERALD_ERROR_UNAUTHORIZED);
}

/* Films */

static HeraldPictureCatch *
fetch_film (WatchedPrinter  *fixture,
            const char      *name,
            guint            deadline_ms,
            gsize            max_bytes,
            GError         **error)
{
  HeraldPictureWish wish = { .kind = HERALD_PICTURE_WISH_TIMELAPSE, .movie = name };

  return fetch (fixture, &wish, deadline_ms, max_bytes, error);
}

static void
add_film (WatchedPrinter *fixture,
          const char     *name)
{
  herald_demo_files_add_movie (herald_demo_job_get_files (fixture->server->job), name, 1);
  start (fixture);
}

static void
test_film_that_fits_is_sent_as_it_is (WatchedPrinter *fixture,
                                      gconstpointer   user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldPictureCatch) caught = NULL;

  add_film (fixture, FILM_NAME);
  caught = fetch_film (fixture, FILM_NAME, DEADLINE_MS, HERALD_DEMO_MOVIE_BYTES, &error);
  g_assert_no_error (error);
  g_assert_cmpint ((int) caught->picture->type, ==, HERALD_PICTURE_FILM);
  g_assert_cmpuint (g_bytes_get_size (caught->picture->bytes), ==, HERALD_DEMO_MOVIE_BYTES);
  g_assert_null (caught->note);
}

/* @note: (nullable): part of what must be said */
static void
check_last_frame (WatchedPrinter *fixture,
                  const char     *name,
                  guint           deadline_ms,
                  gsize           max_bytes,
                  const char     *note)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldPictureCatch) caught = fetch_film (fixture, name, deadline_ms, max_bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpint ((int) caught->picture->type, ==, HERALD_PICTURE_JPEG);
  g_assert_cmpuint (caught->picture->width, ==, 480);
  if (note == NULL)
    g_assert_null (caught->note);
  else
    g_assert_nonnull (g_strrstr (caught->note, note));
}

static void
test_film_that_is_too_large_gives_its_last_frame (WatchedPrinter *fixture,
                                                  gconstpointer   user_data)
{
  add_film (fixture, FILM_NAME);

  check_last_frame (fixture, FILM_NAME, DEADLINE_MS, HERALD_DEMO_MOVIE_BYTES - 1, "too large");
  g_assert_cmpuint (fixture->server->downloads.n_bytes, <, HERALD_DEMO_MOVIE_BYTES);
  check_last_frame (fixture, FILM_NAME, DEADLINE_MS, 0, NULL);
}

static void
test_film_that_nobody_can_show_gives_its_last_frame (WatchedPrinter *fixture,
                                                     gconstpointer   user_data)
{
  add_film (fixture, "vase & more.mpg");

  check_last_frame (fixture, "vase & more.mpg", DEADLINE_MS, HERALD_DEMO_MOVIE_BYTES, NULL);
}

static void
test_slow_film_gives_its_last_frame (WatchedPrinter *fixture,
                                     gconstpointer   user_data)
{
  fixture->server->downloads.film_delay_s = 20;
  add_film (fixture, FILM_NAME);

  check_last_frame (fixture, FILM_NAME, 4000, HERALD_DEMO_MOVIE_BYTES, "in time");
}

static void
test_film_that_is_gone_is_said_plainly (WatchedPrinter *fixture,
                                        gconstpointer   user_data)
{
  static const char *const names[] = { "other.mp4", "", "../../config.yaml", NULL };

  add_film (fixture, FILM_NAME);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(HeraldPictureCatch) caught = fetch_film (fixture, names[i], DEADLINE_MS, HERALD_DEMO_MOVIE_BYTES, &error);

      g_assert_null (caught);
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
    }
}

static void
add (const char *name,
     void (*test) (WatchedPrinter *fixture,
                   gconstpointer   user_data))
{
  g_autofree char *path = g_strconcat ("/kept-picture/", name, NULL);

  g_test_add (path, WatchedPrinter, NULL, watched_printer_set_up, test, watched_printer_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("thumbnail-of-a-file-in-a-folder", test_thumbnail_of_a_file_in_a_folder);
  add ("thumbnail-of-100-mb-reads-no-more-than-1", test_thumbnail_of_100_mb_reads_no_more_than_1);
  add ("server-without-range-is-stopped", test_server_without_range_is_stopped);
  add ("no-thumbnail-is-said-plainly", test_no_thumbnail_is_said_plainly);
  add ("film-that-fits-is-sent-as-it-is", test_film_that_fits_is_sent_as_it_is);
  add ("film-that-is-too-large-gives-its-last-frame", test_film_that_is_too_large_gives_its_last_frame);
  add ("film-that-nobody-can-show-gives-its-last-frame", test_film_that_nobody_can_show_gives_its_last_frame);
  add ("slow-film-gives-its-last-frame", test_slow_film_gives_its_last_frame);
  add ("film-that-is-gone-is-said-plainly", test_film_that_is_gone_is_said_plainly);

  return g_test_run ();
}
