/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

#define HERALD_TYPE_DATABASE (herald_database_get_type ())
G_DECLARE_FINAL_TYPE (HeraldDatabase, herald_database, HERALD, DATABASE, GObject)

HeraldDatabase *herald_database_new         (const char      *path,
                                             char           **set_aside,
                                             GError         **error);

/* @types, one letter an argument: `i` a gint64, `t` a nullable text, `b` a GBytes */
gboolean        herald_database_run         (HeraldDatabase  *self,
                                             GError         **error,
                                             const char      *sql,
                                             const char      *types,
                                             ...);
sqlite3_stmt   *herald_database_select      (HeraldDatabase  *self,
                                             GError         **error,
                                             const char      *sql,
                                             const char      *types,
                                             ...);
gboolean        herald_database_next        (HeraldDatabase  *self,
                                             sqlite3_stmt    *rows,
                                             GError         **error);
gboolean        herald_database_get_int     (HeraldDatabase  *self,
                                             gint64          *value,
                                             GError         **error,
                                             const char      *sql,
                                             const char      *types,
                                             ...);

gboolean        herald_database_begin       (HeraldDatabase  *self,
                                             GError         **error);
gboolean        herald_database_commit      (HeraldDatabase  *self,
                                             GError         **error);
void            herald_database_roll_back   (HeraldDatabase  *self);
gint64          herald_database_get_last_id (HeraldDatabase  *self);
guint           herald_database_get_changes (HeraldDatabase  *self);

const char     *herald_column_get_text      (sqlite3_stmt    *rows,
                                             int              column);

G_END_DECLS
