/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The folder in which the pictures of messages lie. Names are made here, never taken from outside. */
char    *herald_picture_shelf_put      (const char  *folder,
                                        GBytes      *bytes,
                                        const char  *suffix,
                                        GError     **error);
char    *herald_picture_shelf_dup_path (const char  *folder,
                                        const char  *name);
void     herald_picture_shelf_remove   (const char  *folder,
                                        const char  *name);
guint    herald_picture_shelf_sweep    (const char  *folder,
                                        GHashTable  *kept);

G_END_DECLS
