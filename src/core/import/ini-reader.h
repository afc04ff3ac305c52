/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/values.h"

G_BEGIN_DECLS

/* A hundred printers take some 30 KB. */
#define HERALD_INI_MAX_BYTES (1024 * 1024)

gboolean      herald_ini_looks_right (const char  *text,
                                      gsize        length);
HeraldValues *herald_ini_parse       (const char  *text,
                                      gsize        length,
                                      GError     **error);

G_END_DECLS
