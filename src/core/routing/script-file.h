/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sys/types.h>

G_BEGIN_DECLS

/* @user: who runs it; it must be theirs or root’s */
gboolean herald_script_file_check (const char  *path,
                                   uid_t        user,
                                   GError     **error);

G_END_DECLS
