/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-picture-worker"

#include "core/pictures/picture-worker.h"

#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>

#include "core/base/error.h"
#include "core/net/time-limit.h"
#include "core/pictures/picture-child.h"
#include "core/pictures/picture-format.h"

/* Of one picture; most take a tenth of a second. */
#define LIMIT_MS 5000

/* Each takes a processor and up to 256 MB while it runs. */
#define MAX_RUNNING 2

#define CHUNK_BYTES 65536
#define OUTPUT_MAX_BYTES (HERALD_PICTURE_MAX_BYTES + HERALD_PICTURE_LINE_MAX_BYTES)
/* A word; before it a library may have complained. */
#define WORDS_MAX_BYTES 1024

typedef struct
{
  HeraldPicture *picture;
  HeraldPictureRecipe recipe;
  GSource *patience;
  HeraldTimeLimit *limit;
  GSubprocess *child;
  GByteArray *output;
  char *words;
} WorkerCall;

static guint n_running;
/* Of tasks, each held */
static GQueue waiting = G_QUEUE_INIT;

static void run (GTask *task);

static void
stop_patience (WorkerCall *call)
{
  if (call->patience == NULL)
    return;

  g_source_destroy (call->patience);
  g_clear_pointer (&call->patience, g_source_unref);
}

static void
worker_call_free (WorkerCall *call)
{
  stop_patience (call);
  g_clear_pointer (&call->picture, herald_picture_unref);
  g_clear_pointer (&call->limit, herald_time_limit_free);
  g_clear_object (&call->child);
  g_clear_pointer (&call->output, g_byte_array_unref);
  g_free (call->words);
  g_free (call);
}

/* Before the caller hears of it, who may have the next one. */
static void
end_run (GTask *task)
{
  WorkerCall *call = g_task_get_task_data (task);
  g_autoptr(GTask) next = NULL;

  g_clear_pointer (&call->limit, herald_time_limit_free);
  n_running--;
  next = g_queue_pop_head (&waiting);
  if (next != NULL)
    run (next);
}

/* Takes the error. */
static void
fail (GTask  *task,
      GError *error)
{
  end_run (task);
  g_task_return_error (task, error);
}

static GError *
make_error (HeraldError  code,
            const char  *sentence)
{
  return g_error_new_literal (HERALD_ERROR, code, sentence);
}

/* What it said */

static GError *
read_words (const char *words)
{
  g_auto(GStrv) lines = g_strsplit (words, "\n", -1);
  GError *error;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      HeraldPictureFault fault = herald_picture_fault_from_id (lines[i]);

      if (fault != HERALD_PICTURE_FAULT_NONE)
        return make_error (HERALD_ERROR_REJECTED, herald_picture_fault_to_text (fault));
    }

  error = make_error (HERALD_ERROR_PROTOCOL, _("The picture could not be read"));
  herald_error_set_reply (error, 0, words);

  return error;
}

static GError *
read_end (WorkerCall *call)
{
  if (g_subprocess_get_if_signaled (call->child) &&
      g_subprocess_get_term_sig (call->child) == SIGXCPU)
    return make_error (HERALD_ERROR_REJECTED, _("It takes too long to read the picture"));

  return read_words (call->words);
}

static gboolean
read_number (const char *text,
             guint64     min,
             guint64     max,
             guint      *number)
{
  guint64 value = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, min, max, &value, NULL))
    return FALSE;
  *number = (guint) value;

  return TRUE;
}

/* The child has met hostile bytes: what it says is looked at as if it came from them. */
static HeraldPicture *
read_output (WorkerCall *call)
{
  const guint8 *start = call->output->data;
  gsize length = MIN (call->output->len, HERALD_PICTURE_LINE_MAX_BYTES);
  const guint8 *end = length > 0 ? memchr (start, '\n', length) : NULL;
  g_autofree char *line = NULL;
  g_auto(GStrv) words = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(HeraldPicture) picture = NULL;
  guint width = 0;
  guint height = 0;
  guint brightness = 0;

  if (end == NULL)
    return NULL;
  line = g_strndup ((const char *) start, (gsize) (end - start));
  words = g_strsplit (line, " ", 6);
  if (g_strv_length (words) != 5 || !g_str_equal (words[0], HERALD_PICTURE_PROGRAM) ||
      !g_str_equal (words[1], call->recipe.png ? "png" : "jpeg") ||
      !read_number (words[2], 1, HERALD_PICTURE_MAX_SIDE, &width) ||
      !read_number (words[3], 1, HERALD_PICTURE_MAX_SIDE, &height) ||
      !read_number (words[4], 0, 255, &brightness))
    return NULL;

  bytes = g_bytes_new (end + 1, call->output->len - (gsize) (end + 1 - start));
  picture = herald_picture_new_from_bytes (bytes, NULL);
  if (picture == NULL || picture->width != width || picture->height != height ||
      picture->type != (call->recipe.png ? HERALD_PICTURE_PNG : HERALD_PICTURE_JPEG))
    return NULL;

  return herald_picture_new (picture->type, bytes, width, height, (int) brightness);
}

/* Its steps, the last one first */

/* The time is over, or the caller wants no more, or it writes without end. */
static void
give_up (GTask  *task,
         GError *error)
{
  WorkerCall *call = g_task_get_task_data (task);

  g_subprocess_force_exit (call->child);
  if (herald_time_limit_is_over (call->limit))
    {
      g_clear_error (&error);
      error = make_error (HERALD_ERROR_REJECTED, _("It takes too long to read the picture"));
    }
  fail (task, error);
}

static void
on_wait_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  WorkerCall *call = g_task_get_task_data (task);
  g_autoptr(HeraldPicture) picture = NULL;
  GError *error = NULL;

  if (!g_subprocess_wait_finish (G_SUBPROCESS (source), result, &error))
    {
      give_up (task, error);
      return;
    }
  if (!g_subprocess_get_if_exited (call->child) || g_subprocess_get_exit_status (call->child) != 0)
    {
      fail (task, read_end (call));
      return;
    }

  picture = read_output (call);
  if (picture == NULL)
    {
      fail (task, make_error (HERALD_ERROR_PROTOCOL, _("The picture could not be read")));
      return;
    }

  end_run (task);
  g_task_return_pointer (task, g_steal_pointer (&picture), (GDestroyNotify) herald_picture_unref);
}

static void
on_words_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  WorkerCall *call = g_task_get_task_data (task);
  gsize length = 0;
  GError *error = NULL;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &error))
    {
      give_up (task, error);
      return;
    }
  call->words[length] = '\0';
  g_subprocess_wait_async (call->child, herald_time_limit_get_cancellable (call->limit),
                           on_wait_ready, g_object_ref (task));
}

static void
read_some (GTask              *task,
           GAsyncReadyCallback callback)
{
  WorkerCall *call = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (g_subprocess_get_stdout_pipe (call->child), CHUNK_BYTES,
                                   G_PRIORITY_DEFAULT,
                                   herald_time_limit_get_cancellable (call->limit), callback,
                                   g_object_ref (task));
}

static void
on_output_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  WorkerCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GBytes) bytes =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (bytes == NULL)
    {
      give_up (task, error);
      return;
    }
  if (g_bytes_get_size (bytes) == 0)
    {
      call->words = g_malloc0 (WORDS_MAX_BYTES + 1);
      g_input_stream_read_all_async (g_subprocess_get_stderr_pipe (call->child), call->words,
                                     WORDS_MAX_BYTES, G_PRIORITY_DEFAULT,
                                     herald_time_limit_get_cancellable (call->limit),
                                     on_words_ready, g_object_ref (task));
      return;
    }

  g_byte_array_append (call->output, g_bytes_get_data (bytes, NULL),
                       (guint) g_bytes_get_size (bytes));
  if (call->output->len > OUTPUT_MAX_BYTES)
    give_up (task, make_error (HERALD_ERROR_PROTOCOL, _("The picture could not be read")));
  else
    read_some (task, on_output_ready);
}

/* Beginning */

static void
run (GTask *task)
{
  WorkerCall *call = g_task_get_task_data (task);

  stop_patience (call);
  n_running++;
  call->limit = herald_time_limit_new (LIMIT_MS, g_task_get_cancellable (task));
  call->child = herald_picture_child_start (call->picture, &call->recipe);
  if (call->child == NULL)
    {
      fail (task, make_error (HERALD_ERROR_PROTOCOL,
                              _("The part of OctoHerald that reads pictures is missing; please "
                                "install OctoHerald again")));
      return;
    }
  call->output = g_byte_array_new ();
  read_some (task, on_output_ready);
}

static gboolean
on_cancelled_in_line (GCancellable *cancellable,
                      gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);

  g_queue_remove (&waiting, task);
  stop_patience (g_task_get_task_data (task));
  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

static void
wait_in_line (GTask *task)
{
  WorkerCall *call = g_task_get_task_data (task);

  if (g_task_get_cancellable (task) != NULL)
    {
      call->patience = g_cancellable_source_new (g_task_get_cancellable (task));
      g_source_set_callback (call->patience, G_SOURCE_FUNC (on_cancelled_in_line), task, NULL);
      g_source_attach (call->patience, g_task_get_context (task));
    }
  g_queue_push_tail (&waiting, g_object_ref (task));
}

/**
 * herald_picture_worker_run_async:
 *
 * Some at a time; the others wait in line, and the 5 s count from when it is
 * their turn. The process knows nothing of ours and is killed when it takes
 * too long, writes too much, or @cancellable is cancelled.
 */
void
herald_picture_worker_run_async (HeraldPicture             *picture,
                                 const HeraldPictureRecipe *recipe,
                                 GCancellable              *cancellable,
                                 GAsyncReadyCallback        callback,
                                 gpointer                   user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  WorkerCall *call = g_new0 (WorkerCall, 1);

  g_return_if_fail (picture != NULL && recipe != NULL);

  g_task_set_source_tag (task, herald_picture_worker_run_async);
  g_task_set_task_data (task, call, (GDestroyNotify) worker_call_free);
  call->picture = herald_picture_ref (picture);
  call->recipe = *recipe;
  if (g_task_return_error_if_cancelled (task))
    return;

  if (n_running < MAX_RUNNING)
    run (task);
  else
    wait_in_line (task);
}

HeraldPicture *
herald_picture_worker_run_finish (GAsyncResult  *result,
                                  GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
