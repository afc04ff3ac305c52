/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* (transfer full): path of a new file with @picture, which nobody else can read and which is removed when others have come
 * after it. @type: image/jpeg or image/png. Fails with HERALD_ERROR_REJECTED, or SETTINGS if there is no place for it */
char *herald_picture_folder_keep (GBytes      *picture,
                                  const char  *type,
                                  GError     **error);

G_END_DECLS
