/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"
#include "herald-dbus.h"

G_BEGIN_DECLS

/* The part of Service1 that is about messages: what is told, and how. */
void     herald_message_object_implement   (HeraldDBusService1Iface  *iface);

gboolean herald_message_object_read_target (HeraldEngine             *engine,
                                            const char               *kind_id,
                                            const char              **printer,
                                            HeraldEventKind          *kind,
                                            GError                  **error);

G_END_DECLS
