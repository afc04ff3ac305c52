/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "core/base/values.h"
#include "core/printers/printer-signal.h"

G_BEGIN_DECLS

/* What to subscribe to: (array zero-terminated=1) plugins, and a regular expression for terminal lines */
const char *const *herald_octoprint_calls_get_plugins  (void);
const char        *herald_octoprint_calls_get_pattern  (void);

/* Whether the printer calls for somebody, or says what layer it is at: in a `plugin` message, or in
 * the lines of a `current` message. @values is (transfer full). */
gboolean           herald_octoprint_calls_read_plugin  (JsonObject           *message,
                                                        HeraldPrinterSignal  *signal,
                                                        HeraldValues        **values);
gboolean           herald_octoprint_calls_read_lines   (JsonObject           *current,
                                                        HeraldPrinterSignal  *signal,
                                                        HeraldValues        **values);

G_END_DECLS
