/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/store/database.h"

G_BEGIN_DECLS

/* Looks at what has a number from @from on and less than @below. Returns: %FALSE at the end, or with @error set */
typedef gboolean (*HeraldHistoryStep) (HeraldDatabase  *database,
                                       gint64           from,
                                       gint64           below,
                                       gpointer         task_data,
                                       GError         **error);

/* Called after the last step, if none has failed; owes @task a result */
typedef void     (*HeraldHistoryEnd)  (GTask           *task);

void herald_history_walk (GTask             *taken_task,
                          HeraldDatabase    *database,
                          const char        *next_sql,
                          gint64             below,
                          HeraldHistoryStep  step,
                          HeraldHistoryEnd   end);

G_END_DECLS
