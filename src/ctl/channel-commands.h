/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl/command.h"

G_BEGIN_DECLS

#define HERALD_CHANNEL_JSON_ENTRY(variable) \
  { "json", 0, 0, G_OPTION_ARG_NONE, &(variable), N_("Print JSON, for scripts"), NULL }

HeraldDBusChannel1 *herald_channel_parse_for_one (HeraldCall  *call,
                                                  gboolean    *json,
                                                  GError     **error);

/* Commands with files of their own */
gboolean            herald_channel_run_types     (HeraldCall  *call,
                                                  GError     **error);
gboolean            herald_channel_run_find      (HeraldCall  *call,
                                                  GError     **error);
gboolean            herald_channel_run_add       (HeraldCall  *call,
                                                  GError     **error);
gboolean            herald_channel_run_set       (HeraldCall  *call,
                                                  GError     **error);
gboolean            herald_channel_run_gateways  (HeraldCall  *call,
                                                  GError     **error);
gboolean            herald_channel_run_test      (HeraldCall  *call,
                                                  GError     **error);
gboolean            herald_channel_run_login     (HeraldCall  *call,
                                                  GError     **error);

G_END_DECLS
