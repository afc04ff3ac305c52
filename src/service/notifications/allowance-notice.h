/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"
#include "service/notifications/delivery-news.h"

G_BEGIN_DECLS

#define HERALD_TYPE_ALLOWANCE_NOTICE (herald_allowance_notice_get_type ())
G_DECLARE_FINAL_TYPE (HeraldAllowanceNotice, herald_allowance_notice, HERALD, ALLOWANCE_NOTICE, GObject)

HeraldAllowanceNotice *herald_allowance_notice_new (HeraldEngine       *engine,
                                                    HeraldDeliveryNews *news);

G_END_DECLS
