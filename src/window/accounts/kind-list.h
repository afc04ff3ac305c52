/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/accounts/channel-layout.h"

G_BEGIN_DECLS

/* @layout: (nullable): NULL for a type that only a newer service knows */
typedef void (*HeraldKindChosen) (GVariant                  *type,
                                  const HeraldChannelLayout *layout,
                                  gpointer                   user_data);

/* (transfer full) (nullable): of aa{sv} as ListChannelTypes of the D-Bus API answers; a{sv} */
GVariant  *herald_kind_list_find_type (GVariant         *types,
                                       const char       *id);
/* (transfer floating): what can be added, to choose from */
GtkWidget *herald_kind_list_new       (GVariant         *types,
                                       HeraldKindChosen  chosen,
                                       gpointer          user_data);

G_END_DECLS
