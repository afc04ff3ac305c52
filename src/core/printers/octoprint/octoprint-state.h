/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "core/printers/printer-state.h"

G_BEGIN_DECLS

HeraldPrinterState *herald_octoprint_state_read (JsonObject         *content,
                                                 HeraldPrinterState *previous,
                                                 gint64              now_ms);

G_END_DECLS
