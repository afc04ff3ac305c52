/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#define G_LOG_DOMAIN "herald-test-full-disk"

#include "outbox-fixture.h"

#include <errno.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

/* More than a disk of 1 MiB holds */
#define N_EVENTS_MAX 5000

/* What is mounted here nobody else sees, and it goes with this process. */
static gboolean
mount_small_disk (const char *path)
{
  return unshare (CLONE_NEWNS) == 0 && mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
         mount ("tmpfs", path, "tmpfs", 0, "size=1m,mode=700") == 0;
}

static gboolean
say (Fixture  *fixture,
     guint     number,
     GError  **error)
{
  g_autofree char *dedupe = g_strdup_printf ("event-%u", number);
  g_autoptr(HeraldEvent) event = herald_event_new (HERALD_KIND_PRINT_DONE, HERALD_SOURCE_LIVE,
                                                   "mk3", dedupe, dedupe, 1, NULL);
  HeraldMessage content = { .kind = HERALD_KIND_PRINT_DONE, .title = dedupe, .text = dedupe };
  g_autoptr(HeraldMessage) message = herald_message_new (&content);
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_draft_free);

  g_ptr_array_add (drafts, herald_draft_new ("one", "fake", "a", 3600, message));
  g_ptr_array_add (drafts, herald_draft_new ("one", "fake", "b", 3600, message));

  return herald_outbox_accept (fixture->outbox, event, drafts, NULL, error);
}

static guint64
count (Fixture *fixture)
{
  HeraldLedger ledger;

  herald_outbox_get_ledger (fixture->outbox, &ledger);
  return ledger.total;
}

/* A picture that finds no room leaves the words, and no half of itself. */
static void
assert_picture_finds_no_room (Fixture *fixture)
{
  g_autofree char *large = g_strnfill (10 * 1024 * 1024, 'x');
  g_autofree char *folder = g_build_filename (g_getenv ("TMPDIR"), "pictures", NULL);
  g_autoptr(GDir) directory = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  HeraldDelivery *delivery;

  fixture_illustrate (fixture, fixture_say_held (fixture, HERALD_KIND_PRINT_DONE, "held", 8000, TRUE), "one", large);
  rows = fixture_query (fixture, 0);
  delivery = rows->pdata[0];
  g_assert_null (delivery->picture);
  g_assert_cmpstr (delivery->note, ==, "No picture: the disk is full.");
  directory = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (directory);
  g_assert_null (g_dir_read_name (directory));
}

static void
test_full_disk_is_told_and_got_over (void)
{
  Fixture fixture = { 0 };
  g_autofree char *mount_point = g_dir_make_tmp ("full-XXXXXX", NULL);
  g_autoptr(GError) error = NULL;
  guint n_accepted = 0;

  if (!mount_small_disk (mount_point))
    {
      g_autofree char *reason = g_strdup_printf ("A small disk cannot be mounted: %s",
                                                 g_strerror (errno));

      g_test_skip (reason);
      rmdir (mount_point);
      return;
    }

  g_setenv ("TMPDIR", mount_point, TRUE);
  fixture.path = g_build_filename (mount_point, "herald.db", NULL);
  fixture.channels = g_list_store_new (HERALD_TYPE_CHANNEL);
  fixture.clock = fake_clock_new ();
  fixture_open (&fixture);

  while (n_accepted < N_EVENTS_MAX && say (&fixture, n_accepted, &error))
    n_accepted++;
  g_assert_cmpuint (n_accepted, >, 10);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpstr (error->message, ==,
                   "The disk is full. Messages cannot be kept until there is room.");
  g_assert_cmpuint (count (&fixture), ==, 2 * n_accepted);
  g_assert_false (say (&fixture, n_accepted, NULL));

  g_assert_cmpint (mount ("tmpfs", mount_point, "tmpfs", MS_REMOUNT, "size=8m,mode=700"), ==, 0);
  g_clear_error (&error);
  g_assert_true (say (&fixture, n_accepted, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (&fixture), ==, 2 * (n_accepted + 1));
  assert_picture_finds_no_room (&fixture);

  fixture_close (&fixture);
  fixture_open (&fixture);
  g_assert_cmpuint (count (&fixture), ==, 2 * (n_accepted + 1) + 1);
  g_test_message ("n=%u events until the disk of 1 MiB was full", n_accepted);
  fixture_close (&fixture);
  g_clear_object (&fixture.channels);
  g_clear_object (&fixture.clock);
  g_free (fixture.path);
  umount2 (mount_point, MNT_DETACH);
  rmdir (mount_point);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/outbox/full-disk", test_full_disk_is_told_and_got_over);

  return g_test_run ();
}
