/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-event-values"

#include "core/printers/event-values.h"

#include "core/base/text.h"
#include "core/printers/job-values.h"
#include "fixtures/watch-story.h"

/* A state with all that a server can say, 42 % into the print */
static void
show_all (WatchStory    *story,
          HeraldStateId  id)
{
  g_autoptr(HeraldPrinterState) state = herald_printer_state_new ();

  state->id = id;
  g_free (state->text);
  state->text = g_strdup (id == HERALD_STATE_PAUSED ? "Paused" : "Printing");
  state->path = g_strdup (WATCH_STORY_FILE);
  state->name = g_strdup ("cube.gcode");
  state->origin = g_strdup ("local");
  state->user = g_strdup ("anna");
  state->size_bytes = 694;
  state->filament_mm = 4230;
  state->progress = 42.7;
  state->elapsed_s = 49 * 3600 + 3 * 60;
  state->remaining_s = 3745;
  state->height_mm = 12.4;
  state->layer = 62;
  state->layers = 148;
  state->received_ms = story->now_ms;
  herald_printer_state_add_heater (state, "tool0", 214.6, 215);
  herald_printer_state_add_heater (state, "bed", 60.2, 60);
  herald_printer_state_add_heater (state, "chamber", 32, 0);
  watch_story_show_state (story, state);
}

static HeraldValues *
make_values (const char *first_name,
             ...)
{
  HeraldValues *values = herald_values_new ();
  va_list args;

  va_start (args, first_name);
  for (const char *name = first_name; name != NULL; name = va_arg (args, const char *))
    herald_values_set (values, name, va_arg (args, const char *));
  va_end (args);

  return values;
}

/* @expected: "name=value" … NULL; an empty value must be missing */
static void
assert_last (WatchStory *story,
             const char *kind,
             const char *first,
             ...)
{
  HeraldEvent *event = g_ptr_array_index (story->events, story->events->len - 1);
  va_list args;

  g_assert_cmpstr (herald_event_kind_get_info (event->kind)->id, ==, kind);
  va_start (args, first);
  for (const char *expected = first; expected != NULL; expected = va_arg (args, const char *))
    {
      g_auto(GStrv) parts = g_strsplit (expected, "=", 2);
      const char *value = herald_values_get (event->values, parts[0]);

      if (g_strcmp0 (value != NULL ? value : "", parts[1]) != 0)
        g_error ("%s: %s is “%s”, not “%s”", kind, parts[0], value, parts[1]);
    }
  va_end (args);
}

#define ASSERT_FILE(story, kind) \
  assert_last (story, kind, "name=cube.gcode", "file=cube", "path=" WATCH_STORY_FILE, "origin=local", "size=694", \
               "user=anna", "owner=anna", "filament=4.2 m", NULL)

#define ASSERT_PROGRESS(story, kind) \
  assert_last (story, kind, "progress=42", "spent=176580", "spent_formatted=49:03:00", "remaining=3745", \
               "remaining_formatted=01:02:25", "height=12.40", "layer=62", "layers=148", \
               "temperatures=tool 215/215 °C, bed 60/60 °C, chamber 32 °C", "tool=215", "tool_target=215", "bed=60", \
               "bed_target=60", "chamber=32", "chamber_target=0", NULL)

static void
begin (WatchStory *story)
{
  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  story->options.progress.step_percent = 0;
  story->now_ms += 1000;
  show_all (story, HERALD_STATE_PRINTING);
}

static void
test_f36_start_has_the_file (WatchStory    *story,
                             gconstpointer  user_data)
{
  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  assert_last (story, "print-started", "name=cube.gcode", "file=cube", "path=" WATCH_STORY_FILE, "origin=local",
               "user=anna", "spent=0", "progress=", "remaining=", "eta=", NULL);
}

static void
test_f37_end_has_its_time (WatchStory    *story,
                           gconstpointer  user_data)
{
  g_autoptr(HeraldValues) said = make_values ("time", "176600", "path", WATCH_STORY_FILE, NULL);

  begin (story);
  watch_story_say_values (story, HERALD_SIGNAL_DONE, said);
  ASSERT_FILE (story, "print-done");
  assert_last (story, "print-done", "time=176600", "time_formatted=49:03:20", "progress=100", "remaining=0", "eta=", NULL);
}

static void
test_f38_failure_has_its_reason (WatchStory    *story,
                                 gconstpointer  user_data)
{
  g_autoptr(HeraldValues) said = make_values ("time", "60", "reason", "error", "error", "Thermal runaway", NULL);

  begin (story);
  watch_story_say_values (story, HERALD_SIGNAL_FAILED, said);
  ASSERT_FILE (story, "print-failed");
  assert_last (story, "print-failed", "time=60", "reason=error", "error=Thermal runaway", "progress=42", NULL);
}

static void
test_f39_pause_resumption_and_cancel_have_the_position (WatchStory    *story,
                                                        gconstpointer  user_data)
{
  g_autoptr(HeraldValues) paused = make_values ("user", "bob", "position", "X 1.0 Y 2.0 Z 3.0", NULL);
  g_autoptr(HeraldValues) resumed = make_values ("user", "carla", NULL);
  g_autoptr(HeraldValues) cancelled = make_values ("position", "X 4.0 Y 5.0 Z 6.0", "time", "60", "owner", "anna", NULL);

  begin (story);
  watch_story_say_values (story, HERALD_SIGNAL_PAUSED, paused);
  assert_last (story, "print-paused", "file=cube", "position=X 1.0 Y 2.0 Z 3.0", "user=bob", "owner=anna", "eta=", NULL);
  ASSERT_PROGRESS (story, "print-paused");
  show_all (story, HERALD_STATE_PAUSED);
  watch_story_say_values (story, HERALD_SIGNAL_RESUMED, resumed);
  assert_last (story, "print-resumed", "file=cube", "position=X 1.0 Y 2.0 Z 3.0", "user=carla", "owner=anna", NULL);
  ASSERT_PROGRESS (story, "print-resumed");
  watch_story_say_values (story, HERALD_SIGNAL_CANCELLED, cancelled);
  /* Whoever it was: the print is anna’s. */
  assert_last (story, "print-cancelled", "position=X 4.0 Y 5.0 Z 6.0", "time_formatted=00:01:00", "user=anna", NULL);
}

static void
test_f40_progress_has_how_far_it_is (WatchStory    *story,
                                     gconstpointer  user_data)
{
  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  story->options.progress.step_percent = 42;
  show_all (story, HERALD_STATE_PRINTING);
  ASSERT_PROGRESS (story, "print-progress");
  ASSERT_FILE (story, "print-progress");
  assert_last (story, "print-progress", "reason=percent", "state=Printing", NULL);
}

/* Every message; but nothing of the print’s file where another file is spoken of. */
static void
test_f41_progress_is_in_every_message (WatchStory    *story,
                                       gconstpointer  user_data)
{
  g_autoptr(HeraldValues) upload = make_values ("name", "other.v2.stl.gcode", "path", "x/other.v2.stl.gcode", "origin",
                                                "local", NULL);
  g_autoptr(HeraldValues) film = make_values ("gcode", "old.gcode", "movie_basename", "old_1.mp4", NULL);
  g_autoptr(HeraldValues) call = make_values ("reason", "Come", NULL);
  g_autoptr(HeraldValues) unknown = make_values ("state", "Odd", NULL);

  begin (story);
  watch_story_say_values (story, HERALD_SIGNAL_FILE_UPLOADED, upload);
  ASSERT_PROGRESS (story, "file-uploaded");
  assert_last (story, "file-uploaded", "file=other.v2", "path=x/other.v2.stl.gcode", "size=", "filament=", "owner=", NULL);
  watch_story_say_values (story, HERALD_SIGNAL_TIMELAPSE_DONE, film);
  ASSERT_PROGRESS (story, "timelapse-done");
  assert_last (story, "timelapse-done", "file=old", "name=old.gcode", "path=", "size=", NULL);
  watch_story_say_values (story, HERALD_SIGNAL_UNKNOWN_STATE, unknown);
  ASSERT_PROGRESS (story, "printer-unknown");
  assert_last (story, "printer-unknown", "state=Odd", NULL);
  watch_story_say_values (story, HERALD_SIGNAL_ATTENTION_NEEDED, call);
  watch_story_wait (story, 1500);
  ASSERT_PROGRESS (story, "attention-needed");
  ASSERT_FILE (story, "attention-needed");
}

/* The state of the print before comes late, and is of the same file. */
static void
test_f41_nothing_of_the_print_before (WatchStory    *story,
                                      gconstpointer  user_data)
{
  begin (story);
  watch_story_say (story, HERALD_SIGNAL_DONE, NULL);
  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  assert_last (story, "print-started", "progress=", "remaining=", "spent=0", "height=", "filament=4.2 m", NULL);
}

static void
test_f42_size_and_people_are_known_throughout (WatchStory    *story,
                                               gconstpointer  user_data)
{
  g_autoptr(HeraldValues) cancelled = make_values ("time", "60", NULL);

  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  story->options.progress.step_percent = 42;
  show_all (story, HERALD_STATE_PRINTING);
  ASSERT_FILE (story, "print-progress");
  watch_story_say_values (story, HERALD_SIGNAL_CANCELLED, cancelled);
  ASSERT_FILE (story, "print-cancelled");
  assert_last (story, "print-cancelled", "time=60", "time_formatted=00:01:00", NULL);
}

static void
test_g20_progress_has_when_it_is_finished (WatchStory    *story,
                                           gconstpointer  user_data)
{
  g_autofree char *finish = NULL;
  g_autofree char *expected = NULL;

  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  story->options.progress.step_percent = 42;
  show_all (story, HERALD_STATE_PRINTING);
  finish = herald_text_format_moment (story->now_ms + 3745 * 1000, story->now_ms);
  expected = g_strconcat ("eta=", finish, NULL);
  assert_last (story, "print-progress", expected, NULL);
}

static void
test_f43_film_has_all_that_is_said_of_it (WatchStory    *story,
                                          gconstpointer  user_data)
{
  g_autoptr(HeraldValues) film = make_values ("gcode", "a.gcode", "movie", "/t/a_1.mp4", "movie_basename", "a_1.mp4",
                                              "movie_prefix", "a_1", "returncode", "1", "out", "said", "error", "bad",
                                              "reason", "returncode", NULL);

  watch_story_say_values (story, HERALD_SIGNAL_TIMELAPSE_FAILED, film);
  assert_last (story, "timelapse-failed", "gcode=a.gcode", "movie=/t/a_1.mp4", "movie_basename=a_1.mp4",
               "movie_prefix=a_1", "returncode=1", "out=said", "error=bad", "reason=returncode", "progress=", NULL);
}

static void
test_words_of_a_state_that_follows_are_used (WatchStory    *story,
                                             gconstpointer  user_data)
{
  g_autoptr(HeraldValues) words = make_values ("state", "Operational", NULL);

  watch_story_show (story, HERALD_STATE_OPERATIONAL, -1, NULL);
  watch_story_say (story, HERALD_SIGNAL_DISCONNECTED, NULL);
  assert_last (story, "printer-offline", "state=", NULL);
  watch_story_show (story, HERALD_STATE_CONNECTING, -1, NULL);
  watch_story_say_values (story, HERALD_SIGNAL_STATE_CHANGED, words);
  watch_story_say (story, HERALD_SIGNAL_CONNECTED, NULL);
  assert_last (story, "printer-operational", "state=Operational", NULL);
}

#define add(path, test) g_test_add (path, WatchStory, NULL, watch_story_set_up, test, watch_story_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/event-values/f36-start", test_f36_start_has_the_file);
  add ("/event-values/f37-done", test_f37_end_has_its_time);
  add ("/event-values/f38-failure", test_f38_failure_has_its_reason);
  add ("/event-values/f39-position", test_f39_pause_resumption_and_cancel_have_the_position);
  add ("/event-values/f40-progress", test_f40_progress_has_how_far_it_is);
  add ("/event-values/f41-every-message", test_f41_progress_is_in_every_message);
  add ("/event-values/f41-print-before", test_f41_nothing_of_the_print_before);
  add ("/event-values/f42-people", test_f42_size_and_people_are_known_throughout);
  add ("/event-values/g20-eta", test_g20_progress_has_when_it_is_finished);
  add ("/event-values/f43-film", test_f43_film_has_all_that_is_said_of_it);
  add ("/event-values/state", test_words_of_a_state_that_follows_are_used);

  return g_test_run ();
}
