/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *herald_text_clean        (const char *foreign,
                                gsize       max_chars);
char *herald_text_clean_lines  (const char *foreign,
                                gsize       max_chars);
char *herald_text_clean_part   (const char *part,
                                gboolean    keep_lines);
char *herald_text_end_sentence (const char *words);
/* (transfer none): what stands between the words of a list, in the language of the reader */
const char *herald_text_get_comma (void);
char *herald_text_format_clock (gint64      seconds);
char *herald_text_format_time  (gint64      wall_ms);
char *herald_text_format_time_of_day (gint64 wall_ms);
char *herald_text_format_dollars (double dollars);
char *herald_text_format_moment (gint64     wall_ms,
                                 gint64     now_ms);
char *herald_text_make_id      (const char *name);

G_END_DECLS
