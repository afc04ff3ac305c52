/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/printer.h"

G_BEGIN_DECLS

/* (nullable): why @printer cannot be told to do @action now, a sentence without a full stop; %NULL if it can */
const char *herald_printer_refusal_get (HeraldPrinter       *printer,
                                        HeraldPrinterAction  action);

G_END_DECLS
