/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *herald_octoprint_url_normalise  (const char  *typed,
                                       GError     **error);
char *herald_octoprint_url_join       (const char  *base,
                                       const char  *path);
char *herald_octoprint_url_dup_origin (const char  *base);

G_END_DECLS
