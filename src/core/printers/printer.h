/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/base/values.h"
#include "core/events/event.h"
#include "core/net/certificate.h"
#include "core/printers/picture-source.h"
#include "core/printers/printer-action.h"
#include "core/printers/printer-state.h"
#include "core/printers/temperature-history.h"
#include "core/printers/watch-options.h"

G_BEGIN_DECLS

#define HERALD_TYPE_PRINTER (herald_printer_get_type ())
G_DECLARE_DERIVABLE_TYPE (HeraldPrinter, herald_printer, HERALD, PRINTER, GObject)

/* @page: where a person allows access; to be opened in a browser */
typedef void (*HeraldAccessFunc) (const char *page,
                                  gpointer    user_data);

/* Properties, each with notify: state (HeraldPrinterState), connection (with problem, version and
 * certificate), settings, server (with server-name, color, gap and fallback), attention.
 * Signal: event-detected (HeraldEvent). */

const char         *herald_printer_get_id           (HeraldPrinter       *self);
const char         *herald_printer_get_name         (HeraldPrinter       *self);
const char         *herald_printer_get_url          (HeraldPrinter       *self);
gboolean            herald_printer_get_enabled      (HeraldPrinter       *self);
HeraldValues       *herald_printer_get_settings     (HeraldPrinter       *self);
void                herald_printer_set_settings     (HeraldPrinter       *self,
                                                     HeraldValues        *settings);
char               *herald_printer_dup_origin       (HeraldPrinter       *self);
void                herald_printer_set_watch_options (HeraldPrinter      *self,
                                                      const HeraldWatchOptions *options);
const HeraldWatchOptions *
                    herald_printer_get_watch_options (HeraldPrinter      *self);

HeraldConnection    herald_printer_get_connection   (HeraldPrinter       *self);
const char         *herald_printer_get_problem      (HeraldPrinter       *self);
const char         *herald_printer_get_version      (HeraldPrinter       *self);
HeraldPrinterState *herald_printer_get_state        (HeraldPrinter       *self);

void                herald_printer_start            (HeraldPrinter       *self);
void                herald_printer_stop             (HeraldPrinter       *self);
void                herald_printer_wake             (HeraldPrinter       *self);
void                herald_printer_hurry            (HeraldPrinter       *self);
void                herald_printer_check_async      (HeraldPrinter       *self,
                                                     GCancellable        *cancellable,
                                                     GAsyncReadyCallback  callback,
                                                     gpointer             user_data);
char               *herald_printer_check_finish     (HeraldPrinter       *self,
                                                     GAsyncResult        *result,
                                                     GError             **error);

/* What the server tells of itself; empty if it does not */
const char         *herald_printer_get_server_name  (HeraldPrinter       *self);
const char         *herald_printer_get_color        (HeraldPrinter       *self);
/* One sentence each, empty if there is nothing to say: about the last gap; why there are no live updates */
const char         *herald_printer_get_gap          (HeraldPrinter       *self);
const char         *herald_printer_get_fallback     (HeraldPrinter       *self);
/* Why somebody has to come to the printer, one sentence; empty if nobody has */
const char         *herald_printer_get_attention    (HeraldPrinter       *self);
/* (nullable): of a server that is not trusted */
HeraldCertificate  *herald_printer_get_certificate  (HeraldPrinter       *self);
/* When the print will be finished, milliseconds since 1970 on a whole minute; 0 if unknown */
gint64              herald_printer_get_finish_ms    (HeraldPrinter       *self);
HeraldTemperatureHistory *
                    herald_printer_get_temperatures (HeraldPrinter       *self);

/* Which actions make sense now */
HeraldPrinterAction herald_printer_get_actions      (HeraldPrinter       *self);
void                herald_printer_control_async    (HeraldPrinter       *self,
                                                     HeraldPrinterAction  action,
                                                     GCancellable        *cancellable,
                                                     GAsyncReadyCallback  callback,
                                                     gpointer             user_data);
gboolean            herald_printer_control_finish   (HeraldPrinter       *self,
                                                     GAsyncResult        *result,
                                                     GError             **error);
void                herald_printer_request_access_async  (HeraldPrinter       *self,
                                                          HeraldAccessFunc     on_page,
                                                          gpointer             page_data,
                                                          GCancellable        *cancellable,
                                                          GAsyncReadyCallback  callback,
                                                          gpointer             user_data);
gboolean            herald_printer_request_access_finish (HeraldPrinter       *self,
                                                          GAsyncResult        *result,
                                                          GError             **error);

/* printer-pictures.c */
char              **herald_printer_dup_cameras           (HeraldPrinter              *self);
void                herald_printer_find_pictures_async   (HeraldPrinter              *self,
                                                          const HeraldPictureWish    *wish,
                                                          GCancellable               *cancellable,
                                                          GAsyncReadyCallback         callback,
                                                          gpointer                    user_data);
GPtrArray          *herald_printer_find_pictures_finish  (HeraldPrinter              *self,
                                                          GAsyncResult               *result,
                                                          GError                    **error);
void                herald_printer_read_picture_async    (HeraldPrinter              *self,
                                                          const HeraldPictureSource  *source,
                                                          const HeraldPictureRequest *request,
                                                          GCancellable               *cancellable,
                                                          GAsyncReadyCallback         callback,
                                                          gpointer                    user_data);
GBytes             *herald_printer_read_picture_finish   (HeraldPrinter              *self,
                                                          GAsyncResult               *result,
                                                          GError                    **error);

G_END_DECLS
