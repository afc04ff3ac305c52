/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/clock.h"
#include "core/net/http-client.h"
#include "core/printers/printer-class.h"
#include "core/store/database.h"
#include "core/store/secret-store.h"

G_BEGIN_DECLS

#define HERALD_TYPE_OCTOPRINT_PRINTER (herald_octoprint_printer_get_type ())
G_DECLARE_FINAL_TYPE (HeraldOctoprintPrinter, herald_octoprint_printer, HERALD, OCTOPRINT_PRINTER, HeraldPrinter)

HeraldPrinter *herald_octoprint_printer_new (const char        *id,
                                             HeraldValues      *settings,
                                             HeraldHttpClient  *http,
                                             HeraldSecretStore *secrets,
                                             HeraldDatabase    *database,
                                             gint64             alive_ms,
                                             HeraldClock       *clock);

G_END_DECLS
