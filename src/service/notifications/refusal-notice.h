/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/notifications/delivery-news.h"

G_BEGIN_DECLS

#define HERALD_TYPE_REFUSAL_NOTICE (herald_refusal_notice_get_type ())
G_DECLARE_FINAL_TYPE (HeraldRefusalNotice, herald_refusal_notice, HERALD, REFUSAL_NOTICE, GObject)

HeraldRefusalNotice *herald_refusal_notice_new (HeraldDeliveryNews *news);

G_END_DECLS
