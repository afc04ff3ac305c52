/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-job-view"

#include "demo/demo-job-private.h"

/**
 * herald_demo_job_get_view:
 * @view: filled; what it points to is borrowed and holds until the job moves on
 */
void
herald_demo_job_get_view (HeraldDemoJob  *self,
                          HeraldDemoView *view)
{
  /* 2.0 has forgotten why by the time it is off */
  gboolean forgotten =
      self->dialect == HERALD_DEMO_DIALECT_2_0 && self->state == HERALD_DEMO_STATE_OFFLINE;
  gboolean hot = herald_demo_job_is_active (self);

  view->state = self->state;
  view->dialect = self->dialect;
  view->state_text = herald_demo_job_get_state_text (self);
  view->error = forgotten ? NULL : self->error;
  view->file = self->file;
  view->now_ms = self->now_ms;
  view->server_ms = self->now_ms + self->clock_offset_ms;
  view->elapsed_s = self->elapsed_ms / 1000;
  view->seconds = self->file != NULL ? self->file->seconds : 0;
  view->has_progress = self->has_progress;
  view->z = self->layer / HERALD_DEMO_LAYERS_PER_MM;
  view->tool = self->tool;
  view->tool_target = hot ? HERALD_DEMO_TOOL_CELSIUS : 0;
  view->bed = self->bed;
  view->bed_target = hot ? HERALD_DEMO_BED_CELSIUS : 0;
  view->markings = self->markings;
}

/* Which OctoPrint it is from now on */
void
herald_demo_job_set_dialect (HeraldDemoJob     *self,
                             HeraldDemoDialect  dialect)
{
  self->dialect = dialect;
}

/* How wrong the server's clock is; what is written down already keeps its time */
void
herald_demo_job_set_clock_offset_ms (HeraldDemoJob *self,
                                     gint64         offset_ms)
{
  self->clock_offset_ms = offset_ms;
}

/* How long after PrintDone the counters of the file move; 0 for at once */
void
herald_demo_job_set_history_delay_ms (HeraldDemoJob *self,
                                      gint64         delay_ms)
{
  self->history_delay_ms = delay_ms;
}
