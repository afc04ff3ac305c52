/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window/service-link.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * HeraldPrinterRemoval:
 *
 * A printer somebody has removed. As its key cannot be put back it is only told to the service when nobody can take it back any
 * more: when the offer to do so is over, or the window closes.
 */
typedef struct _HeraldPrinterRemoval HeraldPrinterRemoval;

/* @is_back: it was taken back, or the service has refused it
 * @user_data: the one of herald_printer_removal_begin() */
typedef void (*HeraldRemovalFunc) (const char *id,
                                   gboolean    is_back,
                                   gpointer    user_data);

/* @from: in the window where it is offered to take it back; gone, nothing is told any more
 * Returns: (transfer full): it */
HeraldPrinterRemoval *herald_printer_removal_begin  (GtkWidget            *from,
                                                     HeraldServiceLink    *link,
                                                     HeraldDBusPrinter1   *printer,
                                                     HeraldRemovalFunc     func,
                                                     gpointer              user_data);
/* Does it now, if it was neither done nor taken back */
void                  herald_printer_removal_commit (HeraldPrinterRemoval *self);
void                  herald_printer_removal_unref  (HeraldPrinterRemoval *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldPrinterRemoval, herald_printer_removal_unref)

G_END_DECLS
