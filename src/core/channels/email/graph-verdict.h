/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HERALD_GRAPH_ACCEPTED 202

GError *herald_graph_verdict_on_answer (guint       status,
                                        const char *retry_after,
                                        GBytes     *body,
                                        gint64      now_s);

G_END_DECLS
