/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_FOREIGN_GROUP (herald_foreign_group_get_type ())
G_DECLARE_FINAL_TYPE (HeraldForeignGroup, herald_foreign_group, HERALD, FOREIGN_GROUP, AdwPreferencesGroup)

void herald_foreign_group_set_link (HeraldForeignGroup *self,
                                    HeraldServiceLink  *link);

/* The same in a window of its own, for who has not got as far as the preferences */
void herald_foreign_group_present  (GtkWindow          *parent,
                                    HeraldServiceLink  *link);

G_END_DECLS
