/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "demo/demo-job.h"

G_BEGIN_DECLS

typedef enum
{
  HERALD_DEMO_STATUS_PLAIN = 0,
  /* Every field of job and progress is null */
  HERALD_DEMO_STATUS_NULL_JOB = 1 << 0,
  /* OctoPrint 2.0: `printing` stays true while paused */
  HERALD_DEMO_STATUS_VERSION_2 = 1 << 1,
} HeraldDemoStatusFlags;

JsonObject *herald_demo_status_new_state    (const HeraldDemoView   *view,
                                             HeraldDemoStatusFlags   flags);
JsonObject *herald_demo_status_new_job      (const HeraldDemoView   *view,
                                             const HeraldDemoPrints *prints,
                                             HeraldDemoStatusFlags   flags);
JsonObject *herald_demo_status_new_progress (const HeraldDemoView   *view,
                                             HeraldDemoStatusFlags   flags);
JsonObject *herald_demo_status_new_current  (const HeraldDemoView   *view,
                                             const HeraldDemoPrints *prints,
                                             guint                   n_points,
                                             HeraldDemoStatusFlags   flags);

G_END_DECLS
