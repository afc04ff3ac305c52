/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether this program runs in a Flatpak, where portals stand for what is outside */
gboolean herald_sandbox_is_inside (void);

G_END_DECLS
