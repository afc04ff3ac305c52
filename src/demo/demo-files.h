/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  HERALD_DEMO_ORIGIN_LOCAL,
  /* OctoPrint keeps no history of these */
  HERALD_DEMO_ORIGIN_SDCARD,
} HeraldDemoOrigin;

/* How often a file was printed, as OctoPrint counts it; times by the server's clock */
typedef struct
{
  guint n_success;
  guint n_failure;
  gint64 last_ms;
  double last_s;
  double total_s;
  gboolean last_success;
} HeraldDemoPrints;

typedef struct
{
  char *path;
  HeraldDemoOrigin origin;
  gint64 size;
  gint64 date_ms;
  char *hash;
  double seconds;
  HeraldDemoPrints prints;
} HeraldDemoFile;

/* The films of past prints */
typedef struct
{
  char *name;
  gint64 date_ms;
} HeraldDemoMovie;

typedef struct _HeraldDemoFiles HeraldDemoFiles;

HeraldDemoFiles *herald_demo_files_new            (void);
void             herald_demo_files_free           (HeraldDemoFiles  *self);
HeraldDemoFile  *herald_demo_files_put            (HeraldDemoFiles  *self,
                                                   HeraldDemoOrigin  origin,
                                                   const char       *path,
                                                   double            seconds,
                                                   gint64            now_ms);
HeraldDemoFile  *herald_demo_files_find           (HeraldDemoFiles  *self,
                                                   HeraldDemoOrigin  origin,
                                                   const char       *path);
GPtrArray       *herald_demo_files_get_all        (HeraldDemoFiles  *self);
void             herald_demo_files_count          (HeraldDemoFiles  *self,
                                                   HeraldDemoFile   *file,
                                                   gboolean          success,
                                                   gint64            now_ms,
                                                   double            elapsed_s);
void             herald_demo_files_reset_counters (HeraldDemoFiles  *self,
                                                   HeraldDemoFile   *file);
void             herald_demo_files_replace        (HeraldDemoFiles  *self,
                                                   HeraldDemoFile   *file,
                                                   gint64            now_ms);
void             herald_demo_files_remove         (HeraldDemoFiles  *self,
                                                   HeraldDemoFile   *file);
void             herald_demo_files_add_movie      (HeraldDemoFiles  *self,
                                                   const char       *name,
                                                   gint64            now_ms);
GArray          *herald_demo_files_get_movies     (HeraldDemoFiles  *self);
guint            herald_demo_files_get_revision   (HeraldDemoFiles  *self);

G_END_DECLS
