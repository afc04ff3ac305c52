/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-message-script"

#include "core/routing/message-script.h"

#include <string.h>


#include "core/base/error.h"
#include "fixtures/script-box.h"

#define NOTE "#!/bin/sh\necho $OCTOHERALD_PHASE $OCTOHERALD_EVENT >> BOX/order\n"

typedef struct
{
  ScriptBox box;
  HeraldConfig *config;
  HeraldMessageScripts *scripts;
  guint n_under_way;
  GString *ends;
} Scene;

/* @settings: lines below [octoherald], with “BOX” for the folder */
static void
configure (Scene      *scene,
           const char *settings)
{
  g_autofree char *text = g_strconcat ("[octoherald]\nversion=1\n", settings, NULL);
  g_autofree char *path = script_box_add (&scene->box, "octoherald.conf", text, 0600);
  g_autoptr(GError) error = NULL;

  g_clear_object (&scene->scripts);
  g_clear_object (&scene->config);
  scene->config = herald_config_new (path, &error);
  g_assert_no_error (error);
  scene->scripts = herald_message_scripts_new (scene->config);
}

static void
set_up (Scene         *scene,
        gconstpointer  user_data)
{
  script_box_set_up (&scene->box, NULL);
  scene->ends = g_string_new (NULL);
  g_free (script_box_add (&scene->box, "note", NOTE, 0700));
  configure (scene, "allow-scripts=true\nscript-before=BOX/note\nscript-after=BOX/note\n");
}

static void
tear_down (Scene         *scene,
           gconstpointer  user_data)
{
  g_assert_finalize_object (g_steal_pointer (&scene->scripts));
  g_assert_finalize_object (g_steal_pointer (&scene->config));
  g_string_free (scene->ends, TRUE);
  script_box_tear_down (&scene->box, NULL);
}

static HeraldEvent *
make_event (const char *printer,
            const char *dedupe)
{
  g_autoptr(HeraldValues) values = herald_values_new ();

  herald_values_set (values, "file", "cube; $(touch BOX/harm) \"x\"");

  return herald_event_new (HERALD_KIND_PRINT_DONE, HERALD_SOURCE_LIVE, printer, "cube@1", dedupe, 1795228393000, values);
}

static void
on_run_ready (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Scene *scene = user_data;
  g_autoptr(GError) error = NULL;

  scene->n_under_way--;
  herald_message_scripts_run_finish (HERALD_MESSAGE_SCRIPTS (object), result, &error);
  g_string_append_printf (scene->ends, "%s\n", error != NULL ? error->message : "well");
}

static void
start (Scene             *scene,
       HeraldScriptPhase  phase,
       const char        *printer,
       const char        *dedupe,
       GCancellable      *cancellable)
{
  static const char *const channels[] = { "mail", "x", NULL };
  g_autoptr(HeraldEvent) event = make_event (printer, dedupe);

  scene->n_under_way++;
  herald_message_scripts_run_async (scene->scripts, phase, event, "Big `id` one", "Done; $(id)", "cube is\ndone", channels,
                                    phase == HERALD_SCRIPT_AFTER ? "/tmp/p.jpg" : NULL, cancellable, on_run_ready,
                                    scene);
}

static void
finish (Scene *scene)
{
  while (scene->n_under_way > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_order (Scene      *scene,
              const char *expected)
{
  g_autofree char *order = script_box_read (&scene->box, "order");

  g_assert_cmpstr (order, ==, expected);
}

static void
test_only_the_file_switches_them_on (Scene         *scene,
                                     gconstpointer  user_data)
{
  static const struct
  {
    const char *settings;
    gboolean before;
    gboolean after;
  } rows[] = {
    { "", FALSE, FALSE },
    { "script-before=/bin/true\nscript-after=/bin/true\n", FALSE, FALSE },
    { "allow-scripts=false\nscript-before=/bin/true\n", FALSE, FALSE },
    { "allow-scripts=yes\nscript-before=/bin/true\n", FALSE, FALSE },
    { "allow-scripts=true\n", FALSE, FALSE },
    { "allow-scripts=true\nscript-before=\nscript-after=/bin/true\n", FALSE, TRUE },
    { "allow-scripts=true\nscript-before=/bin/true\n", TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      configure (scene, rows[i].settings);
      g_assert_cmpint (herald_message_scripts_wants (scene->scripts, HERALD_SCRIPT_BEFORE), ==, rows[i].before);
      g_assert_cmpint (herald_message_scripts_wants (scene->scripts, HERALD_SCRIPT_AFTER), ==, rows[i].after);
    }

  configure (scene, "script-before=BOX/note\n");
  start (scene, HERALD_SCRIPT_BEFORE, "mk3", "one", NULL);
  finish (scene);
  g_assert_cmpstr (scene->ends->str, ==, "well\n");
  assert_order (scene, NULL);
}

static void
test_limit_is_kept_in_bounds (Scene         *scene,
                              gconstpointer  user_data)
{
  static const struct
  {
    const char *seconds;
    guint limit_s;
  } rows[] = { { "", 30 }, { "script-seconds=0\n", 1 }, { "script-seconds=7\n", 7 }, { "script-seconds=9999\n", 120 },
               { "script-seconds=-1\n", 1 }, { "script-seconds=soon\n", 30 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      configure (scene, rows[i].seconds);
      herald_message_scripts_set_patience (scene->scripts, 0);
      g_assert_cmpuint (herald_message_scripts_get_limit_ms (scene->scripts), ==, rows[i].limit_s * 1000 + 3000);
    }
}

static void
test_script_is_told_of_its_message (Scene         *scene,
                                    gconstpointer  user_data)
{
  g_autofree char *text = NULL;
  g_autofree char *title = NULL;

  g_free (script_box_add (&scene->box, "note",
                          "#!/bin/sh\ncat > BOX/input\necho \"$OCTOHERALD_TITLE\" > BOX/title\n", 0700));
  start (scene, HERALD_SCRIPT_AFTER, "mk3", "one", NULL);
  finish (scene);
  text = script_box_read (&scene->box, "input");
  title = script_box_read (&scene->box, "title");
  g_assert_true (g_str_has_prefix (text, "{\"phase\":\"after\",\"event\":\"one\","));
  g_assert_cmpstr (title, ==, "Done; $(id)\n");
}

static void
test_messages_of_a_printer_take_turns (Scene         *scene,
                                       gconstpointer  user_data)
{
  start (scene, HERALD_SCRIPT_BEFORE, "mk3", "one", NULL);
  start (scene, HERALD_SCRIPT_BEFORE, "mk3", "two", NULL);
  script_box_pass (300);
  assert_order (scene, "before one\n");
  start (scene, HERALD_SCRIPT_BEFORE, "mini", "three", NULL);
  while (scene->n_under_way > 1)
    g_main_context_iteration (NULL, TRUE);
  start (scene, HERALD_SCRIPT_AFTER, "mk3", "one", NULL);
  finish (scene);
  start (scene, HERALD_SCRIPT_AFTER, "mk3", "two", NULL);
  finish (scene);
  assert_order (scene, "before one\nbefore three\nafter one\nbefore two\nafter two\n");
}

static void
test_nobody_waits_for_ever (Scene         *scene,
                            gconstpointer  user_data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  herald_message_scripts_set_patience (scene->scripts, 400);
  start (scene, HERALD_SCRIPT_BEFORE, "mk3", "one", NULL);
  finish (scene);
  start (scene, HERALD_SCRIPT_BEFORE, "mk3", "two", cancellable);
  g_cancellable_cancel (cancellable);
  finish (scene);
  g_assert_nonnull (strstr (scene->ends->str, "well\nOperation was cancelled\n"));
  script_box_pass (200);
  start (scene, HERALD_SCRIPT_BEFORE, "mk3", "three", NULL);
  finish (scene);
  assert_order (scene, "before one\nbefore three\n");
}

static void
test_script_that_takes_too_long_is_not_waited_for (Scene         *scene,
                                                   gconstpointer  user_data)
{
  g_free (script_box_add (&scene->box, "note", "#!/bin/sh\nsleep 1\n", 0700));
  configure (scene, "allow-scripts=true\nscript-before=BOX/note\n");
  herald_message_scripts_set_patience (scene->scripts, 200);
  start (scene, HERALD_SCRIPT_BEFORE, "mk3", "one", NULL);
  start (scene, HERALD_SCRIPT_BEFORE, "mk3", "two", NULL);
  finish (scene);
  g_assert_cmpstr (scene->ends->str, ==,
                   "The script was left out, because those of the messages before it took too long.\nwell\n");
}

static void
test_failure_is_logged_and_the_next_runs (Scene         *scene,
                                          gconstpointer  user_data)
{
  configure (scene, "allow-scripts=true\nscript-before=BOX/missing\nscript-after=BOX/note\n");
  start (scene, HERALD_SCRIPT_BEFORE, "mk3", "one", NULL);
  start (scene, HERALD_SCRIPT_AFTER, "mk3", "one", NULL);
  finish (scene);
  g_assert_true (script_box_has_logged (&scene->box, "is not run: there is no such file."));
  assert_order (scene, "after one\n");
}

#define add(path, test) g_test_add (path, Scene, NULL, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/message-script/settings", test_only_the_file_switches_them_on);
  add ("/message-script/limit", test_limit_is_kept_in_bounds);
  add ("/message-script/words", test_script_is_told_of_its_message);
  add ("/message-script/turns", test_messages_of_a_printer_take_turns);
  add ("/message-script/patience", test_nobody_waits_for_ever);
  add ("/message-script/left-out", test_script_that_takes_too_long_is_not_waited_for);
  add ("/message-script/failure", test_failure_is_logged_and_the_next_runs);

  return g_test_run ();
}
