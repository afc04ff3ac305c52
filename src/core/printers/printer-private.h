/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/finish-time.h"
#include "core/printers/printer-class.h"

G_BEGIN_DECLS

typedef enum
{
  HERALD_PRINTER_PROP_ID = 1,
  HERALD_PRINTER_PROP_SETTINGS,
  HERALD_PRINTER_PROP_SERVER,
  HERALD_PRINTER_PROP_CONNECTION,
  HERALD_PRINTER_PROP_STATE,
  HERALD_PRINTER_PROP_ATTENTION,
} HeraldPrinterProperty;

typedef struct
{
  char *id;
  HeraldValues *settings;
  HeraldWatchOptions options;
  HeraldConnection connection;
  char *problem;
  char *version;
  HeraldCertificate *certificate;
  char *server_name;
  char *color;
  char *gap;
  char *attention;
  char *fallback;
  HeraldPrinterState *state;
  HeraldFinishTime finish_time;
  HeraldTemperatureHistory *temperatures;
} HeraldPrinterPrivate;

/* printer.c */
HeraldPrinterPrivate *herald_printer_get_private (HeraldPrinter         *self);
void                  herald_printer_notify      (HeraldPrinter         *self,
                                                  HeraldPrinterProperty  property);

G_END_DECLS
