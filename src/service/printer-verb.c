/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-verb"

#include "service/printer-verb.h"

void
herald_printer_verb_control (HeraldEngine        *engine,
                             const char          *printer,
                             HeraldPrinterAction  action)
{
}

void
herald_printer_verb_open (HeraldEngine   *engine,
                          HeraldLauncher *launcher,
                          const char     *printer,
                          const char     *token)
{
}

void
herald_printer_verb_picture (HeraldEngine   *engine,
                             HeraldLauncher *launcher,
                             const char     *printer,
                             const char     *token)
{
}
