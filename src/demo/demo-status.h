/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "demo/demo-job-view.h"

G_BEGIN_DECLS

typedef enum
{
  HERALD_DEMO_STATUS_PLAIN = 0,
  /* Every field of job and progress is null */
  HERALD_DEMO_STATUS_NULL_JOB = 1 << 0,
  HERALD_DEMO_STATUS_NO_MARKINGS = 1 << 1,
  /* OctoPrint 2.0 keeps the shapes of 1.x in its REST answers unless asked for others */
  HERALD_DEMO_STATUS_REST = 1 << 2,
} HeraldDemoStatusFlags;

char       *herald_demo_status_dup_text     (const HeraldDemoView   *view);
JsonObject *herald_demo_status_new_state    (const HeraldDemoView   *view);
JsonObject *herald_demo_status_new_job      (const HeraldDemoView   *view,
                                             HeraldDemoStatusFlags   flags);
JsonObject *herald_demo_status_new_progress (const HeraldDemoView   *view,
                                             HeraldDemoStatusFlags   flags);
JsonObject *herald_demo_status_new_slow     (const HeraldDemoView   *view,
                                             HeraldDemoStatusFlags   flags);
JsonObject *herald_demo_status_new_fast     (const HeraldDemoView   *view,
                                             HeraldDemoStatusFlags   flags,
                                             guint                   n_points);
JsonArray  *herald_demo_status_new_busy     (const HeraldDemoView   *view);
JsonObject *herald_demo_status_new_filament (const HeraldDemoFile   *file,
                                             HeraldDemoDialect       dialect);

G_END_DECLS
