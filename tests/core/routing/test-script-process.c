/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-script-process"

#include "core/routing/script-process.h"

#include <signal.h>
#include <string.h>

#include "core/base/error.h"
#include "fixtures/script-box.h"

#define INPUT "{\"phase\":\"before\"}\n"
#define LOG_LINES_MAX 210

static const char *const environment[] = { "PATH=/usr/bin:/bin", "WORD=a;b $(touch /nowhere)", NULL };

static void
on_run_ready (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  ScriptBox *box = user_data;

  g_clear_error (&box->error);
  box->done = herald_script_process_run_finish (result, &box->error);
  box->is_over = TRUE;
}

static void
start (ScriptBox    *box,
       const char   *path,
       const char   *input,
       guint         limit_s,
       GCancellable *cancellable)
{
  box->is_over = FALSE;
  herald_script_process_run_async (path, input, environment, limit_s, cancellable, on_run_ready, box);
}

/* Returns: milliseconds it took */
static gint64
finish (ScriptBox *box)
{
  gint64 begin_us = g_get_monotonic_time ();

  while (!box->is_over)
    g_main_context_iteration (NULL, TRUE);

  return (g_get_monotonic_time () - begin_us) / 1000;
}

static gint64
run (ScriptBox  *box,
     const char *text)
{
  g_autofree char *path = script_box_add (box, "script", text, 0700);

  start (box, path, INPUT, 20, NULL);

  return finish (box);
}

static void
assert_failed (ScriptBox  *box,
               const char *why)
{
  g_assert_false (box->done);
  g_assert_error (box->error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
  if (strstr (box->error->message, why) == NULL)
    g_error ("“%s” does not say “%s”", box->error->message, why);
}

static void
assert_file (ScriptBox  *box,
             const char *name,
             const char *expected)
{
  g_autofree char *text = script_box_read (box, name);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_script_gets_its_input_and_nothing_else (ScriptBox     *box,
                                             gconstpointer  user_data)
{
  g_autofree char *name = g_strdup ("a b;touch $(id) `id`\"'");
  g_autofree char *expected = g_strdup_printf ("%s/%s\n", box->folder, name);
  g_autofree char *path = script_box_add (box, name,
                                          "#!/bin/sh\ncat > BOX/input\necho $# > BOX/count\necho \"$0\" > BOX/self\n"
                                          "pwd > BOX/where\ntr '\\0' '\\n' < /proc/$$/environ > BOX/words\n"
                                          "ls /proc/$$/fd > BOX/open &\nwait\n",
                                          0700);

  start (box, path, INPUT, 20, NULL);
  finish (box);
  g_assert_no_error (box->error);
  assert_file (box, "input", INPUT);
  assert_file (box, "count", "0\n");
  assert_file (box, "self", expected);
  assert_file (box, "where", "/\n");
  assert_file (box, "words", "PATH=/usr/bin:/bin\nWORD=a;b $(touch /nowhere)\n");
  /* The fourth is the script itself, as its shell reads it. A pipe of its own
   * would be there, too, for a moment. */
  assert_file (box, "open", "0\n1\n10\n2\n");
}

static void
test_output_goes_to_the_log_line_by_line (ScriptBox     *box,
                                          gconstpointer  user_data)
{
  run (box, "#!/bin/sh\nprintf 'one\\n\\033[31mtwo\\033[0m\\n'\necho three >&2\nprintf 'four\\0five\\377'\n");
  g_assert_true (box->done);
  g_assert_cmpuint (box->log->len, ==, 4);
  g_assert_cmpstr (g_ptr_array_index (box->log, 0), ==, "script: one");
  g_assert_cmpstr (g_ptr_array_index (box->log, 1), ==, "script: [31mtwo[0m");
  g_assert_cmpstr (g_ptr_array_index (box->log, 2), ==, "script: three");
  g_assert_cmpstr (g_ptr_array_index (box->log, 3), ==, "script: four five�");
}

static void
test_failure_is_told_in_a_sentence (ScriptBox     *box,
                                    gconstpointer  user_data)
{
  g_autofree char *missing = script_box_make_path (box, "missing");

  run (box, "#!/bin/sh\necho oh dear\nexit 3\n");
  assert_failed (box, "says that it failed (exit status 3)");
  g_assert_true (script_box_has_logged (box, "oh dear"));
  run (box, "#!/bin/sh\nkill -SEGV $$\n");
  assert_failed (box, "has crashed");
  run (box, "#!/nowhere/python\n");
  assert_failed (box, "cannot be started");
  start (box, missing, INPUT, 20, NULL);
  finish (box);
  assert_failed (box, "there is no such file");
}

static void
test_time_limit_ends_the_whole_group (ScriptBox     *box,
                                      gconstpointer  user_data)
{
  g_autofree char *path = script_box_add (box, "script",
                                          "#!/bin/sh\ntrap '' TERM\nsh -c 'trap \"\" TERM; echo $$ > BOX/child; "
                                          "while :; do sleep 1; done' &\necho $$ > BOX/self\necho so far\n"
                                          "while :; do sleep 1; done\n",
                                          0700);
  gint64 took_ms;

  start (box, path, INPUT, 1, NULL);
  script_box_wait_number (box, "child");
  took_ms = finish (box);
  assert_failed (box, "took longer than 1 second and was ended");
  g_assert_true (script_box_has_logged (box, "so far"));
  g_assert_cmpint (took_ms, <, 1000 + HERALD_SCRIPT_PROCESS_END_MS + 500);
  g_assert_false (script_box_is_alive (script_box_wait_number (box, "self")));
  g_assert_false (script_box_is_alive (script_box_wait_number (box, "child")));
}

static void
test_script_may_tidy_up_when_its_time_is_over (ScriptBox     *box,
                                               gconstpointer  user_data)
{
  g_autofree char *path = script_box_add (box, "script",
                                          "#!/bin/sh\ntrap 'sleep 0.3; echo > BOX/tidy; exit 0' TERM\n"
                                          "while :; do sleep 0.1; done\n",
                                          0700);

  start (box, path, INPUT, 1, NULL);
  g_assert_cmpint (finish (box), <, 2900);
  assert_failed (box, "took longer");
  assert_file (box, "tidy", "\n");
}

static void
test_much_output_is_cut (ScriptBox     *box,
                         gconstpointer  user_data)
{
  run (box, "#!/bin/sh\nhead -c 10000000 /dev/zero | tr '\\0' x\necho > BOX/end\n");
  g_assert_true (box->done);
  assert_file (box, "end", "\n");
  g_assert_cmpuint (box->log->len, ==, 2);
  g_assert_true (script_box_has_logged (box, "it said more than that"));
  run (box, "#!/bin/sh\nyes | head -n 3000000\n");
  g_assert_true (box->done);
  g_assert_cmpuint (box->log->len, <, LOG_LINES_MAX);
}

/* It ends at the first thing it writes into the closed pipe, as programs do, and not with an error. */
static void
test_broken_pipe_ends_a_program (ScriptBox     *box,
                                 gconstpointer  user_data)
{
  /* As in a program that has made a connection */
  signal (SIGPIPE, SIG_IGN);
  run (box, "#!/bin/sh\nyes | head -n 1 > BOX/head\n");
  g_assert_true (box->done);
  g_assert_cmpuint (box->log->len, ==, 0);
}

static void
test_script_that_does_not_read_stops_nobody (ScriptBox     *box,
                                             gconstpointer  user_data)
{
  g_autofree char *input = g_strnfill (1000000, 'x');
  g_autofree char *path = script_box_add (box, "script", "#!/bin/sh\nexec 0<&-\nsleep 0.2\n", 0700);

  start (box, path, input, 20, NULL);
  finish (box);
  g_assert_no_error (box->error);
}

/* What is left behind on purpose goes on: a light that goes out a minute later. */
static void
test_what_it_leaves_behind_is_not_waited_for (ScriptBox     *box,
                                              gconstpointer  user_data)
{
  int child;
  int daemon;

  g_assert_cmpint (run (box, "#!/bin/sh\nsleep 60 &\necho $! > BOX/child\nsetsid sleep 60 &\necho $! > BOX/daemon\n"
                             "echo bye\n"),
                   <, 5000);
  g_assert_true (box->done);
  g_assert_true (script_box_has_logged (box, "bye"));
  child = script_box_wait_number (box, "child");
  daemon = script_box_wait_number (box, "daemon");
  g_assert_true (script_box_is_alive (child));
  g_assert_true (script_box_is_alive (daemon));
  kill (child, SIGKILL);
  kill (daemon, SIGKILL);
}

static void
test_cancelled_run_leaves_nothing (ScriptBox     *box,
                                   gconstpointer  user_data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *path =
    script_box_add (box, "script", "#!/bin/sh\nsleep 60 &\necho $! > BOX/child\nsleep 60\n", 0700);
  int child;

  start (box, path, INPUT, 20, cancellable);
  child = script_box_wait_number (box, "child");
  g_cancellable_cancel (cancellable);
  g_assert_cmpint (finish (box), <, 1000);
  g_assert_error (box->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  script_box_pass (100);
  g_assert_false (script_box_is_alive (child));
}

/* As when the service ends: nobody looks after anything any more. */
static void
test_cancelling_is_enough (ScriptBox     *box,
                           gconstpointer  user_data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *path = script_box_add (box, "script", "#!/bin/sh\necho $$ > BOX/self\nsleep 60\n", 0700);
  int self;

  start (box, path, INPUT, 20, cancellable);
  self = script_box_wait_number (box, "self");
  g_cancellable_cancel (cancellable);
  g_usleep (100 * 1000);
  g_assert_false (script_box_is_alive (self));
  finish (box);
}

#define add(path, test) g_test_add (path, ScriptBox, NULL, script_box_set_up, test, script_box_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/script-process/input", test_script_gets_its_input_and_nothing_else);
  add ("/script-process/output", test_output_goes_to_the_log_line_by_line);
  add ("/script-process/failure", test_failure_is_told_in_a_sentence);
  add ("/script-process/time-limit", test_time_limit_ends_the_whole_group);
  add ("/script-process/tidy", test_script_may_tidy_up_when_its_time_is_over);
  add ("/script-process/much", test_much_output_is_cut);
  add ("/script-process/broken-pipe", test_broken_pipe_ends_a_program);
  add ("/script-process/no-reading", test_script_that_does_not_read_stops_nobody);
  add ("/script-process/left-behind", test_what_it_leaves_behind_is_not_waited_for);
  add ("/script-process/cancelled", test_cancelled_run_leaves_nothing);
  add ("/script-process/cancelled-at-the-end", test_cancelling_is_enough);

  return g_test_run ();
}
