/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/printer.h"
#include "herald-dbus.h"

G_BEGIN_DECLS

typedef struct _HeraldPrinterAccess HeraldPrinterAccess;

/* @object: where to show how it goes; must live longer */
HeraldPrinterAccess *herald_printer_access_new      (HeraldDBusPrinter1    *object,
                                                     HeraldPrinter         *printer);
void                 herald_printer_access_free     (HeraldPrinterAccess   *self);

void                 herald_printer_access_request  (HeraldPrinterAccess   *self,
                                                     GDBusMethodInvocation *taken_invocation);
void                 herald_printer_access_withdraw (HeraldPrinterAccess   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldPrinterAccess, herald_printer_access_free)

G_END_DECLS
