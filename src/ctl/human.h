/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *herald_human_format_duration (gint64       seconds);
char    *herald_human_format_moment   (const char  *rfc3339,
                                       gint64       now_s);
char    *herald_human_format_bar      (double       percent,
                                       guint        cells);
gboolean herald_human_parse_duration  (const char  *text,
                                       guint64     *seconds);
guint    herald_human_get_width       (const char  *text);

G_END_DECLS
