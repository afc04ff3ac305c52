/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/printer-state.h"

G_BEGIN_DECLS

/**
 * HeraldFinishTime:
 * @shown_ms: what we say, milliseconds since 1970, on a whole minute; 0 for unknown
 * @since_ms: since when the server’s estimate has differed from that by more than it may waver; 0 if it does not
 *
 * When a print will be finished, said so that it can be believed: it does not change with every
 * wavering of OctoPrint’s estimate, only when the estimate has really moved. Pure; starts zeroed.
 */
typedef struct
{
  gint64 shown_ms;
  gint64 since_ms;
} HeraldFinishTime;

void herald_finish_time_take  (HeraldFinishTime   *self,
                               HeraldPrinterState *state);
void herald_finish_time_clear (HeraldFinishTime   *self);

G_END_DECLS
