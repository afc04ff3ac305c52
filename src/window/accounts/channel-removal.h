/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_CHANNEL_REMOVAL (herald_channel_removal_get_type ())
G_DECLARE_FINAL_TYPE (HeraldChannelRemoval, herald_channel_removal, HERALD, CHANNEL_REMOVAL, GtkFilter)

/* Lets pass every channel but those that are to be removed: put it into a #GtkFilterListModel. */
HeraldChannelRemoval *herald_channel_removal_new   (HeraldServiceLink    *link);
/* Removes it as soon as nobody can take it back any more: its secrets cannot be put back.
 * @from: in a window with an #AdwToastOverlay */
void                  herald_channel_removal_begin (HeraldChannelRemoval *self,
                                                    GtkWidget            *from,
                                                    HeraldDBusChannel1   *channel);

G_END_DECLS
