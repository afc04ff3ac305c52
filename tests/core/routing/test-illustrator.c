/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-illustrator"

#include "illustrator-fixture.h"

#include <string.h>

#include "core/base/error.h"

#define CHOSEN "[message print-done]\npicture=snapshot\n"

/* The wait for the camera here is 1 s; 3 s more are for the work. */
#define DEADLINE_MS 4000

static void
assert_sent (IllustratorFixture *fixture,
             const char         *kind,
             const char         *note)
{
  g_autoptr(HeraldDelivery) delivery = illustrator_fixture_find (fixture, "pictures");
  g_autoptr(HeraldDelivery) other = illustrator_fixture_find (fixture, "words");

  g_assert_cmpint (delivery->state, ==, HERALD_DELIVERY_DELIVERED);
  g_assert_cmpint (other->state, ==, HERALD_DELIVERY_DELIVERED);
  g_assert_cmpstr (delivery->picture_kind, ==, kind);
  g_assert_cmpstr (delivery->note, ==, note);
  g_assert_true ((fixture->pictures->last_attachment != NULL) == (kind != NULL));
  g_assert_null (other->note);
  g_assert_null (other->picture);
}

static void
test_picture_goes_to_who_takes_it (IllustratorFixture *fixture,
                                   gconstpointer       data)
{
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_DONE, NULL, NULL);
  illustrator_fixture_wait_ms (fixture);
  assert_sent (fixture, "snapshot", NULL);
  g_assert_cmpuint (fixture->camera->n_reads, ==, 1);
  g_assert_cmpstr (fixture->pictures->last_attachment->media_type, ==, "image/jpeg");
  g_assert_cmpuint (fixture->pictures->last_attachment->width, ==, 32);
}

static void
test_nobody_looks_for_what_nobody_gets (IllustratorFixture *fixture,
                                        gconstpointer       data)
{
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_DONE, "none", NULL);
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_DONE, "words", NULL);
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINTER_OPERATIONAL, NULL, NULL);
  illustrator_fixture_wait_ms (fixture);
  g_assert_cmpuint (fixture->camera->wishes->len, ==, 0);
  g_assert_cmpuint (fixture->camera->n_reads, ==, 0);
}

static void
test_no_camera_is_no_news (IllustratorFixture *fixture,
                           gconstpointer       data)
{
  g_clear_pointer (&fixture->camera->picture, g_bytes_unref);
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_DONE, NULL, NULL);
  g_assert_cmpint (illustrator_fixture_wait_ms (fixture), <, DEADLINE_MS);
  assert_sent (fixture, NULL, NULL);
}

static void
test_who_chose_a_picture_hears_why_not (IllustratorFixture *fixture,
                                        gconstpointer       data)
{
  illustrator_fixture_configure (fixture, CHOSEN);
  g_clear_pointer (&fixture->camera->picture, g_bytes_unref);
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_DONE, NULL, NULL);
  illustrator_fixture_wait_ms (fixture);
  assert_sent (fixture, NULL, "No picture: The printer has no camera.");
}

static void
test_camera_that_fails_is_told (IllustratorFixture *fixture,
                                gconstpointer       data)
{
  fixture->camera->code = HERALD_ERROR_UNREACHABLE;
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_DONE, NULL, NULL);
  illustrator_fixture_wait_ms (fixture);
  assert_sent (fixture, NULL, "No picture: The camera is asleep.");
}

static void
test_placeholder_stands_in (IllustratorFixture *fixture,
                            gconstpointer       data)
{
  illustrator_fixture_configure (fixture, "[message print-done]\nplaceholder=true\n");
  fixture->camera->code = HERALD_ERROR_UNREACHABLE;
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_DONE, NULL, NULL);
  illustrator_fixture_wait_ms (fixture);
  assert_sent (fixture, "snapshot", "No picture: The camera is asleep.");
}

/* That a camera is off is said of a camera, not of a file. */
static void
test_placeholder_stands_in_for_a_camera_only (IllustratorFixture *fixture,
                                              gconstpointer       data)
{
  illustrator_fixture_configure (fixture, "[message print-started]\npicture=thumbnail\nplaceholder=true\n");
  fixture->camera->file_code = HERALD_ERROR_UNREACHABLE;
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_STARTED, NULL, NULL);
  illustrator_fixture_wait_ms (fixture);
  assert_sent (fixture, NULL, "No picture: There is no thumbnail.");
}

static void
test_words_do_not_wait_for_ever (IllustratorFixture *fixture,
                                 gconstpointer       data)
{
  g_autoptr(HeraldDelivery) delivery = NULL;
  gint64 took_ms;

  fixture->camera->code = -2;
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_DONE, NULL, NULL);
  took_ms = illustrator_fixture_wait_ms (fixture);
  g_test_message ("sent without its picture after %" G_GINT64_FORMAT " ms", took_ms);
  g_assert_cmpint (took_ms, >=, 900);
  g_assert_cmpint (took_ms, <, DEADLINE_MS + 2000);
  delivery = illustrator_fixture_find (fixture, "pictures");
  g_assert_nonnull (strstr (delivery->note, "No picture: "));
}

static void
test_broken_picture_costs_the_picture_alone (IllustratorFixture *fixture,
                                             gconstpointer       data)
{
  g_autoptr(GBytes) whole = g_steal_pointer (&fixture->camera->picture);

  g_autoptr(HeraldDelivery) delivery = NULL;

  fixture->camera->picture = g_bytes_new_from_bytes (whole, 0, 60);
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_DONE, NULL, NULL);
  illustrator_fixture_wait_ms (fixture);
  delivery = illustrator_fixture_find (fixture, "pictures");
  g_assert_cmpint (delivery->state, ==, HERALD_DELIVERY_DELIVERED);
  g_assert_null (delivery->picture);
  g_assert_nonnull (strstr (delivery->note, "No picture: "));
}

/* Privacy: who asks for a thumbnail gets no view into the room; the default of a start does. */
static void
test_thumbnail_falls_back_as_it_is_set (IllustratorFixture *fixture,
                                        gconstpointer       data)
{
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_STARTED, NULL, NULL);
  illustrator_fixture_wait_ms (fixture);
  assert_sent (fixture, "snapshot", NULL);

  illustrator_fixture_configure (fixture, "[message print-started]\npicture=thumbnail\n");
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_STARTED, NULL, NULL);
  illustrator_fixture_wait_ms (fixture);
  g_assert_null (fixture->pictures->last_attachment);
  g_assert_cmpuint (fixture->camera->n_reads, ==, 1);
}

static void
test_picture_is_taken_later_if_so_set (IllustratorFixture *fixture,
                                       gconstpointer       data)
{
  illustrator_fixture_configure (fixture, "[message print-done]\npicture-delay=2\n");
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_DONE, NULL, NULL);
  illustrator_fixture_spin_ms (1000);
  g_assert_cmpuint (fixture->words->n_attempts, ==, 1);
  g_assert_cmpuint (fixture->camera->n_reads, ==, 0);
  illustrator_fixture_wait_ms (fixture);
  assert_sent (fixture, "snapshot", NULL);
}

/* The ring has looked while the part was still there; the camera is not asked once more. */
static void
test_picture_is_of_before_the_end_if_so_set (IllustratorFixture *fixture,
                                             gconstpointer       data)
{
  g_autoptr(HeraldPrinterState) state = herald_printer_state_new ();

  illustrator_fixture_configure (fixture, "[message print-done]\npicture-delay=-5\n");
  state->id = HERALD_STATE_PRINTING;
  state->progress = 99;
  herald_printer_set_connection (HERALD_PRINTER (fixture->camera), HERALD_CONNECTION_CONNECTED, NULL);
  herald_printer_set_state (HERALD_PRINTER (fixture->camera), state);
  illustrator_fixture_spin_ms (500);
  g_assert_cmpuint (fixture->camera->n_reads, ==, 1);

  illustrator_fixture_spin_ms (1200);
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_DONE, NULL, NULL);
  illustrator_fixture_wait_ms (fixture);
  assert_sent (fixture, "snapshot", NULL);
  g_assert_cmpuint (fixture->camera->n_reads, ==, 1);

  /* Nobody wants to look back any more. */
  illustrator_fixture_configure (fixture, "");
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_DONE, NULL, NULL);
  illustrator_fixture_wait_ms (fixture);
  g_assert_cmpuint (fixture->camera->n_reads, ==, 2);
}

/* A pause may last all night, and nothing moves. */
static void
test_nobody_looks_at_a_pause (IllustratorFixture *fixture,
                              gconstpointer       data)
{
  g_autoptr(HeraldPrinterState) state = herald_printer_state_new ();

  illustrator_fixture_configure (fixture, "[message print-done]\npicture-delay=-5\n");
  state->id = HERALD_STATE_PAUSED;
  state->progress = 99;
  herald_printer_set_connection (HERALD_PRINTER (fixture->camera), HERALD_CONNECTION_CONNECTED, NULL);
  herald_printer_set_state (HERALD_PRINTER (fixture->camera), state);
  illustrator_fixture_spin_ms (500);
  g_assert_cmpuint (fixture->camera->n_reads, ==, 0);
}

static void
test_given_picture_goes_along (IllustratorFixture *fixture,
                               gconstpointer       data)
{
  g_autoptr(HeraldPicture) given = herald_picture_new_from_bytes (fixture->camera->picture, NULL);

  illustrator_fixture_tell (fixture, HERALD_KIND_CUSTOM, "all", given);
  illustrator_fixture_wait_ms (fixture);
  assert_sent (fixture, "file", NULL);
  g_assert_cmpuint (fixture->camera->n_reads, ==, 0);
}

static void
test_film_that_nobody_takes_is_told (IllustratorFixture *fixture,
                                     gconstpointer       data)
{
  static const guint8 head[200] = "\0\0\0\x18" "ftypisom";
  g_autoptr(GBytes) bytes = g_bytes_new_static (head, sizeof head);
  g_autoptr(HeraldPicture) given = herald_picture_new_from_bytes (bytes, NULL);

  g_assert_nonnull (given);
  illustrator_fixture_tell (fixture, HERALD_KIND_CUSTOM, "all", given);
  illustrator_fixture_wait_ms (fixture);
  assert_sent (fixture, NULL, "The film goes only where films of its size can be sent.");
}

static void
test_test_message_shows_the_camera (IllustratorFixture *fixture,
                                    gconstpointer       data)
{
  illustrator_fixture_tell (fixture, HERALD_KIND_TEST, "all", NULL);
  illustrator_fixture_wait_ms (fixture);
  assert_sent (fixture, "snapshot", NULL);
}

static void
test_stopped_while_it_waits (IllustratorFixture *fixture,
                             gconstpointer       data)
{
  g_autoptr(HeraldDelivery) delivery = NULL;

  fixture->camera->code = -2;
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_DONE, NULL, NULL);
  illustrator_fixture_spin_ms (200);
  illustrator_fixture_reopen (fixture);
  illustrator_fixture_wait_ms (fixture);
  delivery = illustrator_fixture_find (fixture, "pictures");
  g_assert_cmpint (delivery->state, ==, HERALD_DELIVERY_DELIVERED);
  g_assert_cmpstr (delivery->note, ==, "No picture: OctoHerald was started again in the meantime.");
  g_assert_cmpuint (fixture->pictures->n_attempts, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ILLUSTRATOR_ADD ("/illustrator/who-takes-it", NULL, test_picture_goes_to_who_takes_it);
  ILLUSTRATOR_ADD ("/illustrator/nobody", NULL, test_nobody_looks_for_what_nobody_gets);
  ILLUSTRATOR_ADD ("/illustrator/no-camera", NULL, test_no_camera_is_no_news);
  ILLUSTRATOR_ADD ("/illustrator/chosen", NULL, test_who_chose_a_picture_hears_why_not);
  ILLUSTRATOR_ADD ("/illustrator/fails", NULL, test_camera_that_fails_is_told);
  ILLUSTRATOR_ADD ("/illustrator/placeholder", NULL, test_placeholder_stands_in);
  ILLUSTRATOR_ADD ("/illustrator/placeholder-camera", NULL, test_placeholder_stands_in_for_a_camera_only);
  ILLUSTRATOR_ADD ("/illustrator/deadline", NULL, test_words_do_not_wait_for_ever);
  ILLUSTRATOR_ADD ("/illustrator/broken", NULL, test_broken_picture_costs_the_picture_alone);
  ILLUSTRATOR_ADD ("/illustrator/fallback", NULL, test_thumbnail_falls_back_as_it_is_set);
  ILLUSTRATOR_ADD ("/illustrator/delay", NULL, test_picture_is_taken_later_if_so_set);
  ILLUSTRATOR_ADD ("/illustrator/before-the-end", NULL, test_picture_is_of_before_the_end_if_so_set);
  ILLUSTRATOR_ADD ("/illustrator/pause", NULL, test_nobody_looks_at_a_pause);
  ILLUSTRATOR_ADD ("/illustrator/given", NULL, test_given_picture_goes_along);
  ILLUSTRATOR_ADD ("/illustrator/film", NULL, test_film_that_nobody_takes_is_told);
  ILLUSTRATOR_ADD ("/illustrator/test", NULL, test_test_message_shows_the_camera);
  ILLUSTRATOR_ADD ("/illustrator/stopped", NULL, test_stopped_while_it_waits);

  return g_test_run ();
}
