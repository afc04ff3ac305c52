/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "core/base/values.h"
#include "core/printers/printer-signal.h"

G_BEGIN_DECLS

const char *const *herald_octoprint_events_get_names (void);
gboolean           herald_octoprint_events_read      (JsonObject           *event,
                                                      HeraldPrinterSignal  *signal,
                                                      HeraldValues        **values);

G_END_DECLS
