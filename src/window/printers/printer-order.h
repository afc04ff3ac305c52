/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "herald-dbus.h"

G_BEGIN_DECLS

/**
 * HeraldPrinterOrder:
 * @HERALD_ORDER_WORST: who needs somebody comes first
 * @HERALD_ORDER_NAME: by name
 * @HERALD_ORDER_FINISH: whose print is done next comes first
 */
typedef enum
{
  HERALD_ORDER_WORST,
  HERALD_ORDER_NAME,
  HERALD_ORDER_FINISH,
} HeraldPrinterOrder;

/* `worst`, `name`, `finish`; anything else is the first */
HeraldPrinterOrder herald_printer_order_from_string (const char         *text);

/* Of two different printers one always comes first. */
int                herald_printer_order_compare     (HeraldDBusPrinter1 *first,
                                                     HeraldDBusPrinter1 *second,
                                                     HeraldPrinterOrder  order);

/* Whether somebody should come, or nothing can be known of it */
gboolean           herald_printer_order_is_in_need  (HeraldDBusPrinter1 *printer);

G_END_DECLS
