/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean herald_private_directory_ensure (const char  *path,
                                          GError     **error);
gboolean herald_private_file_check       (const char  *path,
                                          GError     **error);
char    *herald_private_file_read        (const char  *path,
                                          gsize        max_bytes,
                                          gsize       *length,
                                          GError     **error);
gboolean herald_private_file_write       (const char  *path,
                                          const char  *text,
                                          GError     **error);

G_END_DECLS
