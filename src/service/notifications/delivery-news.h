/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/outbox/outbox.h"

G_BEGIN_DECLS

#define HERALD_TYPE_DELIVERY_NEWS (herald_delivery_news_get_type ())
G_DECLARE_FINAL_TYPE (HeraldDeliveryNews, herald_delivery_news, HERALD, DELIVERY_NEWS, GObject)

/* Signal: delivery (const HeraldDelivery *): what became of it, as it is now in the history. */
HeraldDeliveryNews *herald_delivery_news_new (HeraldOutbox *outbox);

G_END_DECLS
