/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/values.h"

G_BEGIN_DECLS

/* (transfer full): the secret @field without what was pasted along with it; %NULL with HERALD_ERROR_SETTINGS, which says
 * what @pasted looks like instead, and nothing of it. */
char     *herald_x_credentials_dup   (const char    *field,
                                      const char    *pasted,
                                      GError       **error);

/* Whether @secrets, each right by itself, can belong together */
gboolean  herald_x_credentials_check (HeraldValues  *secrets,
                                      GError       **error);

G_END_DECLS
