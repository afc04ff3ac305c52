/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns (transfer full) (nullable): what OctoPrint says about an error, for a person and cleaned;
 * NULL if it says nothing */
char    *herald_octoprint_error_dup_text     (const char *foreign);

/* Whether it is not the printer that complains: the cable, the port or the printer is gone */
gboolean herald_octoprint_error_is_lost_port (const char *foreign);

G_END_DECLS
