/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-outbox-pictures"

#include "outbox-fixture.h"

#include <string.h>

#include <glib/gstdio.h>

#include "core/base/error.h"
#include "core/outbox/outbox-held.h"

#define HOLD_MS 8000

static gint64
say_held (Fixture    *fixture,
          const char *dedupe)
{
  return fixture_say_held (fixture, HERALD_KIND_PRINT_DONE, dedupe, HOLD_MS, TRUE);
}

static guint
count_files (Fixture *fixture)
{
  g_autofree char *folder = g_build_filename (fixture->directory, "pictures", NULL);
  g_autoptr(GDir) directory = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (directory != NULL && g_dir_read_name (directory) != NULL)
    n++;

  return n;
}

static void
assert_note (Fixture    *fixture,
             gint64      id,
             const char *note)
{
  g_autoptr(GPtrArray) rows = fixture_query (fixture, id);

  g_assert_cmpstr (((HeraldDelivery *) rows->pdata[0])->note, ==, note);
}

static void
test_held_goes_out_with_its_picture (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autoptr(GPtrArray) rows = NULL;
  HeraldDelivery *delivery;
  HeraldAttachment *sent;
  gint64 event;
  GStatBuf info;

  herald_outbox_start (fixture->outbox);
  event = say_held (fixture, "a");
  fixture_spin ();
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 0);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_PENDING);

  fixture_illustrate (fixture, event, "one", "a picture");
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
  sent = fixture->channel->last_attachment;
  g_assert_nonnull (sent);
  g_assert_cmpmem (g_bytes_get_data (sent->bytes, NULL), g_bytes_get_size (sent->bytes), "a picture", 9);
  g_assert_cmpstr (sent->media_type, ==, "image/jpeg");
  g_assert_cmpuint (sent->width, ==, 640);

  rows = fixture_query (fixture, 1);
  delivery = rows->pdata[0];
  g_assert_cmpstr (delivery->picture_kind, ==, "snapshot");
  g_assert_true (g_str_has_prefix (delivery->picture->path, fixture->directory));
  g_assert_cmpint (g_stat (delivery->picture->path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  assert_note (fixture, 1, NULL);
}

static void
test_deadline_sends_the_words_alone (Fixture       *fixture,
                                     gconstpointer  data)
{
  gint64 event = say_held (fixture, "a");

  herald_outbox_start (fixture->outbox);
  fake_clock_advance (fixture->clock, HOLD_MS - 1);
  fixture_look_again (fixture);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 0);
  fake_clock_advance (fixture->clock, 1);
  fixture_look_again (fixture);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
  assert_note (fixture, 1, "No picture: it was not there in time.");

  /* What comes after it is nobody's, is sent to nobody, and leaves nothing behind. */
  fixture_illustrate (fixture, event, "one", "too late");
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
  g_assert_null (fixture->channel->last_attachment);
  g_assert_cmpuint (count_files (fixture), ==, 0);
  assert_note (fixture, 1, "No picture: it was not there in time.");
}

static void
test_network_coming_back_does_not_end_the_wait (Fixture       *fixture,
                                                gconstpointer  data)
{
  herald_outbox_start (fixture->outbox);
  say_held (fixture, "a");
  herald_outbox_resume (fixture->outbox, NULL);
  herald_outbox_resume (fixture->outbox, "one");
  fixture_spin ();
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 0);
}

static void
test_new_start_sends_the_words_alone (Fixture       *fixture,
                                      gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (fixture->directory, "pictures", NULL);
  g_autofree char *half = g_build_filename (folder, "0123456789abcdef0123456789abcdef.jpg.X1Y2Z3",
                                            NULL);
  gint64 event = say_held (fixture, "a");

  g_assert_cmpint (g_mkdir (folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents (half, "half", -1, NULL));
  fixture_close (fixture);
  fixture_open (fixture);
  g_assert_cmpuint (count_files (fixture), ==, 0);
  herald_outbox_start (fixture->outbox);
  fixture_spin ();
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
  assert_note (fixture, 1, "No picture: OctoHerald was started again in the meantime.");
  fixture_illustrate (fixture, event, "one", "too late");
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
}

static void
test_picture_survives_restart_and_retry (Fixture       *fixture,
                                         gconstpointer  data)
{
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;

  fixture->channel->code = HERALD_ERROR_AMBIGUOUS;
  fixture_illustrate (fixture, say_held (fixture, "a"), "one", "the picture");
  fixture_close (fixture);
  fixture_open (fixture);
  g_assert_cmpuint (count_files (fixture), ==, 1);
  herald_outbox_start (fixture->outbox);
  fixture_spin ();
  path = g_strdup (fixture->channel->last_attachment->path);
  herald_outbox_resume (fixture->outbox, "one");
  fixture_spin ();
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_PROBABLE);
  g_assert_cmpstr (fixture->channel->last_attachment->path, ==, path);

  fixture->channel->code = -1;
  g_assert_true (herald_outbox_retry (fixture->outbox, 1, &error));
  fixture_spin ();
  fixture_assert_state (fixture, 2, HERALD_DELIVERY_DELIVERED);
  g_assert_cmpstr (fixture->channel->last_attachment->path, ==, path);
}

static void
test_lost_file_sends_the_words_alone (Fixture       *fixture,
                                      gconstpointer  data)
{
  g_autoptr(GPtrArray) rows = NULL;
  HeraldDelivery *delivery;

  fixture_illustrate (fixture, say_held (fixture, "a"), "one", "the picture");
  rows = fixture_query (fixture, 1);
  delivery = rows->pdata[0];
  if (data != NULL)
    g_assert_true (g_file_set_contents (delivery->picture->path, data, -1, NULL));
  else
    g_assert_cmpint (g_unlink (delivery->picture->path), ==, 0);

  herald_outbox_start (fixture->outbox);
  fixture_spin ();
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
  g_assert_null (fixture->channel->last_attachment);
  assert_note (fixture, 1, "No picture: its file could not be read.");
}

/* A server that takes no such large message shall not cost the words. */
static void
test_refused_with_picture_goes_out_without (Fixture       *fixture,
                                            gconstpointer  data)
{
  fixture->channel->refuses_pictures = TRUE;
  herald_outbox_start (fixture->outbox);
  fixture_illustrate (fixture, say_held (fixture, "a"), "one", "too large");
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 2);
  g_assert_null (fixture->channel->last_attachment);
  assert_note (fixture, 1, "No picture: the message was refused with it.");

  fixture->channel->code = HERALD_ERROR_REJECTED;
  fixture_illustrate (fixture, say_held (fixture, "b"), "one", "too large");
  fixture_assert_state (fixture, 2, HERALD_DELIVERY_REJECTED);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 4);
}

/* A picture is not why there is no such mailbox; nobody is asked twice. */
static void
test_refused_recipient_is_not_about_the_picture (Fixture       *fixture,
                                                 gconstpointer  data)
{
  fixture->channel->commits = FALSE;
  fixture->channel->code = HERALD_ERROR_REJECTED;
  fixture->channel->step = "recipient";
  herald_outbox_start (fixture->outbox);
  fixture_illustrate (fixture, say_held (fixture, "a"), "one", "a picture");
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_REJECTED);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
  assert_note (fixture, 1, NULL);
}

static void
test_only_who_waits_gets_one (Fixture       *fixture,
                              gconstpointer  data)
{
  gint64 at_once, before;

  herald_outbox_start (fixture->outbox);
  at_once = fixture_say (fixture, HERALD_KIND_PRINT_STARTED, "at once");
  fixture_spin ();
  fixture_illustrate (fixture, at_once, "one", "nobody's");
  g_assert_null (fixture->channel->last_attachment);

  before = fixture_say_held (fixture, HERALD_KIND_PRINT_DONE, "b", HOLD_MS, FALSE);
  fixture_spin ();
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
  g_assert_true (herald_outbox_release (fixture->outbox, before, NULL));
  fixture_spin ();
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 2);
  assert_note (fixture, 2, NULL);

  say_held (fixture, "c");
  g_assert_true (herald_outbox_release (fixture->outbox, 3, NULL));
  fixture_spin ();
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 2);
  g_assert_true (herald_outbox_illustrate (fixture->outbox, 3, NULL, "snapshot", "No picture: why.", NULL));
  fixture_spin ();
  assert_note (fixture, 3, "No picture: why.");
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

static void
test_newer_news_makes_a_picture_pointless (Fixture       *fixture,
                                           gconstpointer  data)
{
  gint64 event = fixture_say_held (fixture, HERALD_KIND_PRINT_PROGRESS, "p10", HOLD_MS, TRUE);

  say_held (fixture, "done");
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_SUPERSEDED);
  fixture_illustrate (fixture, event, "one", "a picture");
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_SUPERSEDED);
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

static void
test_pictures_go_with_the_history (Fixture       *fixture,
                                   gconstpointer  data)
{
  herald_outbox_start (fixture->outbox);
  fixture_illustrate (fixture, say_held (fixture, "a"), "one", "the picture");
  /* It is read beside us. */
  for (guint i = 0; i < 100 && fixture->channel->n_attempts == 0; i++)
    fixture_spin ();
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
  g_assert_cmpuint (count_files (fixture), ==, 1);
  fake_clock_advance (fixture->clock, G_GINT64_CONSTANT (31) * 24 * 60 * 60 * 1000);
  fixture_look_again (fixture);
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_ADD ("/outbox/pictures/with-picture", NULL, test_held_goes_out_with_its_picture);
  FIXTURE_ADD ("/outbox/pictures/deadline", NULL, test_deadline_sends_the_words_alone);
  FIXTURE_ADD ("/outbox/pictures/network", NULL, test_network_coming_back_does_not_end_the_wait);
  FIXTURE_ADD ("/outbox/pictures/new-start", NULL, test_new_start_sends_the_words_alone);
  FIXTURE_ADD ("/outbox/pictures/retry", NULL, test_picture_survives_restart_and_retry);
  FIXTURE_ADD ("/outbox/pictures/file-gone", NULL, test_lost_file_sends_the_words_alone);
  FIXTURE_ADD ("/outbox/pictures/file-cut", "the pict", test_lost_file_sends_the_words_alone);
  FIXTURE_ADD ("/outbox/pictures/refused", NULL, test_refused_with_picture_goes_out_without);
  FIXTURE_ADD ("/outbox/pictures/refused-recipient", NULL, test_refused_recipient_is_not_about_the_picture);
  FIXTURE_ADD ("/outbox/pictures/who-waits", NULL, test_only_who_waits_gets_one);
  FIXTURE_ADD ("/outbox/pictures/superseded", NULL, test_newer_news_makes_a_picture_pointless);
  FIXTURE_ADD ("/outbox/pictures/retention", NULL, test_pictures_go_with_the_history);

  return g_test_run ();
}
