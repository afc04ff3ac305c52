/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-outbox-held"

#include "outbox-fixture.h"

#include <glib/gstdio.h>

#include "core/base/error.h"

#define HOLD_MS 60000

static gint64
say_held (Fixture         *fixture,
          HeraldEventKind  kind,
          const char      *dedupe)
{
  return fixture_say_held (fixture, kind, dedupe, HOLD_MS, TRUE);
}

static void
test_outcome_does_not_wait_for_a_progress (Fixture       *fixture,
                                           gconstpointer  data)
{
  herald_outbox_start (fixture->outbox);
  say_held (fixture, HERALD_KIND_PRINT_PROGRESS, "p10");
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "done");
  fixture_spin ();
  g_assert_cmpstr (fixture->channel->log->str, ==, "done ");
}

/* Whose heater burns does not want to wait for a picture of the bed. */
static void
test_urgent_passes_what_is_held (Fixture       *fixture,
                                 gconstpointer  data)
{
  gint64 event;

  herald_outbox_start (fixture->outbox);
  event = say_held (fixture, HERALD_KIND_PRINT_DONE, "done");
  fixture_say (fixture, HERALD_KIND_PRINTER_ERROR, "error");
  fixture_spin ();
  g_assert_cmpstr (fixture->channel->log->str, ==, "error ");
  fixture_illustrate (fixture, event, "one", "a picture");
  g_assert_cmpstr (fixture->channel->log->str, ==, "error done ");
  g_assert_nonnull (fixture->channel->last_attachment);
}

static void
test_urgent_passes_after_a_failure_too (Fixture       *fixture,
                                        gconstpointer  data)
{
  fixture->channel->code = HERALD_ERROR_UNREACHABLE;
  fixture->channel->commits = FALSE;
  herald_outbox_start (fixture->outbox);
  say_held (fixture, HERALD_KIND_PRINT_DONE, "done");
  fixture_say (fixture, HERALD_KIND_PRINTER_ERROR, "error");
  fixture_spin ();
  fixture->channel->code = -1;
  fake_clock_advance (fixture->clock, 15000);
  fixture_look_again (fixture);
  g_assert_cmpstr (fixture->channel->log->str, ==, "error error ");
}

/* All others keep their order, and so does what is urgent when an older one is being tried. */
static void
test_others_keep_their_order (Fixture       *fixture,
                              gconstpointer  data)
{
  gint64 event;

  herald_outbox_start (fixture->outbox);
  event = say_held (fixture, HERALD_KIND_PRINT_STARTED, "start");
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "done");
  fixture_spin ();
  g_assert_cmpstr (fixture->channel->log->str, ==, "");

  fixture->channel->code = HERALD_ERROR_UNREACHABLE;
  fixture->channel->commits = FALSE;
  fixture_illustrate (fixture, event, "one", "a picture");
  fixture_say (fixture, HERALD_KIND_PRINTER_ERROR, "error");
  fixture_spin ();
  g_assert_cmpstr (fixture->channel->log->str, ==, "start ");

  fixture->channel->code = -1;
  herald_outbox_resume (fixture->outbox, "one");
  fixture_spin ();
  g_assert_cmpstr (fixture->channel->log->str, ==, "start start done error ");
}

static void
test_held_is_cancelled_with_its_channel (Fixture       *fixture,
                                         gconstpointer  data)
{
  gint64 event;

  herald_outbox_start (fixture->outbox);
  event = say_held (fixture, HERALD_KIND_PRINT_DONE, "done");
  g_list_store_remove_all (fixture->channels);
  fixture_spin ();
  fixture_illustrate (fixture, event, "one", "a picture");
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_CANCELLED);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 0);
}

/* The limits count hours of this boot; whatever somebody sets the clock to, the words come in time. */
static void
test_clock_that_is_set_changes_no_wait (Fixture       *fixture,
                                        gconstpointer  data)
{
  herald_outbox_start (fixture->outbox);
  say_held (fixture, HERALD_KIND_PRINT_DONE, "done");
  fixture->clock->wall_ms += GPOINTER_TO_INT (data) * (gint64) 24 * 60 * 60 * 1000;
  fixture_look_again (fixture);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 0);
  fake_clock_advance (fixture->clock, HOLD_MS);
  fixture_look_again (fixture);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
}

/* What the disk does not take costs the picture alone. */
static void
test_picture_that_cannot_be_kept_costs_no_words (Fixture       *fixture,
                                                 gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (fixture->directory, "pictures", NULL);
  g_autoptr(GPtrArray) rows = NULL;
  HeraldDelivery *delivery;

  g_assert_true (g_file_set_contents (folder, "in the way", -1, NULL));
  herald_outbox_start (fixture->outbox);
  fixture_illustrate (fixture, say_held (fixture, HERALD_KIND_PRINT_DONE, "done"), "one", "a picture");
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
  rows = fixture_query (fixture, 1);
  delivery = rows->pdata[0];
  g_assert_null (delivery->picture);
  g_assert_true (g_str_has_prefix (delivery->note, "No picture: "));
}

/* A disk that does not even take the note must not make a refused picture cost the words. */
static void
test_refusal_that_cannot_be_noted_costs_no_words (Fixture       *fixture,
                                                  gconstpointer  data)
{
  fixture_close (fixture);
  fixture_run_sql (fixture, "CREATE TRIGGER fault BEFORE UPDATE OF picture ON delivery WHEN new.picture IS NULL"
                            " BEGIN SELECT RAISE(ABORT,'fault'); END");
  fixture_open (fixture);
  fixture->channel->refuses_pictures = TRUE;
  herald_outbox_start (fixture->outbox);
  fixture_illustrate (fixture, say_held (fixture, HERALD_KIND_PRINT_DONE, "done"), "one", "too large");
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DEFERRED);

  fixture_close (fixture);
  fixture_run_sql (fixture, "DROP TRIGGER fault");
  fixture_open (fixture);
  herald_outbox_start (fixture->outbox);
  fake_clock_advance (fixture->clock, HOLD_MS);
  fixture_look_again (fixture);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
  g_assert_null (fixture->channel->last_attachment);
}

/* Whoever wants no words without their picture has said so to the channel. */
static void
test_channel_that_keeps_its_picture_is_not_asked_again (Fixture       *fixture,
                                                        gconstpointer  data)
{
  fixture->channel->refuses_pictures = TRUE;
  fixture->channel->keeps_pictures = TRUE;
  herald_outbox_start (fixture->outbox);
  fixture_illustrate (fixture, say_held (fixture, HERALD_KIND_PRINT_DONE, "done"), "one", "too large");
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_REJECTED);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
}

static void
test_channel_hears_how_often_it_was_tried (Fixture       *fixture,
                                           gconstpointer  data)
{
  fixture->channel->code = HERALD_ERROR_BUSY;
  fixture->channel->retry_after_s = 1;
  herald_outbox_start (fixture->outbox);
  fixture_illustrate (fixture, say_held (fixture, HERALD_KIND_PRINT_DONE, "done"), "one", "later");
  g_assert_cmpuint (fixture->channel->last_n_tries, ==, 1);
  fake_clock_advance (fixture->clock, 10 * 1000);
  fixture_look_again (fixture);
  g_assert_cmpuint (fixture->channel->last_n_tries, ==, 2);
}

/* 512 MB at any time, not only after a start or a day */
static void
test_too_many_pictures_lose_the_oldest (Fixture       *fixture,
                                        gconstpointer  data)
{
  g_autoptr(GPtrArray) rows = NULL;
  HeraldDelivery *oldest, *middle, *newest;

  herald_outbox_start (fixture->outbox);
  fixture_illustrate (fixture, say_held (fixture, HERALD_KIND_PRINT_DONE, "a"), "one", "oldest");
  fixture_illustrate (fixture, say_held (fixture, HERALD_KIND_PRINT_DONE, "b"), "one", "middle");
  fixture_close (fixture);
  fixture_run_sql (fixture, "UPDATE picture SET bytes=268435456");
  fixture_open (fixture);
  herald_outbox_start (fixture->outbox);
  fixture_spin ();
  fixture_illustrate (fixture, say_held (fixture, HERALD_KIND_PRINT_DONE, "c"), "one", "newest");
  rows = fixture_query (fixture, 0);
  newest = rows->pdata[0];
  middle = rows->pdata[1];
  oldest = rows->pdata[2];
  g_assert_null (oldest->picture);
  g_assert_nonnull (middle->picture);
  g_assert_true (g_file_test (newest->picture->path, G_FILE_TEST_EXISTS));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_ADD ("/outbox/held/outcome", NULL, test_outcome_does_not_wait_for_a_progress);
  FIXTURE_ADD ("/outbox/held/urgent", NULL, test_urgent_passes_what_is_held);
  FIXTURE_ADD ("/outbox/held/urgent-again", NULL, test_urgent_passes_after_a_failure_too);
  FIXTURE_ADD ("/outbox/held/order", NULL, test_others_keep_their_order);
  FIXTURE_ADD ("/outbox/held/removed-channel", NULL, test_held_is_cancelled_with_its_channel);
  FIXTURE_ADD ("/outbox/held/clock-forward", GINT_TO_POINTER (400), test_clock_that_is_set_changes_no_wait);
  FIXTURE_ADD ("/outbox/held/clock-back", GINT_TO_POINTER (-400), test_clock_that_is_set_changes_no_wait);
  FIXTURE_ADD ("/outbox/held/no-room", NULL, test_picture_that_cannot_be_kept_costs_no_words);
  FIXTURE_ADD ("/outbox/held/no-note", NULL, test_refusal_that_cannot_be_noted_costs_no_words);
  FIXTURE_ADD ("/outbox/held/keeps-picture", NULL, test_channel_that_keeps_its_picture_is_not_asked_again);
  FIXTURE_ADD ("/outbox/held/tries", NULL, test_channel_hears_how_often_it_was_tried);
  FIXTURE_ADD ("/outbox/held/too-many", NULL, test_too_many_pictures_lose_the_oldest);

  return g_test_run ();
}
