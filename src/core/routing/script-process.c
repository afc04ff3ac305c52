/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#define G_LOG_DOMAIN "herald-script-process"

#include "core/routing/script-process.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/routing/script-file.h"

/* What a script says goes to the log; more than that nobody reads. */
#define OUTPUT_MAX_BYTES (64 * 1024)
#define LINES_MAX 200
#define LINE_MAX_CHARS 500
#define PIECE_BYTES (16 * 1024)

/* Time to tidy up after SIGTERM; what is left after it gets SIGKILL. */
#define TIDY_MS 2000
#define LOOK_MS 50

/* What a script has started may go on, and keeps our end of the pipe open; the script’s own last
 * words are in the pipe when it ends. */
#define DRAIN_MS 200

#define PATH_SHOWN_MAX_CHARS 300

/**
 * Run:
 *
 * One run of a script, from the check to the end. It is over when the script has ended and its words
 * are read; or, when its time was up, when everything in its process group is gone.
 */
typedef struct
{
  char *path;
  guint limit_s;
  GSubprocess *process;
  pid_t group;
  GCancellable *watching;
  GCancellable *caller;  /* (nullable) */
  gulong cancelled_id;
  GSource *cancelled_source;
  GString *output;
  gboolean output_cut;
  guint limit_id;
  guint drain_id;
  guint ending_id;
  gint64 ending_us;
  gboolean is_over_time;
  gboolean killed;
  gboolean exited;
  gboolean drained;
} Run;

static void
stop_sources (Run *run)
{
  g_clear_handle_id (&run->limit_id, g_source_remove);
  g_clear_handle_id (&run->drain_id, g_source_remove);
  g_clear_handle_id (&run->ending_id, g_source_remove);
  if (run->cancelled_source != NULL)
    g_source_destroy (run->cancelled_source);
  g_clear_pointer (&run->cancelled_source, g_source_unref);
  if (run->cancelled_id != 0)
    g_clear_signal_handler (&run->cancelled_id, run->caller);
}

static void
run_free (Run *run)
{
  stop_sources (run);
  g_free (run->path);
  g_clear_object (&run->process);
  g_clear_object (&run->watching);
  g_clear_object (&run->caller);
  g_string_free (run->output, TRUE);
  g_free (run);
}

/* What it said */

static void
log_output (Run *run)
{
  g_autofree char *name = g_path_get_basename (run->path);
  g_auto(GStrv) lines = g_strsplit (run->output->str, "\n", LINES_MAX + 1);
  guint n_lines = 0;

  for (char **line = lines; *line != NULL && n_lines < LINES_MAX; line++)
    {
      g_autofree char *clean = herald_text_clean (*line, LINE_MAX_CHARS);

      n_lines++;
      if (*clean != '\0')
        g_message ("%s: %s", name, clean);
    }
  if (run->output_cut || g_strv_length (lines) > LINES_MAX)
    g_message ("%s: … (it said more than that)", name);
}

static void
keep_output (Run    *run,
             GBytes *piece)
{
  gsize length;
  const char *data = g_bytes_get_data (piece, &length);
  gsize room = OUTPUT_MAX_BYTES - run->output->len;

  /* A text ends at a 0 byte, but what comes behind one is still worth a line. */
  for (gsize i = 0; i < MIN (length, room); i++)
    g_string_append_c (run->output, data[i] != '\0' ? data[i] : ' ');
  run->output_cut = run->output_cut || length > room;
}

/* The end */

static gboolean
report (Run     *run,
        GError **error)
{
  g_autofree char *shown = herald_text_clean (run->path, PATH_SHOWN_MAX_CHARS);

  if (run->is_over_time)
    g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                 ngettext ("The script “%s” took longer than %u second and was ended.",
                           "The script “%s” took longer than %u seconds and was ended.", run->limit_s),
                 shown, run->limit_s);
  else if (g_subprocess_get_if_signaled (run->process))
    g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                 _("The script “%s” was ended from outside or has crashed: %s."), shown,
                 g_strsignal (g_subprocess_get_term_sig (run->process)));
  else if (g_subprocess_get_exit_status (run->process) != 0)
    g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                 _("The script “%s” says that it failed (exit status %d). What else it said is in the log."), shown,
                 g_subprocess_get_exit_status (run->process));
  else
    return TRUE;

  return FALSE;
}

static void
complete (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  g_autoptr(GTask) keep = g_object_ref (task);
  g_autoptr(GError) error = NULL;

  if (g_task_get_completed (task) || run->ending_id != 0 || !run->exited || !run->drained)
    return;

  stop_sources (run);
  g_cancellable_cancel (run->watching);
  log_output (run);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (report (run, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Each source keeps the task, for it may be all that is still under way. */
static guint
add_timeout (GTask       *task,
             guint        ms,
             GSourceFunc  on_timeout)
{
  return g_timeout_add_full (G_PRIORITY_DEFAULT, ms, on_timeout, g_object_ref (task), g_object_unref);
}

/* Returns: whether there is still somebody in the group */
static gboolean
signal_group (Run *run,
              int  number)
{
  return run->group > 0 && kill (-run->group, number) == 0;
}

static gboolean
on_ending_timeout (gpointer user_data)
{
  GTask *task = G_TASK (user_data);
  Run *run = g_task_get_task_data (task);
  gint64 passed_ms = (g_get_monotonic_time () - run->ending_us) / 1000;
  gboolean is_gone = !signal_group (run, 0);

  if (!is_gone && passed_ms < TIDY_MS)
    return G_SOURCE_CONTINUE;
  if (!is_gone && !run->killed)
    {
      run->killed = TRUE;
      signal_group (run, SIGKILL);
    }
  if (!run->exited && passed_ms < HERALD_SCRIPT_PROCESS_END_MS)
    return G_SOURCE_CONTINUE;

  /* What even SIGKILL does not end hangs in the kernel; nobody waits for it. */
  run->ending_id = 0;
  run->exited = TRUE;
  run->drained = TRUE;
  complete (task);

  return G_SOURCE_REMOVE;
}

static gboolean
on_limit_timeout (gpointer user_data)
{
  GTask *task = G_TASK (user_data);
  Run *run = g_task_get_task_data (task);

  run->limit_id = 0;
  run->is_over_time = TRUE;
  run->ending_us = g_get_monotonic_time ();
  signal_group (run, SIGTERM);
  run->ending_id = add_timeout (task, LOOK_MS, on_ending_timeout);

  return G_SOURCE_REMOVE;
}

/* Nobody will be there to see to an orderly end, nor, when the service ends, a main loop that gets to the source
 * below. */
static void
on_cancelled (GCancellable *caller,
              gpointer      user_data)
{
  Run *run = user_data;

  if (!run->exited || run->is_over_time)
    signal_group (run, SIGKILL);
}

static gboolean
on_caller_cancelled (GCancellable *caller,
                     gpointer      user_data)
{
  GTask *task = G_TASK (user_data);
  Run *run = g_task_get_task_data (task);

  g_clear_handle_id (&run->ending_id, g_source_remove);
  run->exited = TRUE;
  run->drained = TRUE;
  complete (task);

  return G_SOURCE_REMOVE;
}

static gboolean
on_drain_timeout (gpointer user_data)
{
  GTask *task = G_TASK (user_data);
  Run *run = g_task_get_task_data (task);

  run->drain_id = 0;
  run->drained = TRUE;
  complete (task);

  return G_SOURCE_REMOVE;
}

static void
on_wait_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Run *run = g_task_get_task_data (task);

  if (!g_subprocess_wait_finish (G_SUBPROCESS (object), result, NULL) || g_task_get_completed (task))
    return;

  run->exited = TRUE;
  /* What it has started may go on, and its process number may belong to another one soon. */
  g_clear_handle_id (&run->limit_id, g_source_remove);
  if (!run->drained)
    run->drain_id = add_timeout (task, DRAIN_MS, on_drain_timeout);
  complete (task);
}

static void
on_read_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Run *run = g_task_get_task_data (task);
  g_autoptr(GBytes) piece = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, NULL);

  if (g_task_get_completed (task))
    return;

  if (piece == NULL || g_bytes_get_size (piece) == 0)
    {
      run->drained = TRUE;
      complete (task);
      return;
    }

  keep_output (run, piece);
  g_input_stream_read_bytes_async (G_INPUT_STREAM (object), PIECE_BYTES, G_PRIORITY_DEFAULT, run->watching,
                                   on_read_ready, g_steal_pointer (&task));
}

/* The beginning */

/* In the child, between fork and exec: only what is safe there. A group of its own, so that all of
 * it can be ended. */
static void
become_a_group (gpointer user_data)
{
  setsid ();
}

/* A file and no pipe: a script that does not read it, or closes it, stops nobody.
 * Returns: it, or −1 */
static int
open_input (const char *input)
{
  gsize length = strlen (input);
  int fd = memfd_create ("message", MFD_CLOEXEC);

  if (fd < 0)
    return -1;
  if (write (fd, input, length) != (gssize) length || lseek (fd, 0, SEEK_SET) != 0)
    {
      g_close (fd, NULL);
      return -1;
    }

  return fd;
}

static GSubprocess *
spawn (const char         *path,
       const char         *input,
       const char *const  *environment,
       GError            **error)
{
  const char *const arguments[] = { path, NULL };
  g_autoptr(GSubprocessLauncher) launcher = NULL;
  g_autoptr(GError) problem = NULL;
  g_autofree char *shown = NULL;
  GSubprocess *process = NULL;
  int fd = open_input (input);

  if (fd >= 0)
    {
      launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
      g_subprocess_launcher_set_environ (launcher, (char **) environment);
      g_subprocess_launcher_set_cwd (launcher, "/");
      g_subprocess_launcher_take_stdin_fd (launcher, fd);
      g_subprocess_launcher_set_child_setup (launcher, become_a_group, NULL, NULL);
      process = g_subprocess_launcher_spawnv (launcher, arguments, &problem);
    }
  if (process != NULL)
    return process;

  shown = herald_text_clean (path, PATH_SHOWN_MAX_CHARS);
  g_debug ("%s: %s", shown, problem != NULL ? problem->message : g_strerror (errno));
  g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
               _("The script “%s” cannot be started. If it begins with “#!”, is the program named there installed?"),
               shown);
  return NULL;
}

/**
 * herald_script_process_run_async:
 * @path: checked with herald_script_file_check() right before it is run
 *
 * Runs a script without arguments and without a shell, in a process group of its own, in the
 * folder “/”. What it says, to standard output or standard error, goes to the log.
 */
void
herald_script_process_run_async (const char          *path,
                                 const char          *input,
                                 const char *const   *environment,
                                 guint                limit_s,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);
  const char *identifier;
  g_autoptr(GError) error = NULL;

  g_task_set_source_tag (task, herald_script_process_run_async);
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);
  run->path = g_strdup (path);
  run->limit_s = limit_s;
  run->output = g_string_new (NULL);
  run->watching = g_cancellable_new ();
  if (g_task_return_error_if_cancelled (task))
    return;

  if (herald_script_file_check (path, geteuid (), &error))
    run->process = spawn (path, input, environment, &error);
  if (run->process == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  /* None if it has ended already */
  identifier = g_subprocess_get_identifier (run->process);
  run->group = identifier != NULL ? (pid_t) g_ascii_strtoll (identifier, NULL, 10) : 0;
  run->limit_id = add_timeout (task, limit_s * 1000, on_limit_timeout);
  if (cancellable != NULL)
    {
      run->caller = g_object_ref (cancellable);
      run->cancelled_id = g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_cancelled), run);
      run->cancelled_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (run->cancelled_source, G_SOURCE_FUNC (on_caller_cancelled), g_object_ref (task),
                             g_object_unref);
      g_source_attach (run->cancelled_source, g_main_context_get_thread_default ());
    }
  g_input_stream_read_bytes_async (g_subprocess_get_stdout_pipe (run->process), PIECE_BYTES, G_PRIORITY_DEFAULT,
                                   run->watching, on_read_ready, g_object_ref (task));
  g_subprocess_wait_async (run->process, run->watching, on_wait_ready, g_object_ref (task));
}

/**
 * herald_script_process_run_finish:
 *
 * Returns: whether it ran and said that all is well; %FALSE with HERALD_ERROR_SETTINGS and a
 *   sentence about the script, or %G_IO_ERROR_CANCELLED
 */
gboolean
herald_script_process_run_finish (GAsyncResult  *result,
                                  GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
