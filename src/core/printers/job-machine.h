/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/events/event.h"
#include "core/printers/printer-state.h"
#include "core/printers/watch-options.h"

G_BEGIN_DECLS

/* What a server says has happened. */
typedef enum
{
  HERALD_JOB_STARTED,
  HERALD_JOB_PAUSED,
  HERALD_JOB_RESUMED,
  HERALD_JOB_CANCELLED,
  HERALD_JOB_FAILED,
  HERALD_JOB_DONE,
  HERALD_PRINTER_ERROR,
  HERALD_PRINTER_CONNECTED,
  HERALD_PRINTER_DISCONNECTED,
} HeraldJobSignal;

typedef struct _HeraldJobMachine HeraldJobMachine;

HeraldJobMachine *herald_job_machine_new            (const char         *printer);
void              herald_job_machine_free           (HeraldJobMachine   *self);

void              herald_job_machine_set_options    (HeraldJobMachine         *self,
                                                     const HeraldWatchOptions *options);

/* Each returns (transfer full) (element-type HeraldEvent): what is to be told, often nothing.
 * @now_ms is milliseconds since 1970. */
GPtrArray        *herald_job_machine_take_signal    (HeraldJobMachine   *self,
                                                     HeraldJobSignal     signal,
                                                     HeraldValues       *values,
                                                     gint64              now_ms);
GPtrArray        *herald_job_machine_take_state     (HeraldJobMachine   *self,
                                                     HeraldPrinterState *state,
                                                     gint64              now_ms);
GPtrArray        *herald_job_machine_take_time      (HeraldJobMachine   *self,
                                                     gint64              now_ms);
void              herald_job_machine_open_gap       (HeraldJobMachine   *self);

gint64            herald_job_machine_get_due_ms     (HeraldJobMachine   *self);
gboolean          herald_job_machine_has_job        (HeraldJobMachine   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldJobMachine, herald_job_machine_free)

G_END_DECLS
