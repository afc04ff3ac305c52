/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-database-file"

#include "core/store/database-file.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/file.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "core/store/private-file.h"
#include "core/store/schema.h"

/* No row is larger; a damaged length must not make us reserve gigabytes. */
#define ROW_MAX_BYTES (4 * 1024 * 1024)

/* So many damaged files are kept for whoever wants to rescue something. */
#define N_SET_ASIDE_KEPT 3

/* Not in every version of linux/magic.h */
#define CIFS_MAGIC 0xFF534D42
#define SMB2_MAGIC 0xFE534D42

struct _HeraldDatabaseFile
{
  char *path;
  int lock;
  sqlite3 *connection;
};

static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

/* Means that the file, not its surroundings, is broken */
static gboolean
is_damage (int         result,
           const char *path)
{
  switch (result & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
    case SQLITE_SCHEMA:
      return TRUE;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
      /* A damaged header can ask not to be written to. */
      return access (path, R_OK | W_OK) == 0;
    case SQLITE_IOERR:
      return result == SQLITE_IOERR_SHORT_READ || result == SQLITE_IOERR_DATA ||
             result == SQLITE_IOERR_CORRUPTFS;
    default:
      return FALSE;
    }
}

/**
 * herald_database_file_set_error:
 *
 * Says in a G_IO_ERROR what the last call on @connection ran into.
 */
void
herald_database_file_set_error (sqlite3  *connection,
                                GError  **error)
{
  int code = sqlite3_extended_errcode (connection);

  g_debug ("SQLite: %d, %s", code, sqlite3_errmsg (connection));

  switch (code & 0xff)
    {
    case SQLITE_FULL:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                           _("The disk is full. Messages cannot be kept until there is room."));
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                           _("Another OctoHerald is running and uses the same messages."));
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY,
                           _("The folder with the messages cannot be written to."));
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _("The file with the messages is damaged. It is set aside when "
                             "OctoHerald is started again."));
      break;
    default:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           _("The file with the messages cannot be used; the disk may be broken."));
    }
}

/* EXCLUSIVE comes before anything else: then there is no shared memory to be made on a full disk. */
static int
configure (HeraldDatabaseFile *self)
{
  static const char pragmas[] =
      "PRAGMA locking_mode=EXCLUSIVE;"
      "PRAGMA foreign_keys=ON;"
      "PRAGMA trusted_schema=OFF;"
      "PRAGMA cell_size_check=ON;"
      "PRAGMA mmap_size=0;"
      "PRAGMA synchronous=FULL;"
      "PRAGMA journal_size_limit=4194304;"
      "PRAGMA wal_autocheckpoint=256;";
  struct statfs info;
  gboolean is_remote = FALSE;
  int result;

  sqlite3_extended_result_codes (self->connection, 1);
  sqlite3_limit (self->connection, SQLITE_LIMIT_LENGTH, ROW_MAX_BYTES);
  sqlite3_db_config (self->connection, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  result = sqlite3_exec (self->connection, pragmas, NULL, NULL, NULL);
  if (result != SQLITE_OK)
    return result;

  if (statfs (self->path, &info) == 0)
    {
      guint32 magic = (guint32) info.f_type;

      is_remote = magic == NFS_SUPER_MAGIC || magic == CIFS_MAGIC || magic == SMB2_MAGIC;
    }

  return sqlite3_exec (self->connection,
                       is_remote ? "PRAGMA journal_mode=TRUNCATE" : "PRAGMA journal_mode=WAL",
                       NULL, NULL, NULL);
}

static int
on_check_row (void  *user_data,
              int    n_columns,
              char **values,
              char **names)
{
  gboolean *ok = user_data;

  if (n_columns < 1 || g_strcmp0 (values[0], "ok") != 0)
    *ok = FALSE;

  return 0;
}

static int
on_version_row (void  *user_data,
                int    n_columns,
                char **values,
                char **names)
{
  gint64 *version = user_data;

  if (n_columns < 1 || values[0] == NULL ||
      !g_ascii_string_to_signed (values[0], 10, 0, G_MAXINT32, version, NULL))
    *version = -1;

  return 0;
}

static int
check (HeraldDatabaseFile *self)
{
  gboolean ok = TRUE;
  int result = sqlite3_exec (self->connection, "PRAGMA quick_check(1)", on_check_row, &ok, NULL);

  if (result == SQLITE_OK && !ok)
    return SQLITE_CORRUPT;

  return result;
}

static int
migrate (HeraldDatabaseFile *self)
{
  gint64 version = -1;
  int result = sqlite3_exec (self->connection, "PRAGMA user_version", on_version_row, &version,
                             NULL);

  /* A file of a newer program, or a damaged number: not ours to change. */
  if (result == SQLITE_OK && (version < 0 || version > herald_schema_n_steps))
    return SQLITE_CORRUPT;

  for (; result == SQLITE_OK && version < herald_schema_n_steps; version++)
    {
      g_autofree char *sql = g_strdup_printf ("BEGIN IMMEDIATE;%sPRAGMA user_version=%d;COMMIT;",
                                              herald_schema_steps[version], (int) version + 1);

      result = sqlite3_exec (self->connection, sql, NULL, NULL, NULL);
    }

  return result;
}

static gboolean
take_lock (HeraldDatabaseFile  *self,
           GError             **error)
{
  g_autofree char *path = g_strconcat (self->path, ".lock", NULL);

  self->lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->lock >= 0 && flock (self->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;

  if (errno == EWOULDBLOCK)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                         _("Another OctoHerald is running and uses the same messages."));
  else
    g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno),
                 _("The folder with the messages cannot be written to: %s"), g_strerror (errno));
  return FALSE;
}

/* SQLite would make the file with the permissions of the umask. */
static gboolean
make_file (HeraldDatabaseFile  *self,
           GError             **error)
{
  int fd;

  if (!herald_private_file_check (self->path, error))
    return FALSE;

  fd = g_open (self->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    {
      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno),
                   _("The file with the messages cannot be opened: %s"), g_strerror (errno));
      return FALSE;
    }
  g_close (fd, NULL);

  return TRUE;
}

static int
compare_names (gconstpointer one,
               gconstpointer other)
{
  return g_strcmp0 (*(const char *const *) one, *(const char *const *) other);
}

static void
forget_oldest (HeraldDatabaseFile *self)
{
  g_autofree char *directory = g_path_get_dirname (self->path);
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *prefix = g_strconcat (name, ".corrupt-", NULL);
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (directory, 0, NULL);
  const char *entry;

  while (dir != NULL && (entry = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_prefix (entry, prefix) && strchr (entry + strlen (prefix), '-') == NULL)
        g_ptr_array_add (found, g_build_filename (directory, entry, NULL));
    }

  g_ptr_array_sort (found, compare_names);
  for (guint i = 0; i + N_SET_ASIDE_KEPT < found->len; i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (suffixes); j++)
        {
          g_autofree char *path = g_strconcat (g_ptr_array_index (found, i), suffixes[j], NULL);

          g_unlink (path);
        }
    }
}

static gboolean
set_file_aside (HeraldDatabaseFile  *self,
                char               **set_aside,
                GError             **error)
{
  g_autofree char *target = g_strdup_printf ("%s.corrupt-%020" G_GINT64_FORMAT, self->path,
                                             g_get_real_time ());

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (self->path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (target, suffixes[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        {
          g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno),
                       _("The damaged file with the messages cannot be set aside: %s"),
                       g_strerror (errno));
          return FALSE;
        }
    }

  forget_oldest (self);
  if (set_aside != NULL && *set_aside == NULL)
    *set_aside = g_steal_pointer (&target);

  return TRUE;
}

/* Returns an SQLite result; without a GError */
static int
connect_to_file (HeraldDatabaseFile *self)
{
  int result = sqlite3_open_v2 (self->path, &self->connection,
                                SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX,
                                NULL);

  if (result == SQLITE_OK)
    result = configure (self);
  if (result == SQLITE_OK)
    result = check (self);
  if (result == SQLITE_OK)
    result = migrate (self);

  return result;
}

/**
 * herald_database_file_open:
 * @path: the file; made, with its directory, if there is none
 * @set_aside: (out) (optional) (nullable): where a damaged file was moved to, else %NULL
 *
 * Returns: (transfer full): the open file with the newest schema; %NULL with G_IO_ERROR_BUSY
 *   if somebody else has it open, another G_IO_ERROR, or HERALD_ERROR_SETTINGS
 */
HeraldDatabaseFile *
herald_database_file_open (const char  *path,
                           char       **set_aside,
                           GError     **error)
{
  HeraldDatabaseFile *self = g_new0 (HeraldDatabaseFile, 1);
  g_autofree char *directory = g_path_get_dirname (path);
  g_autofree char *moved_to = NULL;
  int result = SQLITE_OK;

  self->path = g_strdup (path);
  self->lock = -1;

  if (!herald_private_directory_ensure (directory, error) || !take_lock (self, error))
    {
      herald_database_file_close (self);
      return NULL;
    }

  for (guint i = 0; i < 2; i++)
    {
      if (!make_file (self, error))
        break;

      result = connect_to_file (self);
      if (result == SQLITE_OK)
        {
          if (set_aside != NULL)
            *set_aside = g_steal_pointer (&moved_to);
          return self;
        }

      if (i > 0 || !is_damage (result, path))
        {
          herald_database_file_set_error (self->connection, error);
          break;
        }
      g_debug ("Damaged: %s", sqlite3_errmsg (self->connection));
      g_clear_pointer (&self->connection, sqlite3_close_v2);
      if (!set_file_aside (self, &moved_to, error))
        break;
    }

  herald_database_file_close (self);
  return NULL;
}

/**
 * herald_database_file_close:
 * @self: (transfer full): all its statements are finalized
 */
void
herald_database_file_close (HeraldDatabaseFile *self)
{
  g_clear_pointer (&self->connection, sqlite3_close_v2);
  if (self->lock >= 0)
    g_close (self->lock, NULL);
  g_free (self->path);
  g_free (self);
}

sqlite3 *
herald_database_file_get_connection (HeraldDatabaseFile *self)
{
  return self->connection;
}
