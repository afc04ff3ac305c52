/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-pictures"

#include "core/printers/printer-class.h"

/* Where the pictures of a printer are to be had: what a kind of printer server knows, and core/pictures uses. */

/**
 * herald_printer_dup_cameras:
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of its cameras that can take a picture, the one
 *   that is used unless another is asked for first; none while they are not known
 */
char **
herald_printer_dup_cameras (HeraldPrinter *self)
{
  HeraldPrinterClass *printer_class = HERALD_PRINTER_GET_CLASS (self);

  return printer_class->dup_cameras != NULL ? printer_class->dup_cameras (self) : g_new0 (char *, 1);
}

/**
 * herald_printer_find_pictures_async:
 * @wish: which picture; copied
 *
 * Says where the picture may be had, the best place first.
 */
void
herald_printer_find_pictures_async (HeraldPrinter           *self,
                                    const HeraldPictureWish *wish,
                                    GCancellable            *cancellable,
                                    GAsyncReadyCallback      callback,
                                    gpointer                 user_data)
{
  HERALD_PRINTER_GET_CLASS (self)->find_pictures_async (self, wish, cancellable, callback, user_data);
}

/**
 * herald_printer_find_pictures_finish:
 *
 * Returns: (transfer full) (element-type HeraldPictureSource): at least one place; %NULL with SETTINGS if there is
 *   none, or what asking can fail with
 */
GPtrArray *
herald_printer_find_pictures_finish (HeraldPrinter  *self,
                                     GAsyncResult   *result,
                                     GError        **error)
{
  return HERALD_PRINTER_GET_CLASS (self)->find_pictures_finish (self, result, error);
}

/**
 * herald_printer_read_picture_async:
 * @source: one of those herald_printer_find_pictures_finish() gave; copied
 * @request: how much of it; copied
 *
 * Fetches the bytes of a picture.
 */
void
herald_printer_read_picture_async (HeraldPrinter              *self,
                                   const HeraldPictureSource  *source,
                                   const HeraldPictureRequest *request,
                                   GCancellable               *cancellable,
                                   GAsyncReadyCallback         callback,
                                   gpointer                    user_data)
{
  HERALD_PRINTER_GET_CLASS (self)->read_picture_async (self, source, request, cancellable, callback, user_data);
}

/**
 * herald_printer_read_picture_finish:
 *
 * Returns: (transfer full): the bytes, as they came; %NULL with UNREACHABLE, UNTRUSTED, UNAUTHORIZED, REJECTED
 *   (not there, too large), PROTOCOL or cancellation
 */
GBytes *
herald_printer_read_picture_finish (HeraldPrinter  *self,
                                    GAsyncResult   *result,
                                    GError        **error)
{
  return HERALD_PRINTER_GET_CLASS (self)->read_picture_finish (self, result, error);
}
