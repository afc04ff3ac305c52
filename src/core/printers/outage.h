/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldOutage:
 *
 * Decides when the loss of a server is worth a message: a short one is not,
 * and who comes back is only told of if the loss was. Pure; starts zeroed.
 */
typedef struct
{
  gint64 lost_ms;
  gboolean told;
} HeraldOutage;

void     herald_outage_lose       (HeraldOutage *self,
                                   gint64        now_ms);
gboolean herald_outage_recover    (HeraldOutage *self);
gboolean herald_outage_take_time  (HeraldOutage *self,
                                   gint64        grace_ms,
                                   gint64        now_ms);

G_END_DECLS
