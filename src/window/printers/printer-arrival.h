/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

/**
 * HeraldArrivalWay:
 * @HERALD_ARRIVAL_ASK: OctoPrint is asked for access at once
 * @HERALD_ARRIVAL_LOOK: there is a key already, or need not be one: it is only watched what comes of it
 */
typedef enum
{
  HERALD_ARRIVAL_ASK,
  HERALD_ARRIVAL_LOOK,
} HeraldArrivalWay;

#define HERALD_TYPE_PRINTER_ARRIVAL (herald_printer_arrival_get_type ())
G_DECLARE_FINAL_TYPE (HeraldPrinterArrival, herald_printer_arrival, HERALD, PRINTER_ARRIVAL, AdwBin)

/* Property: arrived (whether the printer is watched now; read-only) */
GtkWidget  *herald_printer_arrival_new         (HeraldServiceLink    *link);
void        herald_printer_arrival_begin       (HeraldPrinterArrival *self,
                                                const char           *id,
                                                HeraldArrivalWay      way);
gboolean    herald_printer_arrival_has_arrived (HeraldPrinterArrival *self);
/* What was pasted and is not stored yet; "" if there is none */
const char *herald_printer_arrival_get_key     (HeraldPrinterArrival *self);

G_END_DECLS
