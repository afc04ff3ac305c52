/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "demo/demo-job-view.h"

G_BEGIN_DECLS

typedef enum
{
  HERALD_DEMO_STARTER_OCTOPRINT,
  /* The printer prints all of a sudden, nobody says PrintStarted */
  HERALD_DEMO_STARTER_PRINTER,
} HeraldDemoStarter;

typedef enum
{
  HERALD_DEMO_PRINT_PLAIN = 0,
  /* PrintFailed comes before the PrintCancelled it belongs to */
  HERALD_DEMO_PRINT_FAILED_FIRST = 1 << 0,
  HERALD_DEMO_PRINT_TIMELAPSE = 1 << 1,
  /* From the beginning, in place of the one that is paused */
  HERALD_DEMO_PRINT_AGAIN = 1 << 2,
} HeraldDemoPrintFlags;

typedef struct
{
  const char *file;
  double seconds;
  HeraldDemoOutcome outcome;
  HeraldDemoOrigin origin;
  HeraldDemoStarter starter;
  HeraldDemoPrintFlags flags;
} HeraldDemoPrint;

typedef struct _HeraldDemoJob HeraldDemoJob;

typedef enum
{
  HERALD_DEMO_SAYS_EVENT,
  /* The type is the plugin's id */
  HERALD_DEMO_SAYS_PLUGIN,
  /* The type is the name of the whole message */
  HERALD_DEMO_SAYS_MESSAGE,
} HeraldDemoSays;

typedef void (*HeraldDemoSayFunc) (HeraldDemoSays  what,
                                   const char     *type,
                                   JsonNode       *payload,
                                   gpointer        user_data);

/* demo-job.c */
HeraldDemoJob   *herald_demo_job_new                  (HeraldDemoSayFunc        say,
                                                       gpointer                 user_data);
void             herald_demo_job_free                 (HeraldDemoJob           *self);
void             herald_demo_job_advance              (HeraldDemoJob           *self,
                                                       gint64                   now_ms);
gboolean         herald_demo_job_start                (HeraldDemoJob           *self,
                                                       const HeraldDemoPrint   *print);
gboolean         herald_demo_job_pause                (HeraldDemoJob           *self);
gboolean         herald_demo_job_resume               (HeraldDemoJob           *self);
gboolean         herald_demo_job_cancel               (HeraldDemoJob           *self);
void             herald_demo_job_connect              (HeraldDemoJob           *self);
void             herald_demo_job_disconnect           (HeraldDemoJob           *self,
                                                       const char              *reason);
void             herald_demo_job_kill                 (HeraldDemoJob           *self);
gboolean         herald_demo_job_is_active            (HeraldDemoJob           *self);
HeraldDemoFiles *herald_demo_job_get_files            (HeraldDemoJob           *self);

/* demo-job-view.c */
void             herald_demo_job_get_view             (HeraldDemoJob           *self,
                                                       HeraldDemoView          *view);
void             herald_demo_job_set_dialect          (HeraldDemoJob           *self,
                                                       HeraldDemoDialect        dialect);
void             herald_demo_job_set_clock_offset_ms  (HeraldDemoJob           *self,
                                                       gint64                   offset_ms);
void             herald_demo_job_set_history_delay_ms (HeraldDemoJob           *self,
                                                       gint64                   delay_ms);

/* demo-job-more.c */
gboolean         herald_demo_job_transfer             (HeraldDemoJob           *self,
                                                       const char              *file,
                                                       double                   seconds,
                                                       HeraldDemoOutcome        outcome);
void             herald_demo_job_upload               (HeraldDemoJob           *self,
                                                       const char              *file,
                                                       double                   seconds);
void             herald_demo_job_remove_file          (HeraldDemoJob           *self,
                                                       HeraldDemoFile          *file);
void             herald_demo_job_forget               (HeraldDemoJob           *self);

G_END_DECLS
