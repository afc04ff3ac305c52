/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-database"

#include "core/store/database.h"

#include <string.h>

#include "core/store/database-file.h"

/**
 * HeraldDatabase:
 *
 * One connection to one SQLite file, which nobody else can open meanwhile.
 * What is committed survives a power cut; what is damaged is set aside, never
 * deleted. Statements are prepared once, so SQL is written where it is used.
 */
struct _HeraldDatabase
{
  GObject parent_instance;

  HeraldDatabaseFile *file;
  sqlite3 *connection;     /* borrowed of file */
  guint depth;             /* of transactions within transactions */
  GHashTable *statements;  /* SQL text (static) → sqlite3_stmt */
};

G_DEFINE_FINAL_TYPE (HeraldDatabase, herald_database, G_TYPE_OBJECT)

static gboolean
fail (HeraldDatabase  *self,
      GError         **error)
{
  herald_database_file_set_error (self->connection, error);
  return FALSE;
}

static sqlite3_stmt *
prepare (HeraldDatabase  *self,
         const char      *sql,
         GError         **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement != NULL)
    {
      sqlite3_reset (statement);
      sqlite3_clear_bindings (statement);
      return statement;
    }

  if (sqlite3_prepare_v3 (self->connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement,
                          NULL) != SQLITE_OK)
    {
      fail (self, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, g_strdup (sql), statement);

  return statement;
}

static void
bind_arguments (sqlite3_stmt *statement,
                const char   *types,
                va_list       arguments)
{
  g_return_if_fail ((int) strlen (types) == sqlite3_bind_parameter_count (statement));

  for (int i = 0; types[i] != '\0'; i++)
    {
      const char *text;
      GBytes *bytes;

      switch (types[i])
        {
        case 'i':
          sqlite3_bind_int64 (statement, i + 1, va_arg (arguments, gint64));
          break;
        case 't':
          text = va_arg (arguments, const char *);
          sqlite3_bind_text (statement, i + 1, text, -1, SQLITE_TRANSIENT);
          break;
        case 'b':
          bytes = va_arg (arguments, GBytes *);
          sqlite3_bind_blob64 (statement, i + 1, g_bytes_get_data (bytes, NULL),
                               g_bytes_get_size (bytes), SQLITE_TRANSIENT);
          break;
        default:
          g_assert_not_reached ();
        }
    }
}

static void
free_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

/* GObject */

static void
herald_database_finalize (GObject *object)
{
  HeraldDatabase *self = HERALD_DATABASE (object);

  g_clear_pointer (&self->statements, g_hash_table_unref);
  g_clear_pointer (&self->file, herald_database_file_close);

  G_OBJECT_CLASS (herald_database_parent_class)->finalize (object);
}

static void
herald_database_class_init (HeraldDatabaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = herald_database_finalize;
}

static void
herald_database_init (HeraldDatabase *self)
{
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            free_statement);
}

/**
 * herald_database_new:
 * @path: the file; made, with its directory, if there is none
 * @set_aside: (out) (optional) (nullable): where a damaged file was moved to, %NULL if all is well
 *
 * Returns: (transfer full): the open database; %NULL with G_IO_ERROR_BUSY if another
 *   OctoHerald has it open, another G_IO_ERROR, or HERALD_ERROR_SETTINGS
 */
HeraldDatabase *
herald_database_new (const char  *path,
                     char       **set_aside,
                     GError     **error)
{
  g_autoptr(HeraldDatabase) self = g_object_new (HERALD_TYPE_DATABASE, NULL);

  self->file = herald_database_file_open (path, set_aside, error);
  if (self->file == NULL)
    return NULL;

  self->connection = herald_database_file_get_connection (self->file);

  return g_steal_pointer (&self);
}

/**
 * herald_database_run:
 * @sql: one statement; rows it gives are passed over
 * @types: the kinds of the arguments
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_database_run (HeraldDatabase  *self,
                     GError         **error,
                     const char      *sql,
                     const char      *types,
                     ...)
{
  sqlite3_stmt *statement = prepare (self, sql, error);
  va_list arguments;
  int result;

  if (statement == NULL)
    return FALSE;

  va_start (arguments, types);
  bind_arguments (statement, types, arguments);
  va_end (arguments);

  do
    result = sqlite3_step (statement);
  while (result == SQLITE_ROW);

  if (result != SQLITE_DONE)
    fail (self, error);
  sqlite3_reset (statement);

  return result == SQLITE_DONE;
}

/**
 * herald_database_select:
 * @sql: one statement
 * @types: the kinds of the arguments
 *
 * Returns: (transfer none): rows to be fetched, up to the last, with herald_database_next();
 *   %NULL with a G_IO_ERROR
 */
sqlite3_stmt *
herald_database_select (HeraldDatabase  *self,
                        GError         **error,
                        const char      *sql,
                        const char      *types,
                        ...)
{
  sqlite3_stmt *statement = prepare (self, sql, error);
  va_list arguments;

  if (statement == NULL)
    return NULL;

  va_start (arguments, types);
  bind_arguments (statement, types, arguments);
  va_end (arguments);

  return statement;
}

/**
 * herald_database_next:
 * @rows: (nullable): as from herald_database_select()
 *
 * Returns: whether there is another row; at the end, or with @error set, %FALSE
 */
gboolean
herald_database_next (HeraldDatabase  *self,
                      sqlite3_stmt    *rows,
                      GError         **error)
{
  int result;

  if (rows == NULL)
    return FALSE;

  result = sqlite3_step (rows);
  if (result == SQLITE_ROW)
    return TRUE;

  if (result != SQLITE_DONE)
    fail (self, error);
  sqlite3_reset (rows);

  return FALSE;
}

/**
 * herald_database_get_int:
 * @value: (out): the first column of the first row; not changed if there is no row
 * @sql: one statement
 * @types: the kinds of the arguments
 *
 * Returns: whether there is a row; %FALSE without @error if there is none
 */
gboolean
herald_database_get_int (HeraldDatabase  *self,
                         gint64          *value,
                         GError         **error,
                         const char      *sql,
                         const char      *types,
                         ...)
{
  sqlite3_stmt *statement = prepare (self, sql, error);
  va_list arguments;

  if (statement == NULL)
    return FALSE;

  va_start (arguments, types);
  bind_arguments (statement, types, arguments);
  va_end (arguments);

  if (!herald_database_next (self, statement, error))
    return FALSE;

  *value = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);

  return TRUE;
}

/**
 * herald_database_begin:
 *
 * What follows until herald_database_commit() is written at once, or not at all. There may be such a beginning
 * within another one; then it is written with that, and can be undone alone.
 */
gboolean
herald_database_begin (HeraldDatabase  *self,
                       GError         **error)
{
  if (!herald_database_run (self, error, self->depth == 0 ? "BEGIN IMMEDIATE" : "SAVEPOINT within", ""))
    return FALSE;

  self->depth++;
  return TRUE;
}

/**
 * herald_database_commit:
 *
 * Returns: %FALSE with a G_IO_ERROR; then everything since the beginning is undone
 */
gboolean
herald_database_commit (HeraldDatabase  *self,
                        GError         **error)
{
  g_return_val_if_fail (self->depth > 0, FALSE);

  if (!herald_database_run (self, error, self->depth == 1 ? "COMMIT" : "RELEASE within", ""))
    {
      herald_database_roll_back (self);
      return FALSE;
    }

  self->depth--;
  return TRUE;
}

/**
 * herald_database_roll_back:
 *
 * Undoes everything since the beginning, and ends it.
 */
void
herald_database_roll_back (HeraldDatabase *self)
{
  /* On a full disk SQLite has undone everything already, and to do it again is an error. */
  gboolean is_undone = sqlite3_get_autocommit (self->connection) != 0;

  g_return_if_fail (self->depth > 0);

  if (!is_undone && self->depth == 1)
    herald_database_run (self, NULL, "ROLLBACK", "");
  else if (!is_undone && herald_database_run (self, NULL, "ROLLBACK TO within", ""))
    herald_database_run (self, NULL, "RELEASE within", "");
  self->depth--;
}

gint64
herald_database_get_last_id (HeraldDatabase *self)
{
  return sqlite3_last_insert_rowid (self->connection);
}

/**
 * herald_database_get_changes:
 *
 * Returns: how many rows the last statement changed
 */
guint
herald_database_get_changes (HeraldDatabase *self)
{
  return (guint) sqlite3_changes (self->connection);
}

/**
 * herald_column_get_text:
 *
 * Returns: (nullable) (transfer none): the text, until the next row
 */
const char *
herald_column_get_text (sqlite3_stmt *rows,
                        int           column)
{
  return (const char *) sqlite3_column_text (rows, column);
}
