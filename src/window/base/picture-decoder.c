/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-picture-decoder"

#include "window/base/picture-decoder.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "picture/painting.h"

/* One of them may take 150 MB for a while, and a page shows many printers. */
#define THREADS_MAX 2

typedef struct
{
  GBytes *bytes;
  guint max_side;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_bytes_unref (self->bytes);
  g_free (self);
}

/* The service hands over nothing else; how large it may be, and whether it is whole, is looked at with its pixels. */
static gboolean
is_jpeg_or_png (const guint8 *data,
                gsize         length)
{
  static const guint8 jpeg[] = { 0xFF, 0xD8, 0xFF };
  static const guint8 png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };

  return (length > sizeof jpeg && memcmp (data, jpeg, sizeof jpeg) == 0) ||
         (length > sizeof png && memcmp (data, png, sizeof png) == 0);
}

static GdkTexture *
make_texture (HeraldCanvas *canvas)
{
  gsize stride = (gsize) canvas->width * canvas->n_channels;
  GdkMemoryFormat format = canvas->n_channels > 3 ? GDK_MEMORY_R8G8B8A8 : GDK_MEMORY_R8G8B8;
  g_autoptr(GBytes) pixels = g_bytes_new_take (g_steal_pointer (&canvas->pixels), stride * canvas->height);

  return gdk_memory_texture_new ((int) canvas->width, (int) canvas->height, format, pixels, stride);
}

static void
run (gpointer pushed,
     gpointer user_data)
{
  g_autoptr(GTask) task = G_TASK (pushed);
  const Job *job = g_task_get_task_data (task);
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (job->bytes, &length);
  HeraldPictureFault fault = HERALD_PICTURE_FAULT_NONE;
  g_autoptr(HeraldCanvas) canvas = NULL;

  /* While it waited for its turn */
  if (g_task_return_error_if_cancelled (task))
    return;

  if (is_jpeg_or_png (data, length))
    canvas = herald_painting_read (data, length, job->max_side, &fault);

  if (canvas != NULL)
    g_task_return_pointer (task, make_texture (canvas), g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s", _("This picture cannot be shown."));
}

static gpointer
start_threads (gpointer data)
{
  return g_thread_pool_new (run, NULL, THREADS_MAX, FALSE, NULL);
}

void
herald_picture_decoder_run_async (GBytes              *bytes,
                                  int                  max_side,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  static GOnce threads = G_ONCE_INIT;
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->bytes = g_bytes_ref (bytes);
  job->max_side = (guint) MAX (max_side, 1);
  g_task_set_source_tag (task, herald_picture_decoder_run_async);
  g_task_set_task_data (task, job, job_free);
  g_once (&threads, start_threads, NULL);
  g_thread_pool_push (threads.retval, task, NULL);
}

GdkTexture *
herald_picture_decoder_run_finish (GAsyncResult  *result,
                                   GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
