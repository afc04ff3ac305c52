/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/printer.h"

G_BEGIN_DECLS

/* What a kind of printer server has to implement, and how it tells what it hears. */
struct _HeraldPrinterClass
{
  GObjectClass parent_class;

  /* Required: begin to watch, and stop at once. start() after stop() begins anew. */
  void     (*start)        (HeraldPrinter       *self);
  void     (*stop)         (HeraldPrinter       *self);

  /* Required: this computer was asleep; nobody knows what became of the connection */
  void     (*wake)         (HeraldPrinter       *self);
  /* Optional */
  void     (*hurry)        (HeraldPrinter       *self);

  /* Required: whether the server can be used with these settings, asked now.
   * The answer is one sentence, e.g. "OctoPrint 1.11.8, signed in as admin". */
  void     (*check_async)  (HeraldPrinter       *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
  char    *(*check_finish) (HeraldPrinter       *self,
                            GAsyncResult        *result,
                            GError             **error);

  /* Required: the server its key belongs to */
  char    *(*dup_origin)   (HeraldPrinter       *self);

  /* Required: do it, and be done when the printer shows it */
  void     (*control_async)  (HeraldPrinter       *self,
                              HeraldPrinterAction  action,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);
  gboolean (*control_finish) (HeraldPrinter       *self,
                              GAsyncResult        *result,
                              GError             **error);

  /* Required: ask the server for a key, see herald_printer_request_access_async() */
  void     (*request_access_async)  (HeraldPrinter       *self,
                                     HeraldAccessFunc     on_page,
                                     gpointer             page_data,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
  gboolean (*request_access_finish) (HeraldPrinter       *self,
                                     GAsyncResult        *result,
                                     GError             **error);

  /* Optional: a kind without it has no cameras */
  char   **(*dup_cameras)          (HeraldPrinter              *self);

  /* Required: pictures, see printer-pictures.c */
  void     (*find_pictures_async)  (HeraldPrinter              *self,
                                    const HeraldPictureWish    *wish,
                                    GCancellable               *cancellable,
                                    GAsyncReadyCallback         callback,
                                    gpointer                    user_data);
  GPtrArray *(*find_pictures_finish) (HeraldPrinter            *self,
                                      GAsyncResult             *result,
                                      GError                  **error);
  void     (*read_picture_async)   (HeraldPrinter              *self,
                                    const HeraldPictureSource  *source,
                                    const HeraldPictureRequest *request,
                                    GCancellable               *cancellable,
                                    GAsyncReadyCallback         callback,
                                    gpointer                    user_data);
  GBytes  *(*read_picture_finish)  (HeraldPrinter              *self,
                                    GAsyncResult               *result,
                                    GError                    **error);
};

void                herald_printer_set_connection   (HeraldPrinter       *self,
                                                     HeraldConnection     connection,
                                                     const char          *problem);
void                herald_printer_set_version      (HeraldPrinter       *self,
                                                     const char          *version);
void                herald_printer_set_state        (HeraldPrinter       *self,
                                                     HeraldPrinterState  *state);
void                herald_printer_set_certificate  (HeraldPrinter       *self,
                                                     HeraldCertificate   *certificate);
void                herald_printer_set_server_name  (HeraldPrinter       *self,
                                                     const char          *name,
                                                     const char          *color);
void                herald_printer_set_gap          (HeraldPrinter       *self,
                                                     const char          *sentence);
void                herald_printer_set_attention    (HeraldPrinter       *self,
                                                     const char          *sentence);
void                herald_printer_set_fallback     (HeraldPrinter       *self,
                                                     const char          *sentence);
void                herald_printer_emit_event       (HeraldPrinter       *self,
                                                     HeraldEvent         *event);

G_END_DECLS
