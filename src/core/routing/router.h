/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/channels/channel.h"
#include "core/events/event.h"
#include "core/routing/message-settings.h"
#include "core/words/text-form.h"

G_BEGIN_DECLS

/**
 * HeraldVerdict:
 * @HERALD_VERDICT_TOLD: an event is told by a channel
 * @HERALD_VERDICT_MESSAGE_OFF: its message is switched off
 * @HERALD_VERDICT_CHANNEL_OFF: the channel is switched off
 * @HERALD_VERDICT_NOT_CHOSEN: its message goes to other channels only
 * @HERALD_VERDICT_NO_WORDS: the words of its message say nothing in the form of the channel
 * @HERALD_VERDICT_NOBODY: the channel reaches nobody
 */
typedef enum
{
  HERALD_VERDICT_TOLD,
  HERALD_VERDICT_MESSAGE_OFF,
  HERALD_VERDICT_CHANNEL_OFF,
  HERALD_VERDICT_NOT_CHOSEN,
  HERALD_VERDICT_NO_WORDS,
  HERALD_VERDICT_NOBODY,
} HeraldVerdict;

GPtrArray    *herald_router_route              (HeraldConfig         *config,
                                                GListModel           *channels,
                                                HeraldEvent          *event,
                                                const char           *printer_name,
                                                const char           *only_channels);

/* Whether @event would go to @channel, as things are set */
HeraldVerdict herald_router_judge              (HeraldConfig         *config,
                                                HeraldChannel        *channel,
                                                HeraldEvent          *event,
                                                const char           *printer_name);

char         *herald_router_make_text_template (HeraldEvent          *event,
                                                const HeraldTextForm *form,
                                                const char           *title,
                                                const char           *text);

G_END_DECLS
