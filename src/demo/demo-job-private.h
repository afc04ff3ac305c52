/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "demo/demo-job.h"

G_BEGIN_DECLS

/* A print of any length has as many layers. */
#define HERALD_DEMO_LAYERS 100
#define HERALD_DEMO_LAYERS_PER_MM 5.0
#define HERALD_DEMO_TOOL_CELSIUS 205.0
#define HERALD_DEMO_BED_CELSIUS 60.0

/**
 * HeraldDemoJob:
 *
 * A printer and what it prints, as a pure model over time: it asks no clock,
 * and says every event in the order of OctoPrint 1.11.8.
 */
struct _HeraldDemoJob
{
  HeraldDemoSayFunc say;
  gpointer user_data;
  HeraldDemoDialect dialect;

  gint64 now_ms;
  gint64 clock_offset_ms;
  HeraldDemoState state;
  gint64 state_since_ms;
  char *error;
  /* The line was lost, whether or not anybody knows why */
  gboolean broken;

  HeraldDemoFiles *files;
  /* Borrowed from the files; NULL if none is selected */
  HeraldDemoFile *file;
  HeraldDemoOutcome outcome;
  HeraldDemoPrintFlags flags;
  double elapsed_ms;
  gboolean has_progress;
  guint layer;

  double tool;
  double bed;
  GArray *markings;

  /* Prints that have ended and are not counted yet */
  gint64 history_delay_ms;
  GPtrArray *uncounted;

  char *movie;
  char *movie_of;
  gint64 movie_since_ms;
  guint movie_percent;
};

/* demo-job-tell.c */
void        herald_demo_job_tell               (HeraldDemoJob   *self,
                                                const char      *type,
                                                JsonObject      *payload);
void        herald_demo_job_tell_pair          (HeraldDemoJob   *self,
                                                const char      *type,
                                                const char      *first,
                                                const char      *first_value,
                                                const char      *second,
                                                const char      *second_value);
void        herald_demo_job_tell_message       (HeraldDemoJob   *self,
                                                HeraldDemoSays   what,
                                                const char      *type,
                                                JsonObject      *payload);
void        herald_demo_job_mark               (HeraldDemoJob   *self,
                                                const char      *type,
                                                const char      *label);
void        herald_demo_job_note_marking       (HeraldDemoJob   *self,
                                                const char      *type,
                                                const char      *label);
JsonObject *herald_demo_job_new_payload        (HeraldDemoJob   *self);
void        herald_demo_job_tell_link          (HeraldDemoJob   *self,
                                                const char      *type);
void        herald_demo_job_enter              (HeraldDemoJob   *self,
                                                HeraldDemoState  state);
void        herald_demo_job_tell_detecting     (HeraldDemoJob   *self);
const char *herald_demo_job_get_state_text     (HeraldDemoJob   *self);

/* demo-job-end.c */
void        herald_demo_job_end_done           (HeraldDemoJob   *self);
void        herald_demo_job_end_cancelled      (HeraldDemoJob   *self);
void        herald_demo_job_lose_printer       (HeraldDemoJob   *self,
                                                const char      *error);
void        herald_demo_job_tell_paused        (HeraldDemoJob   *self);
GPtrArray  *herald_demo_job_new_uncounted      (void);
void        herald_demo_job_count_late         (HeraldDemoJob   *self);

/* demo-job-more.c */
void        herald_demo_job_advance_transfer   (HeraldDemoJob   *self,
                                                double           step_ms);
void        herald_demo_job_end_transfer       (HeraldDemoJob   *self,
                                                const char      *type);
void        herald_demo_job_begin_movie        (HeraldDemoJob   *self);
void        herald_demo_job_advance_movie      (HeraldDemoJob   *self);
void        herald_demo_job_advance_layer      (HeraldDemoJob   *self);

G_END_DECLS
