/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of what a person has typed; both fail without an error, and are 0 for none */
gboolean herald_amount_parse_count (const char *text,
                                    guint      *count);
gboolean herald_amount_parse_money (const char *text,
                                    gint64     *microdollars);

G_END_DECLS
