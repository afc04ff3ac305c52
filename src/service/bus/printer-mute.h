/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"
#include "herald-dbus.h"

G_BEGIN_DECLS

/* MutePrint, UnmutePrint and PrintMuted of @object, for as long as it lives */
void herald_printer_mute_serve (HeraldDBusPrinter1 *object,
                                HeraldEngine       *engine,
                                const char         *printer);

G_END_DECLS
