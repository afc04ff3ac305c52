/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The checksum of zip files and of binary g-code (ISO 3309, polynomial 04c11db7, reflected) */
guint32 herald_crc32 (const guint8 *data,
                      gsize         length);

G_END_DECLS
