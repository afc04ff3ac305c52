/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* @input: what it finds at its standard input
 * @environment: (array zero-terminated=1): all it gets; nothing of ours is added
 * @limit_s: then it is ended, with everything it has started */
void     herald_script_process_run_async  (const char          *path,
                                           const char          *input,
                                           const char *const   *environment,
                                           guint                limit_s,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
gboolean herald_script_process_run_finish (GAsyncResult        *result,
                                           GError             **error);

/* What ending a script that is over its limit takes at most */
#define HERALD_SCRIPT_PROCESS_END_MS (3 * 1000)

G_END_DECLS
