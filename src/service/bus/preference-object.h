/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/bus/service-object.h"

G_BEGIN_DECLS

/* The part of Service1 that says how OctoHerald itself behaves, and takes it. */
void herald_preference_object_implement (HeraldDBusService1Iface *iface);
/* Tells what is set now */
void herald_preference_object_update    (HeraldServiceObject     *self);

G_END_DECLS
