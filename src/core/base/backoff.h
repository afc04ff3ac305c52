/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64 herald_backoff_delay_ms (guint  n_failures,
                                gint64 base_ms,
                                gint64 cap_ms,
                                double luck);

G_END_DECLS
