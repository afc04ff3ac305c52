/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/gap.h"
#include "core/printers/print-job.h"
#include "core/store/database.h"

G_BEGIN_DECLS

#define HERALD_TYPE_PRINT_JOURNAL (herald_print_journal_get_type ())
G_DECLARE_FINAL_TYPE (HeraldPrintJournal, herald_print_journal, HERALD, PRINT_JOURNAL, GObject)

/* What must be known of a printer after we were away: the print that was under way, how often each
 * file had been printed, and since when nobody listened. */
HeraldPrintJournal *herald_print_journal_new          (HeraldDatabase         *database,
                                                       const char             *printer);

/* @origin: scheme, host and port of the server. What was remembered of another one is forgotten. */
gboolean            herald_print_journal_begin_with   (HeraldPrintJournal     *self,
                                                       const char             *origin,
                                                       GError                **error);

HeraldPrintJob     *herald_print_journal_load_job     (HeraldPrintJournal     *self);
gboolean            herald_print_journal_save_job     (HeraldPrintJournal     *self,
                                                       HeraldPrintJob         *job,
                                                       GError                **error);

/* It is over, and how is in nobody’s message; mostly that is written already. */
gboolean            herald_print_journal_end_job      (HeraldPrintJournal     *self,
                                                       const char             *key,
                                                       gint64                  now_ms);

/* How many prints of a file ended since then, as far as they were watched */
gint64              herald_print_journal_count_ends   (HeraldPrintJournal     *self,
                                                       const char             *path,
                                                       gint64                  since_ms);

/* (out) @count is unknown if the file is */
void                herald_print_journal_get_count    (HeraldPrintJournal     *self,
                                                       const char             *path,
                                                       HeraldPrintCount       *count);
/* Returns (transfer full) (element-type utf8 HeraldPrintCount): of all files we know, by path */
GHashTable         *herald_print_journal_load_counts  (HeraldPrintJournal     *self);
gboolean            herald_print_journal_set_count    (HeraldPrintJournal     *self,
                                                       const char             *path,
                                                       const HeraldPrintCount *count,
                                                       GError                **error);
/* It was told that a print of the file is over, and the server has not counted it. */
gboolean            herald_print_journal_owe_count    (HeraldPrintJournal     *self,
                                                       const char             *path,
                                                       gint64                  now_ms,
                                                       GError                **error);
gboolean            herald_print_journal_book_off     (HeraldPrintJournal     *self,
                                                       const char             *path,
                                                       const HeraldPrintCount *asked,
                                                       gint64                  now_ms,
                                                       HeraldPrintCount       *expected);
/* @paths: set of those that still exist; the others are forgotten */
gboolean            herald_print_journal_keep_only    (HeraldPrintJournal     *self,
                                                       GHashTable             *paths,
                                                       GError                **error);
gboolean            herald_print_journal_begin        (HeraldPrintJournal     *self,
                                                       GError                **error);
gboolean            herald_print_journal_commit       (HeraldPrintJournal     *self,
                                                       GError                **error);

/* A gap that is open already stays as it is. */
gboolean            herald_print_journal_open_gap     (HeraldPrintJournal     *self,
                                                       const char             *reason,
                                                       gint64                  from_ms,
                                                       GError                **error);
/* 0 if none is open */
gint64              herald_print_journal_get_gap_ms   (HeraldPrintJournal     *self);
gboolean            herald_print_journal_close_gap    (HeraldPrintJournal     *self,
                                                       gint64                  to_ms,
                                                       guint                   n_recovered,
                                                       guint                   n_unknown,
                                                       GError                **error);

/* Seconds since 1970 by the server’s clock, of the newest timelapse we know; 0 for none, −1 if never asked */
gint64              herald_print_journal_get_movie_s  (HeraldPrintJournal     *self);
gboolean            herald_print_journal_set_movie_s  (HeraldPrintJournal     *self,
                                                       gint64                  movie_s,
                                                       GError                **error);

/* When this program last ran, for all printers: milliseconds since 1970; 0 if never */
gint64              herald_print_journal_get_alive_ms (HeraldDatabase         *database);
gboolean            herald_print_journal_set_alive_ms (HeraldDatabase         *database,
                                                       gint64                  now_ms,
                                                       GError                **error);

G_END_DECLS
