/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/values.h"
#include "core/printers/progress-rule.h"

G_BEGIN_DECLS

/**
 * HeraldTransferWatch:
 * @values: (nullable): `local remote name` of what is being copied; %NULL if nothing is
 * @started_ms: milliseconds since 1970
 *
 * Copying a file to the printer’s own storage. It looks like a print and is none. Starts zeroed.
 */
typedef struct
{
  HeraldValues *values;
  gint64 started_ms;
  HeraldProgressMemory told;
} HeraldTransferWatch;

void          herald_transfer_watch_begin (HeraldTransferWatch *self,
                                           HeraldValues        *said,
                                           gint64               now_ms);
/* Returns (transfer full): what is known of it, with how long it took */
HeraldValues *herald_transfer_watch_end   (HeraldTransferWatch *self,
                                           HeraldValues        *said,
                                           gint64               now_ms);
/* Returns (transfer full) (nullable): what is known of it, if a mark was crossed */
HeraldValues *herald_transfer_watch_take  (HeraldTransferWatch *self,
                                           HeraldPrinterState  *state,
                                           guint                step_percent,
                                           gint64               now_ms);
gboolean      herald_transfer_watch_is_on (const HeraldTransferWatch *self);
void          herald_transfer_watch_clear (HeraldTransferWatch *self);

G_END_DECLS
