/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "herald-dbus.h"

G_BEGIN_DECLS

#define HERALD_TYPE_BROWSER_LOGIN (herald_browser_login_get_type ())
G_DECLARE_FINAL_TYPE (HeraldBrowserLogin, herald_browser_login, HERALD, BROWSER_LOGIN, AdwBin)

/* Signs in with the browser, counts down meanwhile, and takes the address of a browser that cannot come back by itself */
GtkWidget *herald_browser_login_new (HeraldDBusChannel1 *channel);

G_END_DECLS
