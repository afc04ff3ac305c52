/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/browser-login.h"

G_BEGIN_DECLS

/* Where X sends the browser back to: `http://127.0.0.1:PORT` and this. X compares letter by letter, so the ports are fixed;
 * all of them are registered there (docs/x-login.md), and the first that is free is used. */
#define HERALD_X_LOGIN_PATH "/callback"

extern const guint16 herald_x_login_ports[];

void herald_x_login_implement (HeraldBrowserLoginInterface *iface);

G_END_DECLS
