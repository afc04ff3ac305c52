/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl/command.h"

G_BEGIN_DECLS

/* What a server may take before it has answered; the service waits no longer either */
#define HERALD_PRINTER_LIMIT_MS 60000

#define HERALD_PRINTER_JSON_ENTRY(variable) \
  { "json", 0, 0, G_OPTION_ARG_NONE, &(variable), N_("Print JSON, for scripts"), NULL }

/* The one printer a command is about; the first word is its id. Parses the line, and connects. */
HeraldDBusPrinter1 *herald_printer_parse_for_one      (HeraldCall          *call,
                                                       const GOptionEntry  *entries,
                                                       GError             **error);

/* Commands with files of their own */
gboolean            herald_printer_run_check          (HeraldCall          *call,
                                                       GError             **error);
gboolean            herald_printer_run_request_access (HeraldCall          *call,
                                                       GError             **error);
gboolean            herald_printer_run_mute           (HeraldCall          *call,
                                                       GError             **error);
gboolean            herald_printer_run_control        (HeraldCall          *call,
                                                       GError             **error);
gboolean            herald_printer_run_snapshot       (HeraldCall          *call,
                                                       GError             **error);

G_END_DECLS
