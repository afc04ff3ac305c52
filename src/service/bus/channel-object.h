/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"
#include "herald-dbus.h"

G_BEGIN_DECLS

#define HERALD_TYPE_CHANNEL_OBJECT (herald_channel_object_get_type ())
G_DECLARE_FINAL_TYPE (HeraldChannelObject, herald_channel_object, HERALD, CHANNEL_OBJECT,
                      HeraldDBusChannel1Skeleton)

HeraldChannelObject *herald_channel_object_new (HeraldEngine  *engine,
                                                HeraldChannel *channel);

G_END_DECLS
