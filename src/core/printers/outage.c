/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-outage"

#include "core/printers/outage.h"

/**
 * herald_outage_lose:
 * @now_ms: when the server stopped answering; later calls change nothing
 */
void
herald_outage_lose (HeraldOutage *self,
                    gint64        now_ms)
{
  if (self->lost_ms == 0)
    self->lost_ms = now_ms;
}

/**
 * herald_outage_recover:
 *
 * Returns: whether it is to be told that the server is back
 */
gboolean
herald_outage_recover (HeraldOutage *self)
{
  gboolean told = self->told;

  self->lost_ms = 0;
  self->told = FALSE;

  return told;
}

/**
 * herald_outage_take_time:
 * @grace_ms: how long a server may be away without a word
 *
 * Returns: whether it is now to be told that the server is gone; once for each outage
 */
gboolean
herald_outage_take_time (HeraldOutage *self,
                         gint64        grace_ms,
                         gint64        now_ms)
{
  if (self->lost_ms == 0 || self->told || now_ms - self->lost_ms < grace_ms)
    return FALSE;

  self->told = TRUE;
  return TRUE;
}
