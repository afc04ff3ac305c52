/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel.h"
#include "core/outbox/outbox.h"

G_BEGIN_DECLS

/**
 * HeraldChannelReport:
 * @channel: what was tested
 * @outbox: where its message is
 * @deliveries: (element-type HeraldDelivery): of the test message, as they are now
 * @doubts: (nullable) (element-type HeraldChannelDoubt): why what was accepted may not arrive
 * @is_late: whether nobody waited any longer
 *
 * What became of a test message.
 */
typedef struct
{
  HeraldChannel *channel;
  HeraldOutbox *outbox;
  GPtrArray *deliveries;
  GPtrArray *doubts;
  gboolean is_late;
} HeraldChannelReport;

GVariant *herald_channel_report_make (const HeraldChannelReport *self);

G_END_DECLS
