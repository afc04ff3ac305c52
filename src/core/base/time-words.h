/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Moments and durations as people say them, in their language and their way of telling the time. Pure; moments are
 * milliseconds since 1970. All (transfer full). */
char *herald_time_words_format_moment    (gint64 wall_ms,
                                          gint64 now_ms);
char *herald_time_words_format_remaining (gint64 seconds);

/* Such as 18:05 or 6:05 PM; @time in the time zone of the reader */
char *herald_time_words_format_clock     (GDateTime *time);

/* Minutes since midnight; %FALSE unless @text is hours and minutes of a day, e.g. 7:30 or 22:00 */
gboolean herald_time_words_parse_time_of_day (const char *text,
                                              gint       *minutes);

/* Eight o’clock of the next morning, after a night: what “until tomorrow” means */
gint64 herald_time_words_find_morning    (gint64 now_ms);

/* Whether both are on the same day here */
gboolean herald_time_words_is_same_day   (gint64 wall_ms,
                                          gint64 now_ms);

G_END_DECLS
