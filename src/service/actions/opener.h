/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Gives an address or a file to the program the user has chosen for it, which has a life of its own. What cannot be opened is
 * told in a notification. */
void herald_opener_open (GDBusConnection *connection,
                         const char      *uri,
                         const char      *token,
                         const char      *title,
                         const char      *text);

G_END_DECLS
