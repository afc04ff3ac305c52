/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What this process may still do afterwards: read and write what is open, ask for memory up to a limit, compute for
 * some seconds, and end. FALSE if that cannot be had. */
gboolean herald_sandbox_enter (void);

G_END_DECLS
