/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _HeraldDatabaseFile HeraldDatabaseFile;

HeraldDatabaseFile *herald_database_file_open           (const char          *path,
                                                         char               **set_aside,
                                                         GError             **error);
void                herald_database_file_close          (HeraldDatabaseFile  *self);
sqlite3            *herald_database_file_get_connection (HeraldDatabaseFile  *self);
void                herald_database_file_set_error      (sqlite3             *connection,
                                                         GError             **error);

G_END_DECLS
