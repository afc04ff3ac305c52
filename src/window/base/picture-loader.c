/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-picture-loader"

#include "window/base/picture-loader.h"

#include "window/base/failure.h"
#include "window/base/picture-decoder.h"

/* Often enough to see that it goes on; a camera often hangs at the computer that feeds the printer. */
#define PRINTING_WAIT_MS (10 * 1000)
#define IDLE_WAIT_MS (60 * 1000)

/* A camera that is broken is asked as rarely as somebody might repair it. */
#define FAILURE_WAIT_MAX_MS (10 * 60 * 1000)
#define FAILURE_DOUBLINGS_MAX 6

typedef struct
{
  HeraldPictureKind kind;
  int max_side;
} Load;

static void
on_decoded (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  GdkTexture *texture = herald_picture_decoder_run_finish (result, &error);

  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_picture_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldDBusPrinter1 *printer = HERALD_DBUS_PRINTER1 (object);
  Load *load = g_task_get_task_data (task);
  g_autoptr(GVariant) picture = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *type = NULL;
  g_autofree char *note = NULL;
  g_autoptr(GError) error = NULL;
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (load->kind == HERALD_PICTURE_OF_CAMERA)
    herald_dbus_printer1_call_get_snapshot_finish (printer, &picture, &type, &note, result, &error);
  else
    herald_dbus_printer1_call_get_thumbnail_finish (printer, &picture, &type, &note, result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  bytes = g_variant_get_data_as_bytes (picture);
  herald_picture_decoder_run_async (bytes, load->max_side, cancellable, on_decoded, g_steal_pointer (&task));
}

void
herald_picture_loader_run_async (HeraldDBusPrinter1  *printer,
                                 HeraldPictureKind    kind,
                                 const char          *camera,
                                 int                  max_side,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task = g_task_new (printer, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  load->kind = kind;
  load->max_side = max_side;
  g_task_set_source_tag (task, herald_picture_loader_run_async);
  g_task_set_task_data (task, load, g_free);
  if (kind == HERALD_PICTURE_OF_CAMERA)
    herald_dbus_printer1_call_get_snapshot (printer, camera != NULL ? camera : "", cancellable, on_picture_ready, task);
  else
    herald_dbus_printer1_call_get_thumbnail (printer, cancellable, on_picture_ready, task);
}

GdkTexture *
herald_picture_loader_run_finish (GAsyncResult  *result,
                                  GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

char *
herald_picture_loader_dup_reason (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    return g_strdup (error->message);

  return herald_failure_dup_sentence (error);
}

guint
herald_picture_loader_get_wait (gboolean is_printing,
                                gboolean is_looked_at,
                                guint    n_failures)
{
  guint wait_ms = is_printing && is_looked_at ? PRINTING_WAIT_MS : IDLE_WAIT_MS;

  return MIN (wait_ms << MIN (n_failures, FAILURE_DOUBLINGS_MAX), FAILURE_WAIT_MAX_MS);
}
