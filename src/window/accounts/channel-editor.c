/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-editor"

#include "window/accounts/channel-editor.h"

void
herald_channel_editor_present_new (GtkWindow         *parent,
                                   HeraldServiceLink *link,
                                   const char        *type)
{
}

void
herald_channel_editor_present (GtkWindow          *parent,
                               HeraldServiceLink  *link,
                               HeraldDBusChannel1 *channel)
{
}
