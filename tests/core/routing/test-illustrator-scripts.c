/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-illustrator-scripts"

#include "illustrator-fixture.h"

#include <string.h>

#include <glib/gstdio.h>

#include "core/base/error.h"

static void
write_script (IllustratorFixture *fixture,
              const char         *name,
              const char         *line)
{
  g_autofree char *path = g_build_filename (fixture->directory, name, NULL);
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\n%s\necho $OCTOHERALD_PHASE >>%s/log\n"
                                           "echo $OCTOHERALD_EVENT >>%s/events\n",
                                           line, fixture->directory, fixture->directory);

  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
}

/* @before: a line of its script; @after likewise, or NULL for no script */
static void
use_scripts (IllustratorFixture *fixture,
             const char         *before,
             const char         *after)
{
  g_autofree char *text = g_strdup_printf ("allow-scripts=true\nscript-before=%s/before\n%s%s%s\n",
                                           fixture->directory, after != NULL ? "script-after=" : "",
                                           after != NULL ? fixture->directory : "", after != NULL ? "/after" : "");

  write_script (fixture, "before", before);
  if (after != NULL)
    write_script (fixture, "after", after);
  illustrator_fixture_configure (fixture, text);
}

static char *
read_file (IllustratorFixture *fixture,
           const char         *name)
{
  g_autofree char *path = g_build_filename (fixture->directory, name, NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : g_strdup ("");
}

static char *
read_log (IllustratorFixture *fixture)
{
  return read_file (fixture, "log");
}

static void
test_scripts_enclose_the_message (IllustratorFixture *fixture,
                                  gconstpointer       data)
{
  g_autofree char *log = NULL;

  use_scripts (fixture, "sleep 0.5", "sleep 0");
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_DONE, NULL, NULL);
  illustrator_fixture_spin_ms (200);
  g_assert_cmpuint (fixture->words->n_attempts, ==, 0);
  g_assert_cmpuint (fixture->camera->n_reads, ==, 0);
  illustrator_fixture_wait_ms (fixture);
  g_assert_nonnull (fixture->pictures->last_attachment);
  illustrator_fixture_spin_ms (500);
  log = read_log (fixture);
  g_assert_cmpstr (log, ==, "before\nafter\n");
}

/* So that who hears of the end knows of which message: the same before and after, and of no other */
static void
test_scripts_are_told_of_which_message (IllustratorFixture *fixture,
                                        gconstpointer       data)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) events = NULL;

  use_scripts (fixture, "sleep 0", "sleep 0");
  for (guint i = 0; i < 2; i++)
    {
      illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_DONE, NULL, NULL);
      illustrator_fixture_wait_ms (fixture);
      illustrator_fixture_spin_ms (500);
    }
  text = read_file (fixture, "events");
  events = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (events), ==, 5);
  g_assert_true (g_str_has_prefix (events[0], "event-"));
  g_assert_cmpstr (events[0], ==, events[1]);
  g_assert_cmpstr (events[2], ==, events[3]);
  g_assert_cmpstr (events[0], !=, events[2]);
}

/* Who is told that a message was sent shall be able to rely on it. */
static void
test_after_comes_after_the_sending (IllustratorFixture *fixture,
                                    gconstpointer       data)
{
  g_autofree char *early = NULL;
  g_autofree char *log = NULL;

  use_scripts (fixture, "sleep 0", "sleep 0");
  fixture->pictures->code = -2;
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_DONE, NULL, NULL);
  illustrator_fixture_spin_ms (1500);
  g_assert_cmpuint (fixture->pictures->n_attempts, ==, 1);
  early = read_log (fixture);
  g_assert_cmpstr (early, ==, "before\n");

  herald_outbox_stop (fixture->outbox);
  illustrator_fixture_spin_ms (500);
  log = read_log (fixture);
  g_assert_cmpstr (log, ==, "before\nafter\n");
}

/* It is killed; its message, which was on the disk before, goes out at the next start. */
static void
test_stopped_while_a_script_runs (IllustratorFixture *fixture,
                                  gconstpointer       data)
{
  g_autoptr(HeraldDelivery) words = NULL;
  g_autoptr(HeraldDelivery) picture = NULL;
  g_autofree char *log = NULL;

  use_scripts (fixture, "sleep 20", "sleep 0");
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_DONE, NULL, NULL);
  illustrator_fixture_spin_ms (200);
  illustrator_fixture_reopen (fixture);
  g_assert_cmpint (illustrator_fixture_wait_ms (fixture), <, 2000);
  words = illustrator_fixture_find (fixture, "words");
  picture = illustrator_fixture_find (fixture, "pictures");
  g_assert_cmpint (words->state, ==, HERALD_DELIVERY_DELIVERED);
  g_assert_null (words->note);
  g_assert_cmpint (picture->state, ==, HERALD_DELIVERY_DELIVERED);
  g_assert_cmpstr (picture->note, ==, "No picture: OctoHerald was started again in the meantime.");
  log = read_log (fixture);
  g_assert_cmpstr (log, ==, "");
}

/* @data: the line of a script that fails; NULL if it is not even there, "" if it may not be run */
static void
test_failing_script_stops_nothing (IllustratorFixture *fixture,
                                   gconstpointer       data)
{
  g_autoptr(HeraldDelivery) delivery = NULL;
  g_autofree char *path = g_build_filename (fixture->directory, "before", NULL);

  use_scripts (fixture, data != NULL ? data : "", NULL);
  if (data == NULL)
    g_assert_cmpint (g_unlink (path), ==, 0);
  else if (g_str_equal (data, ""))
    g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_DONE, NULL, NULL);
  illustrator_fixture_wait_ms (fixture);
  delivery = illustrator_fixture_find (fixture, "pictures");
  g_assert_cmpint (delivery->state, ==, HERALD_DELIVERY_DELIVERED);
  g_assert_nonnull (delivery->picture);
  g_assert_null (delivery->note);
}

static void
test_script_runs_for_nobody (IllustratorFixture *fixture,
                             gconstpointer       data)
{
  g_autofree char *log = NULL;

  use_scripts (fixture, "sleep 0", "sleep 0");
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_DONE, "none", NULL);
  illustrator_fixture_spin_ms (300);
  log = read_log (fixture);
  g_assert_cmpstr (log, ==, "");
}

/* The script has switched on the lamp, which takes a moment. */
static void
test_dark_picture_is_taken_again (IllustratorFixture *fixture,
                                  gconstpointer       data)
{
  g_autoptr(HeraldValues) settings = herald_values_copy (herald_printer_get_settings (HERALD_PRINTER (fixture->camera)));

  herald_values_set (settings, "snapshot-timeout", "5");
  herald_printer_set_settings (HERALD_PRINTER (fixture->camera), settings);
  if (data != NULL)
    use_scripts (fixture, "sleep 0", NULL);
  g_clear_pointer (&fixture->camera->picture, g_bytes_unref);
  fixture->camera->picture = scripted_camera_make_grey (5);
  fixture->camera->next = scripted_camera_make_grey (150);
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_DONE, NULL, NULL);
  illustrator_fixture_wait_ms (fixture);
  g_assert_cmpuint (fixture->camera->n_reads, ==, data != NULL ? 2 : 1);
  g_assert_nonnull (fixture->pictures->last_attachment);
}

/* A channel that waits for a person would keep the lamp on for days. */
static void
test_held_channel_does_not_keep_the_script (IllustratorFixture *fixture,
                                            gconstpointer       data)
{
  g_autofree char *log = NULL;

  use_scripts (fixture, "sleep 0", "sleep 0");
  herald_channel_set_problem (HERALD_CHANNEL (fixture->pictures), "The password is wrong.");
  illustrator_fixture_tell (fixture, HERALD_KIND_PRINT_DONE, NULL, NULL);
  illustrator_fixture_spin_ms (1500);
  log = read_log (fixture);
  g_assert_cmpstr (log, ==, "before\nafter\n");
  g_assert_cmpuint (fixture->pictures->n_attempts, ==, 0);
}

/* Whether somebody is at the desk is known at once, or not for hours. */
static void
test_desk_does_not_keep_the_script (IllustratorFixture *fixture,
                                    gconstpointer       data)
{
  g_autofree char *early = NULL;
  g_autofree char *late = NULL;

  use_scripts (fixture, "sleep 0", "sleep 0");
  fixture->desk_ms = 3600 * 1000;
  illustrator_fixture_tell (fixture, HERALD_KIND_CUSTOM, NULL, NULL);
  illustrator_fixture_spin_ms (5 * 1000);
  early = read_log (fixture);
  g_assert_cmpstr (early, ==, "before\n");
  illustrator_fixture_spin_ms (12 * 1000);
  late = read_log (fixture);
  g_assert_cmpstr (late, ==, "before\nafter\n");
  g_assert_cmpuint (fixture->words->n_attempts, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ILLUSTRATOR_ADD ("/illustrator/scripts/enclose", NULL, test_scripts_enclose_the_message);
  ILLUSTRATOR_ADD ("/illustrator/scripts/which", NULL, test_scripts_are_told_of_which_message);
  ILLUSTRATOR_ADD ("/illustrator/scripts/sent", NULL, test_after_comes_after_the_sending);
  ILLUSTRATOR_ADD ("/illustrator/scripts/stopped", NULL, test_stopped_while_a_script_runs);
  ILLUSTRATOR_ADD ("/illustrator/scripts/failing", "exit 3", test_failing_script_stops_nothing);
  ILLUSTRATOR_ADD ("/illustrator/scripts/missing", NULL, test_failing_script_stops_nothing);
  ILLUSTRATOR_ADD ("/illustrator/scripts/not-executable", "", test_failing_script_stops_nothing);
  ILLUSTRATOR_ADD ("/illustrator/scripts/nobody", NULL, test_script_runs_for_nobody);
  ILLUSTRATOR_ADD ("/illustrator/scripts/dark", "yes", test_dark_picture_is_taken_again);
  ILLUSTRATOR_ADD ("/illustrator/scripts/dark-without", NULL, test_dark_picture_is_taken_again);
  ILLUSTRATOR_ADD ("/illustrator/scripts/held", NULL, test_held_channel_does_not_keep_the_script);
  ILLUSTRATOR_ADD ("/illustrator/scripts/desk", NULL, test_desk_does_not_keep_the_script);

  return g_test_run ();
}
