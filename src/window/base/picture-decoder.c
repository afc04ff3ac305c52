/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-picture-decoder"

#include "window/base/picture-decoder.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The service hands over no more than 8 MB with 4,096 pixels a side; who does is not the service. */
#define BYTES_MAX (16 * 1024 * 1024)
#define SIDE_MAX 8192

typedef struct
{
  GBytes *bytes;
  int max_side;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_bytes_unref (self->bytes);
  g_free (self);
}

/* (nullable): only these two: gdk-pixbuf knows many more, and tries them all. */
static const char *
sniff (GBytes *bytes)
{
  static const guint8 jpeg[] = { 0xFF, 0xD8, 0xFF };
  static const guint8 png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (length > sizeof png && length <= BYTES_MAX && memcmp (data, png, sizeof png) == 0)
    return "png";
  if (length > sizeof jpeg && length <= BYTES_MAX && memcmp (data, jpeg, sizeof jpeg) == 0)
    return "jpeg";

  return NULL;
}

static void
on_size_prepared (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  gpointer         user_data)
{
  const Job *job = user_data;
  int longest = MAX (width, height);

  /* Nothing at all is made of what would not fit into memory. */
  if (longest > SIDE_MAX)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  else if (longest > job->max_side)
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int) ((gint64) width * job->max_side / longest)),
                                MAX (1, (int) ((gint64) height * job->max_side / longest)));
}

static GdkTexture *
make_texture (GdkPixbuf *pixbuf)
{
  g_autoptr(GBytes) pixels = gdk_pixbuf_read_pixel_bytes (pixbuf);
  GdkMemoryFormat format = gdk_pixbuf_get_has_alpha (pixbuf) ? GDK_MEMORY_R8G8B8A8 : GDK_MEMORY_R8G8B8;

  return gdk_memory_texture_new (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf), format, pixels,
                                 (gsize) gdk_pixbuf_get_rowstride (pixbuf));
}

static void
run (GTask        *task,
     gpointer      source,
     gpointer      task_data,
     GCancellable *cancellable)
{
  Job *job = task_data;
  const char *type = sniff (job->bytes);
  g_autoptr(GdkPixbufLoader) loader = type != NULL ? gdk_pixbuf_loader_new_with_type (type, NULL) : NULL;
  GdkPixbuf *pixbuf = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_read = FALSE;

  if (loader != NULL)
    {
      g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), job);
      is_read = gdk_pixbuf_loader_write_bytes (loader, job->bytes, &error);
      is_read = gdk_pixbuf_loader_close (loader, is_read ? &error : NULL) && is_read;
      pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
    }

  if (is_read && pixbuf != NULL)
    g_task_return_pointer (task, make_texture (pixbuf), g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s", _("This picture cannot be shown."));
}

void
herald_picture_decoder_run_async (GBytes              *bytes,
                                  int                  max_side,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->bytes = g_bytes_ref (bytes);
  job->max_side = max_side;
  g_task_set_source_tag (task, herald_picture_decoder_run_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run);
}

GdkTexture *
herald_picture_decoder_run_finish (GAsyncResult  *result,
                                   GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
