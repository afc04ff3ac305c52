/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/values.h"
#include "core/printers/printer-state.h"

G_BEGIN_DECLS

void          herald_job_values_set_file     (HeraldValues       *values);
HeraldValues *herald_job_values_from_state   (HeraldPrinterState *state);
void          herald_job_values_add          (HeraldValues       *values,
                                              HeraldValues       *known);
const char   *herald_job_values_get_path     (HeraldValues       *values);
void          herald_job_values_set_duration (HeraldValues       *values,
                                              const char         *name,
                                              gint64              seconds);
void          herald_job_values_add_progress (HeraldValues       *values,
                                              HeraldPrinterState *state,
                                              gint64              now_ms);

G_END_DECLS
