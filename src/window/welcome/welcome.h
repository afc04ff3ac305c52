/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_WELCOME (herald_welcome_get_type ())
G_DECLARE_FINAL_TYPE (HeraldWelcome, herald_welcome, HERALD, WELCOME, AdwBin)

/* Signal: finished, when the person wants to go on to the window */
GtkWidget *herald_welcome_new (HeraldServiceLink *link);

G_END_DECLS
