/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-picture-reader"

#include "core/printers/octoprint/octoprint-picture-reader.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

void
herald_octoprint_picture_reader_read_async (HeraldPrinter              *printer,
                                            HeraldOctoprintServer      *server,
                                            HeraldHttpClient           *http,
                                            const HeraldPictureSource  *source,
                                            const HeraldPictureRequest *request,
                                            GCancellable               *cancellable,
                                            GAsyncReadyCallback         callback,
                                            gpointer                    user_data)
{
  g_task_report_new_error (printer, callback, user_data, herald_octoprint_picture_reader_read_async, HERALD_ERROR,
                           HERALD_ERROR_REJECTED, "%s", _("The picture is not there"));
}

GBytes *
herald_octoprint_picture_reader_read_finish (GAsyncResult  *result,
                                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
