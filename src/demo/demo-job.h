/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  HERALD_DEMO_STATE_OFFLINE,
  HERALD_DEMO_STATE_OPERATIONAL,
  HERALD_DEMO_STATE_STARTING,
  HERALD_DEMO_STATE_PRINTING,
  HERALD_DEMO_STATE_PAUSING,
  HERALD_DEMO_STATE_PAUSED,
  HERALD_DEMO_STATE_RESUMING,
  HERALD_DEMO_STATE_FINISHING,
  HERALD_DEMO_STATE_CANCELLING,
  HERALD_DEMO_STATE_ERROR,
} HeraldDemoState;

typedef enum
{
  HERALD_DEMO_OUTCOME_DONE,
  HERALD_DEMO_OUTCOME_FAILED,
  HERALD_DEMO_OUTCOME_CANCELLED,
} HeraldDemoOutcome;

/* How often a file was printed, as OctoPrint counts it */
typedef struct
{
  guint n_success;
  guint n_failure;
  gint64 last_ms;
  double last_s;
  gboolean last_success;
} HeraldDemoPrints;

/* What there is to see at a moment; temperatures in °C */
typedef struct
{
  HeraldDemoState state;
  const char *state_text;
  const char *error;
  const char *file;
  gint64 size;
  gint64 now_ms;
  double elapsed_s;
  double seconds;
  gboolean has_progress;
  double tool;
  double tool_target;
  double bed;
  double bed_target;
} HeraldDemoView;

typedef struct _HeraldDemoJob HeraldDemoJob;

typedef void (*HeraldDemoEventFunc) (const char *type,
                                     JsonNode   *payload,
                                     gpointer    user_data);

HeraldDemoJob   *herald_demo_job_new            (HeraldDemoEventFunc  emit,
                                                 gpointer             user_data);
void             herald_demo_job_free           (HeraldDemoJob       *self);

void             herald_demo_job_advance        (HeraldDemoJob       *self,
                                                 gint64               now_ms);
gboolean         herald_demo_job_start          (HeraldDemoJob       *self,
                                                 const char          *file,
                                                 double               seconds,
                                                 HeraldDemoOutcome    outcome);
gboolean         herald_demo_job_pause          (HeraldDemoJob       *self);
gboolean         herald_demo_job_resume         (HeraldDemoJob       *self);
gboolean         herald_demo_job_cancel         (HeraldDemoJob       *self);
void             herald_demo_job_connect        (HeraldDemoJob       *self);
void             herald_demo_job_disconnect     (HeraldDemoJob       *self,
                                                 const char          *reason);

gboolean         herald_demo_job_is_active      (HeraldDemoJob       *self);
void             herald_demo_job_get_view       (HeraldDemoJob       *self,
                                                 HeraldDemoView      *view);
const HeraldDemoPrints *
                 herald_demo_job_get_prints     (HeraldDemoJob       *self,
                                                 const char          *file);

G_END_DECLS
