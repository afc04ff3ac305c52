/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"
#include "service/notifications/delivery-news.h"

G_BEGIN_DECLS

#define HERALD_TYPE_CHANNEL_NOTICE (herald_channel_notice_get_type ())
G_DECLARE_FINAL_TYPE (HeraldChannelNotice, herald_channel_notice, HERALD, CHANNEL_NOTICE, GObject)

HeraldChannelNotice *herald_channel_notice_new (HeraldEngine       *engine,
                                                HeraldDeliveryNews *news);

G_END_DECLS
