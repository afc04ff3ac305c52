/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldPrintCount:
 * @known: whether the rest means anything
 * @date_s: of the file, by the server’s clock; another date is another file of the same name
 * @n_done: prints that went well
 * @n_failed: prints that did not, whether cancelled or failed
 * @last_ms: when the last one ended, our clock, milliseconds since 1970; 0 if unknown
 * @last_duration_s: how long it took; −1 if unknown
 * @last_done: whether it went well
 *
 * How often a file was printed, as the server counts it. The counters outlive
 * everything: the socket, us, and the server’s own restart.
 */
typedef struct
{
  gboolean known;
  gint64 date_s;
  gint64 n_done;
  gint64 n_failed;
  gint64 last_ms;
  gint64 last_duration_s;
  gboolean last_done;
} HeraldPrintCount;

/* What two counts tell of the time between them. */
typedef enum
{
  HERALD_COUNT_SAME,
  HERALD_COUNT_MORE,
  /* The server says that a print is over before it counts it */
  HERALD_COUNT_LATE,
  /* The file was replaced, or the server has forgotten: nothing can be concluded */
  HERALD_COUNT_RESET,
} HeraldCountChange;

HeraldCountChange herald_print_count_compare (const HeraldPrintCount *before,
                                              const HeraldPrintCount *after);

HeraldPrintCount  herald_print_count_before  (const HeraldPrintCount *self,
                                              gint64                  started_ms);

G_END_DECLS
