/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/events/event.h"
#include "core/routing/message-settings.h"
#include "core/words/text-form.h"

G_BEGIN_DECLS

GPtrArray *herald_router_route (HeraldConfig  *config,
                                GListModel    *channels,
                                HeraldEvent   *event,
                                const char    *printer_name,
                                const char    *only_channels);

char      *herald_router_make_text_template (HeraldEvent          *event,
                                             const HeraldTextForm *form,
                                             const char           *title,
                                             const char           *text);

G_END_DECLS
