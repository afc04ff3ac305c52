/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/base/values.h"
#include "core/events/event.h"
#include "core/printers/printer-state.h"

G_BEGIN_DECLS

#define HERALD_TYPE_PRINTER (herald_printer_get_type ())
G_DECLARE_DERIVABLE_TYPE (HeraldPrinter, herald_printer, HERALD, PRINTER, GObject)

struct _HeraldPrinterClass
{
  GObjectClass parent_class;

  /* Required: begin to watch, and stop at once. start() after stop() begins anew. */
  void     (*start)        (HeraldPrinter       *self);
  void     (*stop)         (HeraldPrinter       *self);

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
};

/* Properties, each with notify: state (HeraldPrinterState), connection (with problem and version),
 * settings, progress-step.
 * Signal: event-detected (HeraldEvent). */

const char         *herald_printer_get_id           (HeraldPrinter       *self);
const char         *herald_printer_get_name         (HeraldPrinter       *self);
const char         *herald_printer_get_url          (HeraldPrinter       *self);
gboolean            herald_printer_get_enabled      (HeraldPrinter       *self);
HeraldValues       *herald_printer_get_settings     (HeraldPrinter       *self);
void                herald_printer_set_settings     (HeraldPrinter       *self,
                                                     HeraldValues        *settings);
char               *herald_printer_dup_origin       (HeraldPrinter       *self);
void                herald_printer_set_progress_step (HeraldPrinter      *self,
                                                     guint                step_percent);
guint               herald_printer_get_progress_step (HeraldPrinter      *self);

HeraldConnection    herald_printer_get_connection   (HeraldPrinter       *self);
const char         *herald_printer_get_problem      (HeraldPrinter       *self);
const char         *herald_printer_get_version      (HeraldPrinter       *self);
HeraldPrinterState *herald_printer_get_state        (HeraldPrinter       *self);

void                herald_printer_start            (HeraldPrinter       *self);
void                herald_printer_stop             (HeraldPrinter       *self);
void                herald_printer_check_async      (HeraldPrinter       *self,
                                                     GCancellable        *cancellable,
                                                     GAsyncReadyCallback  callback,
                                                     gpointer             user_data);
char               *herald_printer_check_finish     (HeraldPrinter       *self,
                                                     GAsyncResult        *result,
                                                     GError             **error);

/* For subclasses */
void                herald_printer_set_connection   (HeraldPrinter       *self,
                                                     HeraldConnection     connection,
                                                     const char          *problem);
void                herald_printer_set_version      (HeraldPrinter       *self,
                                                     const char          *version);
void                herald_printer_set_state        (HeraldPrinter       *self,
                                                     HeraldPrinterState  *state);
void                herald_printer_emit_event       (HeraldPrinter       *self,
                                                     HeraldEvent         *event);

G_END_DECLS
