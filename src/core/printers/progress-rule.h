/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int herald_progress_rule_cross (guint  step_percent,
                                int    told_percent,
                                double progress);

G_END_DECLS
