/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/store/database.h"

G_BEGIN_DECLS

/* Muted without end: the last moment of the year 9999, as times have years of four digits */
#define HERALD_MUTED_FOREVER_MS G_GINT64_CONSTANT (253402300799000)

/* What is muted, over a restart. If the disk does not take it, it is forgotten with the program. */

/* Milliseconds since 1970; 0 for not at all */
gint64      herald_mute_memory_get_until_ms   (HeraldDatabase *database);
void        herald_mute_memory_set_until_ms   (HeraldDatabase *database,
                                               gint64          until_ms);

/* (transfer full) (element-type utf8 utf8): the print that is muted, by id of its printer */
GHashTable *herald_mute_memory_load_prints    (HeraldDatabase *database);
/* @print: (nullable): as its events call it; %NULL for none */
void        herald_mute_memory_set_print      (HeraldDatabase *database,
                                               const char     *printer,
                                               const char     *print);

/* (transfer full) (nullable): the print of @printer whose end is not known */
char       *herald_mute_memory_dup_open_print (HeraldDatabase *database,
                                               const char     *printer);

G_END_DECLS
