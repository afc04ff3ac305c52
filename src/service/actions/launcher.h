/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HERALD_TYPE_LAUNCHER (herald_launcher_get_type ())
G_DECLARE_FINAL_TYPE (HeraldLauncher, herald_launcher, HERALD, LAUNCHER, GObject)

/* Opens what a person wants to see; what cannot be opened is told in a notification. @token: (nullable): of the click that
 * asked for it, lets a window come to the front. Property, with notify: has-window. */
HeraldLauncher *herald_launcher_new          (GDBusConnection *connection);
/* Whether there is a window program on this computer */
gboolean        herald_launcher_has_window   (HeraldLauncher  *self);
/* @page: (nullable): “printers”, “messages”; @printer: (nullable): id of the printer to show */
void            herald_launcher_open_window  (HeraldLauncher  *self,
                                              const char      *page,
                                              const char      *printer,
                                              const char      *token);
/* @uri: http or https only */
void            herald_launcher_open_page    (HeraldLauncher  *self,
                                              const char      *uri,
                                              const char      *token);
/* @type: e.g. image/jpeg */
void            herald_launcher_open_picture (HeraldLauncher  *self,
                                              GBytes          *picture,
                                              const char      *type,
                                              const char      *token);

G_END_DECLS
