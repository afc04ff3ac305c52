/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Has the bus start the service, without a window. Returns: the status to exit with */
int herald_background_start (void);

G_END_DECLS
