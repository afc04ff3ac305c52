/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/events/event.h"
#include "core/printers/print-count.h"
#include "core/printers/print-job.h"
#include "core/printers/printer-state.h"

G_BEGIN_DECLS

/**
 * HeraldFileRecord:
 * @path: in the server’s own storage; cleaned
 * @name: as shown; cleaned
 * @before: what we expected its counters to be; unknown if we have never seen it
 * @after: what they are
 *
 * A file whose counters are not what we expected.
 */
typedef struct
{
  char *path;
  char *name;
  HeraldPrintCount before;
  HeraldPrintCount after;
} HeraldFileRecord;

/* What a server marks in its temperature chart */
typedef enum
{
  HERALD_MARK_DONE,
  HERALD_MARK_CANCELLED,
  HERALD_MARK_STARTED,
} HeraldMarkType;

typedef struct
{
  HeraldMarkType type;
  gint64 when_ms; /* our clock */
} HeraldMark;

/**
 * HeraldGap:
 * @from_ms: when we last heard of it, milliseconds since 1970; 0 if never
 * @to_ms: when we heard of it again
 * @answered_ms: when the counters were read, which is after the state
 * @state: the first thing we heard
 * @job: (nullable): the print that was under way before
 * @files: (element-type HeraldFileRecord): whose counters changed
 * @counted: whether the counters could be read at all
 * @marks: (element-type HeraldMark): what the server remembers of the last half hour
 * @error: (nullable): the last error it remembers; cleaned
 *
 * A time in which nobody told us anything, and all there is to find out about it.
 */
typedef struct
{
  gint64 from_ms;
  gint64 to_ms;
  gint64 answered_ms;
  HeraldPrinterState *state;
  HeraldPrintJob *job;
  GPtrArray *files;
  gboolean counted;
  GArray *marks;
  char *error;
} HeraldGap;

/**
 * HeraldConclusion:
 * @file: (nullable): the file that was printed; %NULL for the print that was under way
 * @ordinal: which print of that file it was
 * @occurred_ms: 0 if unknown
 * @duration_s: −1 if unknown
 * @error: (nullable): why it failed, for a person
 *
 * How one print ended that nobody saw ending.
 */
typedef struct
{
  HeraldEventKind kind;
  HeraldEventSource source;
  const HeraldFileRecord *file;
  gint64 ordinal;
  gint64 occurred_ms;
  gint64 duration_s;
  char *error;
} HeraldConclusion;

HeraldGap        *herald_gap_new               (HeraldPrinterState *state,
                                                gint64              from_ms,
                                                gint64              to_ms);
void              herald_gap_free              (HeraldGap          *self);
HeraldFileRecord *herald_gap_add_file          (HeraldGap          *self,
                                                const char         *path,
                                                const char         *name);
char             *herald_gap_describe_absence  (const HeraldGap    *self);

/* gap-judge.c: (transfer full) (element-type HeraldConclusion): in the order to tell them */
GPtrArray        *herald_gap_judge             (const HeraldGap    *self);
gboolean          herald_gap_shows_past        (const HeraldGap    *self,
                                                GPtrArray          *conclusions,
                                                const char         *job_path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldGap, herald_gap_free)

G_END_DECLS
