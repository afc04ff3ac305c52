/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/printer.h"

G_BEGIN_DECLS

/* A printer in words for a person, plain text without lines. All (transfer full); @now_ms: our clock, milliseconds since 1970 */

/* Its name, short enough for a line of a menu */
char *herald_printer_words_format_name   (HeraldPrinter *printer);
/* How it is doing, without its name and as the rest of a sentence: “printing, 42 %, done at 18:05” */
char *herald_printer_words_format_state  (HeraldPrinter *printer,
                                          gint64         now_ms);
/* When the print will be done: “Done at 18:05, in 1 hour 10 min”; %NULL if nobody knows */
char *herald_printer_words_format_finish (HeraldPrinter *printer,
                                          gint64         now_ms);
/* The same as the rest of a sentence, of any finish time: “done at 18:05”, “done tomorrow 03:10” */
char *herald_printer_words_format_done   (gint64         finish_ms,
                                          gint64         now_ms);
/* What is printed: “benchy.gcode”; %NULL for nothing */
char *herald_printer_words_format_job    (HeraldPrinter *printer);
/* What is wrong, in a sentence; %NULL if nothing is */
char *herald_printer_words_format_problem (HeraldPrinter *printer);

/* Whole percents, −1 if unknown or if there is no print; 100 only when all is printed */
int   herald_printer_words_get_percent   (HeraldPrinter *printer);

G_END_DECLS
