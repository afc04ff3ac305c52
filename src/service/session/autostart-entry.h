/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The file by which a desktop starts programs at login (XDG Desktop Application Autostart Specification 0.5), for a service
 * outside of a sandbox. */
char    *herald_autostart_entry_dup_path   (void);
/* Whether this desktop would start it */
gboolean herald_autostart_entry_is_enabled (void);
/* @program: absolute path of the service */
gboolean herald_autostart_entry_set        (const char  *program,
                                            gboolean     enabled,
                                            GError     **error);
/* If the program that our file names is gone, it names @program afterwards. */
void     herald_autostart_entry_mend       (const char  *program);
/* (transfer full): @program as the value of the key Exec */
char    *herald_autostart_entry_quote      (const char  *program);
/* Whether the file can be changed at all */
gboolean herald_autostart_entry_is_ours_to_write (void);

G_END_DECLS
