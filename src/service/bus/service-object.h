/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"
#include "herald-dbus.h"
#include "service/actions/demo-keeper.h"
#include "service/session/autostart.h"

G_BEGIN_DECLS

#define HERALD_TYPE_SERVICE_OBJECT (herald_service_object_get_type ())
G_DECLARE_FINAL_TYPE (HeraldServiceObject, herald_service_object, HERALD, SERVICE_OBJECT,
                      HeraldDBusService1Skeleton)

/* Signal: quit: somebody wants the service to end, and has been answered. */
HeraldServiceObject *herald_service_object_new        (HeraldEngine        *engine);
HeraldEngine        *herald_service_object_get_engine (HeraldServiceObject *self);
HeraldAutostart     *herald_service_object_get_autostart (HeraldServiceObject *self);
HeraldDemoKeeper    *herald_service_object_get_demo_keeper (HeraldServiceObject *self);
/* Cancelled when the service goes */
GCancellable        *herald_service_object_get_cancellable (HeraldServiceObject *self);

G_END_DECLS
