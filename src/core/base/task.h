/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void herald_task_settle (GTask          *task,
                         GError         *error,
                         GDestroyNotify  end);

G_END_DECLS
