/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/clock.h"
#include "core/printers/gap.h"
#include "core/printers/octoprint/octoprint-server.h"
#include "core/printers/print-journal.h"

G_BEGIN_DECLS

/**
 * HeraldGapQuestion:
 * @gap: (not nullable): with its state and times; the answers are put into it
 * @job: (nullable): the print that was under way; since when it is over is noted there
 * @all_files: whether prints of any file may have been missed, not only of that one
 * @etag: (nullable): of the list of files as we know it
 * @skew_ms: what our clock is ahead of the server’s
 * @begun: (element-type utf8 gint64): prints that began after @gap, by file: when, milliseconds since 1970 by our clock; may
 *   grow meanwhile
 *
 * What is to be found out about a gap.
 */
typedef struct
{
  HeraldGap *gap;
  HeraldPrintJob *job;
  gboolean all_files;
  const char *etag;
  gint64 skew_ms;
  GHashTable *begun;
  HeraldClock *clock;
} HeraldGapQuestion;

/**
 * HeraldGapAnswer:
 * @etag: (nullable): of the list of files
 * @counts: (element-type utf8 HeraldPrintCount): of every file that was asked for, by path
 * @movies: (array zero-terminated=1): names of timelapses made meanwhile
 * @movie_s: when the newest was made, by the server’s clock; −1 if unknown
 *
 * What was found out, beside what is in the gap.
 */
typedef struct
{
  char *etag;
  GHashTable *counts;
  gboolean all_files;
  GPtrArray *movies;
  gint64 movie_s;
} HeraldGapAnswer;

/* Asks the server for its counters, its films and its last error. A question it does not answer – it
 * lacks the permission, the version, or breaks off – stays open; that is no error. */
void             herald_gap_inquiry_async  (HeraldOctoprintServer   *server,
                                            HeraldPrintJournal      *journal,
                                            const HeraldGapQuestion *question,
                                            GCancellable            *cancellable,
                                            GAsyncReadyCallback      callback,
                                            gpointer                 user_data);
/* Returns (transfer full): NULL only when cancelled */
HeraldGapAnswer *herald_gap_inquiry_finish (GAsyncResult            *result,
                                            GError                 **error);
/* One that knows nothing */
HeraldGapAnswer *herald_gap_answer_new     (void);
void             herald_gap_answer_free    (HeraldGapAnswer         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldGapAnswer, herald_gap_answer_free)

G_END_DECLS
