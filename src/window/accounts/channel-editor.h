/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

/* The window in which a way to reach a person is added (@type: id of its type; empty to choose) or changed */
void herald_channel_editor_present_new (GtkWindow          *parent,
                                        HeraldServiceLink  *link,
                                        const char         *type);
void herald_channel_editor_present     (GtkWindow          *parent,
                                        HeraldServiceLink  *link,
                                        HeraldDBusChannel1 *channel);

G_END_DECLS
