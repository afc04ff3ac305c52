/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-outbox-events"

#include "outbox-fixture.h"

/* Which events are the same, and whose id is whose */

#define KEY "mk3|cube.gcode@1795000000|print 3"

static gint64
accept_end (Fixture    *fixture,
            const char *job)
{
  g_autoptr(HeraldEvent) event = herald_event_new (HERALD_KIND_PRINT_DONE, HERALD_SOURCE_LIVE, "mk3", job, KEY,
                                                   herald_clock_get_wall_ms (HERALD_CLOCK (fixture->clock)), NULL);
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_draft_free);
  HeraldMessage content = { .kind = HERALD_KIND_PRINT_DONE, .printer = (char *) "mk3", .title = (char *) "done",
                            .text = (char *) "text" };
  g_autoptr(HeraldMessage) message = herald_message_new (&content);
  g_autoptr(GError) error = NULL;
  gint64 id = -1;

  g_ptr_array_add (drafts, herald_draft_new ("one", "fake", "somebody", 3600, message));
  g_assert_true (herald_outbox_accept (fixture->outbox, event, drafts, &id, &error));
  g_assert_no_error (error);

  return id;
}

static void
test_event_is_accepted_once (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr(GPtrArray) rows = NULL;

  g_assert_cmpint (accept_end (fixture, "cube.gcode@1"), >, 0);
  g_assert_cmpint (accept_end (fixture, "cube.gcode@1"), ==, 0);
  /* Found out afterwards, of a print that nobody saw */
  g_assert_cmpint (accept_end (fixture, NULL), ==, 0);
  rows = fixture_query (fixture, 0);
  g_assert_cmpuint (rows->len, ==, 1);
}

/* A server that has forgotten how often it has printed a file begins again with the first print. */
static void
test_other_print_with_the_same_number_is_told (Fixture       *fixture,
                                               gconstpointer  data)
{
  g_autoptr(GPtrArray) rows = NULL;

  g_assert_cmpint (accept_end (fixture, "cube.gcode@1"), >, 0);
  g_assert_cmpint (accept_end (fixture, "cube.gcode@2"), >, 0);
  g_assert_cmpint (accept_end (fixture, "cube.gcode@2"), ==, 0);
  g_assert_cmpint (accept_end (fixture, "cube.gcode@1"), ==, 0);
  g_assert_cmpint (accept_end (fixture, "cube.gcode@3"), >, 0);
  rows = fixture_query (fixture, 0);
  g_assert_cmpuint (rows->len, ==, 3);
}

/* Who has begun to take the picture of an event that was undone must not give it to another one. */
static void
test_id_of_what_was_undone_is_nobody_elses (Fixture       *fixture,
                                            gconstpointer  data)
{
  HeraldDatabase *database = herald_outbox_get_database (fixture->outbox);
  g_autoptr(GError) error = NULL;
  gint64 undone;
  gint64 written;

  g_assert_true (herald_database_begin (database, &error));
  g_assert_no_error (error);
  undone = accept_end (fixture, "cube.gcode@1");
  g_assert_cmpint (undone, >, 0);
  herald_database_roll_back (database);

  written = accept_end (fixture, "cube.gcode@1");
  g_assert_cmpint (written, >, undone);
  fixture_close (fixture);
  fixture_open (fixture);
  g_assert_cmpint (accept_end (fixture, "cube.gcode@2"), >, written);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_ADD ("/outbox/events/once", NULL, test_event_is_accepted_once);
  FIXTURE_ADD ("/outbox/events/other-print", NULL, test_other_print_with_the_same_number_is_told);
  FIXTURE_ADD ("/outbox/events/undone", NULL, test_id_of_what_was_undone_is_nobody_elses);

  return g_test_run ();
}
