/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/events/event.h"
#include "core/printers/print-job.h"
#include "core/printers/printer-state.h"

G_BEGIN_DECLS

/* What is known beside what was said. What @values have they keep. */

/* @state: (nullable): the last one */
void herald_event_values_add_job          (HeraldValues       *values,
                                           HeraldPrintJob     *job,
                                           HeraldPrinterState *state,
                                           gint64              now_ms);
void herald_event_values_add_temperatures (HeraldValues       *values,
                                           HeraldPrinterState *state);
/* @job: (nullable): the print that is under way now
 * @state: (nullable): the last one */
void herald_event_values_complete         (HeraldEvent        *event,
                                           HeraldPrintJob     *job,
                                           HeraldPrinterState *state,
                                           gint64              now_ms);

G_END_DECLS
