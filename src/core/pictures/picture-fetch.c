/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-picture-fetch"

#include "core/pictures/picture-fetch.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

void
herald_picture_fetch_async (HeraldPrinter           *printer,
                            const HeraldPictureWish *wish,
                            guint                    deadline_ms,
                            gsize                    film_max_bytes,
                            GCancellable            *cancellable,
                            GAsyncReadyCallback      callback,
                            gpointer                 user_data)
{
  g_task_report_new_error (printer, callback, user_data, herald_picture_fetch_async, HERALD_ERROR,
                           HERALD_ERROR_SETTINGS, "%s", _("The printer has no camera"));
}

HeraldPictureCatch *
herald_picture_fetch_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
herald_picture_catch_free (HeraldPictureCatch *self)
{
  g_clear_pointer (&self->picture, herald_picture_unref);
  g_free (self->note);
  g_free (self);
}
