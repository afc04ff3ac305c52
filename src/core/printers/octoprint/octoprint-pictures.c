/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-pictures"

#include "core/printers/octoprint/octoprint-pictures.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/printers/octoprint/octoprint-films.h"
#include "core/printers/octoprint/octoprint-thumbnails.h"

void
herald_octoprint_pictures_find_async (HeraldPrinter           *printer,
                                      HeraldOctoprintServer   *server,
                                      const HeraldPictureWish *wish,
                                      GCancellable            *cancellable,
                                      GAsyncReadyCallback      callback,
                                      gpointer                 user_data)
{
  if (wish->kind == HERALD_PICTURE_WISH_THUMBNAIL)
    {
      herald_octoprint_thumbnails_find_async (printer, server, wish, cancellable, callback, user_data);
      return;
    }
  if (wish->kind == HERALD_PICTURE_WISH_TIMELAPSE)
    {
      herald_octoprint_films_find_async (printer, server, wish, cancellable, callback, user_data);
      return;
    }

  g_task_report_new_error (printer, callback, user_data, herald_octoprint_pictures_find_async, HERALD_ERROR,
                           HERALD_ERROR_SETTINGS, "%s", _("OctoPrint knows of no such picture"));
}

GPtrArray *
herald_octoprint_pictures_find_finish (GAsyncResult  *result,
                                       GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
