/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"
#include "herald-dbus.h"
#include "service/bus/bus-audience.h"

G_BEGIN_DECLS

#define HERALD_TYPE_PRINTER_OBJECT (herald_printer_object_get_type ())
G_DECLARE_FINAL_TYPE (HeraldPrinterObject, herald_printer_object, HERALD, PRINTER_OBJECT,
                      HeraldDBusPrinter1Skeleton)

HeraldPrinterObject *herald_printer_object_new (HeraldEngine      *engine,
                                                HeraldPrinter     *printer,
                                                HeraldBusAudience *audience);

G_END_DECLS
