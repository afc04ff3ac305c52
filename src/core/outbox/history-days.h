/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/outbox/outbox.h"

G_BEGIN_DECLS

#define HERALD_HISTORY_DAYS_MAX 366

/**
 * HeraldHistoryDay:
 * @start_ms: when it begins where this computer is
 * @n_finished: prints that ended well
 * @n_failed: prints that did not
 * @n_delivered: messages that have arrived, for all that is known, or were told as part of another
 * @n_lost: messages that have not
 */
typedef struct
{
  gint64 start_ms;
  guint n_finished;
  guint n_failed;
  guint n_delivered;
  guint n_lost;
} HeraldHistoryDay;

/* @printer: (nullable): only of this one, by id; @now_ms: in the last of the days */
void    herald_history_days_async  (HeraldOutbox         *outbox,
                                    guint                 n_days,
                                    gint64                now_ms,
                                    GTimeZone            *zone,
                                    const char           *printer,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
GArray *herald_history_days_finish (HeraldOutbox         *outbox,
                                    GAsyncResult         *result,
                                    GError              **error);

G_END_DECLS
