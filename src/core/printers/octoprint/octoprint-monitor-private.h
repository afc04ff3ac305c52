/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/gap.h"
#include "core/printers/octoprint/octoprint-monitor.h"
#include "core/printers/printer-watch.h"

G_BEGIN_DECLS

/* A push that waits until a gap is closed. @said_ms: when it came */
typedef struct
{
  HeraldPushType type;
  JsonObject *content;
  gint64 said_ms;
} HeraldHeldPush;

struct _HeraldOctoprintMonitor
{
  GObject parent_instance;

  HeraldPrinter *printer;
  HeraldPrintJournal *journal;
  HeraldClock *clock;
  HeraldPrinterWatch *watch;
  HeraldOctoprintServer *server;

  /* From a loss until everything is found out: pushes are held back */
  gboolean blind;
  gint64 gap_ms;
  HeraldGap *gap;
  GPtrArray *held;
  gsize held_bytes;
  /* (element-type utf8 gint64): when prints of which we have not told yet began, by file */
  GHashTable *begun;
  GCancellable *cancellable;

  /* (element-type utf8 gboolean): the files whose counters are being asked for, and whether they have changed meanwhile */
  GHashTable *checks;

  char *etag;
  char *kept_key;
  char *base_key;
  char *based_key;
  gint64 skew_ms;
  gint64 heard_ms;
  gint64 asleep_ms;
  gint64 layer;
  gint64 layers;
  gint64 due_ms;
  guint due_id;
};

/* octoprint-monitor.c */
void                herald_octoprint_monitor_tell       (HeraldOctoprintMonitor *self,
                                                         GPtrArray              *events);
void                herald_octoprint_monitor_write      (HeraldOctoprintMonitor *self);
void                herald_octoprint_monitor_keep_job   (HeraldOctoprintMonitor *self);
void                herald_octoprint_monitor_listen     (HeraldOctoprintMonitor *self,
                                                         HeraldPushType          type,
                                                         JsonObject             *content,
                                                         gint64                  now_ms);
HeraldPrinterState *herald_octoprint_monitor_read_state (HeraldOctoprintMonitor *self,
                                                         JsonObject             *content,
                                                         gint64                  now_ms);

/* octoprint-monitor-count.c */
void                herald_octoprint_monitor_expect_count (HeraldOctoprintMonitor *self,
                                                           const HeraldEvent      *event);
void                herald_octoprint_monitor_assume_base (HeraldOctoprintMonitor *self);
void                herald_octoprint_monitor_want_base  (HeraldOctoprintMonitor *self);
/* The server has counted a print of the file; if nobody was told of it, it is told. It is asked once at a time, and only
 * about files that we know. @path: (nullable) */
void                herald_octoprint_monitor_check_count (HeraldOctoprintMonitor *self,
                                                          const char             *path);
/* Whether the server has not counted yet what was told */
gboolean            herald_octoprint_monitor_is_behind  (HeraldOctoprintMonitor *self,
                                                         const char             *path,
                                                         const HeraldPrintCount *expected,
                                                         const HeraldPrintCount *count);

/* octoprint-monitor-gap.c */
void                herald_octoprint_monitor_look_back  (HeraldOctoprintMonitor *self,
                                                         HeraldPushType          type,
                                                         JsonObject             *content);
/* The print is over, and nobody told us how */
void                herald_octoprint_monitor_look_into_end (HeraldOctoprintMonitor *self);
void                herald_octoprint_monitor_tell_missed (HeraldOctoprintMonitor *self,
                                                         const char             *path,
                                                         const char             *name,
                                                         const HeraldPrintCount *before,
                                                         const HeraldPrintCount *after);

G_END_DECLS
