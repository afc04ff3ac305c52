/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "window/service-link.h"

G_BEGIN_DECLS

/* What this program is, and what somebody who helps wants to know of it; @parent may be NULL. */
void  herald_about_present          (GtkWindow         *parent,
                                     HeraldServiceLink *link);

/* (transfer full): versions, desktop, tray and keyring, a line each: no names, no addresses, no secrets */
char *herald_about_dup_system_facts (HeraldServiceLink *link);

G_END_DECLS
