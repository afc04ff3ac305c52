/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _HeraldTimeLimit HeraldTimeLimit;

HeraldTimeLimit *herald_time_limit_new             (guint            limit_ms,
                                                    GCancellable    *caller);
GCancellable    *herald_time_limit_get_cancellable (HeraldTimeLimit *self);
gboolean         herald_time_limit_is_over         (HeraldTimeLimit *self);
void             herald_time_limit_restart         (HeraldTimeLimit *self);
void             herald_time_limit_free            (HeraldTimeLimit *self);

G_END_DECLS
