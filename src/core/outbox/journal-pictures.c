/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-journal-pictures"

#include "core/outbox/journal-pictures.h"

#include <glib/gi18n-lib.h>

#include "core/outbox/picture-shelf.h"
#include "core/outbox/journal-row.h"

/* A film a day for a month, or a thousand snapshots. When there are more, the oldest go until there is room for a while. */
#define KEPT_MAX_BYTES (G_GINT64_CONSTANT (512) * 1024 * 1024)
#define PRUNED_BYTES (KEPT_MAX_BYTES / 8 * 7)

/* One event getting its pictures */
typedef struct
{
  HeraldJournal *journal;
  gint64 event;
  gint64 first_id;    /* of the rows that were written */
  const char *kind;
  GHashTable *ids;    /* HeraldIllustration (borrowed) → id of its row, in a gint64 */
  GPtrArray *names;   /* of the files that were written */
  char *problem;      /* of the disk's */
} Hanging;

static void
hanging_clear (Hanging *self)
{
  g_hash_table_unref (self->ids);
  g_ptr_array_unref (self->names);
  g_free (self->problem);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Hanging, hanging_clear)

/* What several channels share is one file. */
static gboolean
write_picture (Hanging             *self,
               HeraldIllustration  *illustration,
               gint64              *id,
               GError             **error)
{
  gint64 *known = g_hash_table_lookup (self->ids, illustration);
  HeraldDatabase *database = self->journal->database;
  g_autoptr(GError) problem = NULL;
  char *name;

  if (known == NULL)
    {
      name = herald_picture_shelf_put (self->journal->folder, illustration->bytes,
                                       illustration->suffix, &problem);
      known = g_new0 (gint64, 1);
      g_hash_table_insert (self->ids, illustration, known);
      if (name == NULL)
        {
          g_free (self->problem);
          self->problem = g_strdup_printf (_("No picture: %s"), problem->message);
          return TRUE;
        }

      g_ptr_array_add (self->names, name);
      if (!herald_database_run (database, error,
                                "INSERT INTO picture(name,media_type,bytes,width,height)"
                                " VALUES(?1,?2,?3,?4,?5)",
                                "ttiii", name, illustration->media_type,
                                (gint64) g_bytes_get_size (illustration->bytes),
                                (gint64) illustration->width, (gint64) illustration->height))
        return FALSE;
      *known = herald_database_get_last_id (database);
      self->first_id = MIN (self->first_id, *known);
    }

  *id = *known;
  return TRUE;
}

static gboolean
hang (Hanging     *self,
      GHashTable  *illustrations,
      GError     **error)
{
  GHashTableIter iter;
  gpointer channel, illustration;

  g_hash_table_iter_init (&iter, illustrations);
  while (g_hash_table_iter_next (&iter, &channel, &illustration))
    {
      gint64 id = 0;

      if (!write_picture (self, illustration, &id, error) ||
          !herald_database_run (self->journal->database, error,
                                "UPDATE delivery SET picture=nullif(?3,0),"
                                " picture_kind=iif(?3=0,NULL,?4)"
                                " WHERE event=?1 AND channel=?2 AND held IN(2,6) AND state='pending'",
                                "itit", self->event, (const char *) channel, id, self->kind))
        return FALSE;
    }

  return TRUE;
}

static gboolean
let_go (Hanging     *self,
        const char  *note,
        GArray      *changed,
        GError     **error)
{
  HeraldClock *clock = self->journal->clock;

  return herald_journal_collect (
      self->journal,
      herald_database_select (
          self->journal->database, error,
          "UPDATE delivery SET due_boot_ms=iif(held<4,?2,due_boot_ms), due_ms=iif(held<4,?3,due_ms), held=iif(held<4,0,4),"
          " note=CASE WHEN held IN(2,6) AND ?4 IS NOT NULL THEN coalesce(note||' ','')||?4 ELSE note END"
          " WHERE event=?1 AND held IN(1,2,5,6) AND state='pending' RETURNING id",
          "iiit", self->event, herald_clock_get_boot_ms (clock), herald_clock_get_wall_ms (clock),
          note),
      changed, error);
}

/* Of an event that has been sent meanwhile, nobody takes the picture. */
static gboolean
forget_unused (HeraldJournal  *self,
               gint64          first_id,
               GPtrArray      *names,
               GError        **error)
{
  g_autoptr(GError) problem = NULL;
  sqlite3_stmt *rows = herald_database_select (
      self->database, &problem,
      "DELETE FROM picture WHERE id>=?1 AND NOT EXISTS"
      " (SELECT 1 FROM delivery WHERE delivery.picture=picture.id) RETURNING name",
      "i", first_id);

  while (herald_database_next (self->database, rows, &problem))
    g_ptr_array_add (names, g_strdup (herald_column_get_text (rows, 0)));
  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static void
remove_files (HeraldJournal *self,
              GPtrArray     *names)
{
  for (guint i = 0; i < names->len; i++)
    herald_picture_shelf_remove (self->folder, g_ptr_array_index (names, i));
}

static gboolean
takes_too_much (HeraldJournal *self)
{
  gint64 n_bytes = 0;

  return herald_database_get_int (self->database, &n_bytes, NULL, "SELECT coalesce(sum(bytes),0) FROM picture", "") &&
         n_bytes > KEPT_MAX_BYTES;
}

/**
 * herald_journal_illustrate:
 * @illustrations: (nullable) (element-type utf8 HeraldIllustration): by id of the channel
 * @kind: what they are: `snapshot`, `thumbnail`, `timelapse` or `file`
 * @note: (nullable): what those who waited for a picture shall know
 *
 * Gives the deliveries of @event that still wait for it their pictures and makes all that are held
 * due. A picture that cannot be kept does not stop a message.
 *
 * Returns: %FALSE with a G_IO_ERROR; then they go out without when their time has come
 */
gboolean
herald_journal_illustrate (HeraldJournal  *self,
                           gint64          event,
                           GHashTable     *illustrations,
                           const char     *kind,
                           const char     *note,
                           GArray         *changed,
                           GError        **error)
{
  g_autoptr(GPtrArray) unused = g_ptr_array_new_with_free_func (g_free);
  g_auto(Hanging) hanging = {
    .journal = self,
    .event = event,
    .first_id = G_MAXINT64,
    .kind = kind,
    .ids = g_hash_table_new_full (NULL, NULL, NULL, g_free),
    .names = g_ptr_array_new_with_free_func (g_free),
  };
  gboolean ok;

  if (!herald_database_begin (self->database, error))
    return FALSE;

  ok = (illustrations == NULL || hang (&hanging, illustrations, error)) &&
       let_go (&hanging, hanging.problem != NULL ? hanging.problem : note, changed, error) &&
       forget_unused (self, hanging.first_id, unused, error);
  if (herald_journal_conclude (self, ok, error))
    {
      remove_files (self, unused);
      /* If it cannot be done now, it is done within a day. */
      if (takes_too_much (self))
        herald_journal_prune_pictures (self, NULL);
      return TRUE;
    }

  remove_files (self, hanging.names);
  g_array_set_size (changed, 0);

  return FALSE;
}

/**
 * herald_journal_release:
 *
 * Makes those deliveries of @event due that are held, but not for a picture.
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_journal_release (HeraldJournal  *self,
                        gint64          event,
                        GArray         *changed,
                        GError        **error)
{
  return herald_journal_collect (
      self,
      herald_database_select (self->database, error,
                              "UPDATE delivery SET due_boot_ms=iif(held=1,?2,due_boot_ms), due_ms=iif(held=1,?3,due_ms),"
                              " held=held-1 WHERE event=?1 AND held IN(1,5) AND state='pending' RETURNING id",
                              "iii", event, herald_clock_get_boot_ms (self->clock),
                              herald_clock_get_wall_ms (self->clock)),
      changed, error);
}

/**
 * herald_journal_release_all:
 *
 * Who was to fetch the pictures is gone with the process before, and so is who looked whether somebody is at the desk: what
 * is held goes out.
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_journal_release_all (HeraldJournal  *self,
                            GArray         *changed,
                            GError        **error)
{
  return herald_journal_collect (
      self,
      herald_database_select (
          self->database, error,
          "UPDATE delivery SET due_boot_ms=?1, due_ms=?2, held=0,"
          " note=CASE WHEN held IN(2,6) THEN coalesce(note||' ','')||?3 ELSE note END"
          " WHERE held>0 AND state IN('pending','deferred') RETURNING id",
          "iit", herald_clock_get_boot_ms (self->clock), herald_clock_get_wall_ms (self->clock),
          _("No picture: OctoHerald was started again in the meantime.")),
      changed, error);
}

/**
 * herald_journal_drop_picture:
 * @note: why
 *
 * A message whose picture cannot be read goes out without it, now and at every later attempt.
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_journal_drop_picture (HeraldJournal  *self,
                             gint64          id,
                             const char     *note,
                             GError        **error)
{
  return herald_database_run (self->database, error,
                              "UPDATE delivery SET picture=NULL, picture_kind=NULL,"
                              " note=coalesce(note||' ','')||?2 WHERE id=?1",
                              "it", id, note);
}

/* What is over and takes too much room loses its pictures before its words; what they have cost stays. */
static gboolean
drop_oldest (HeraldJournal  *self,
             GError        **error)
{
  if (!takes_too_much (self))
    return TRUE;

  return herald_database_run (
      self->database, error,
      "UPDATE delivery SET price=price+picture_price, picture_price=0, picture=NULL WHERE picture IN"
      " (SELECT id FROM (SELECT id, sum(bytes) OVER (ORDER BY id DESC) AS total FROM picture)"
      "  WHERE total>?1)"
      " AND state NOT IN('pending','sending','committing','deferred','quarantined')",
      "i", (gint64) PRUNED_BYTES);
}

/**
 * herald_journal_prune_pictures:
 *
 * Removes the pictures nobody needs any more, in the database and in the folder.
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_journal_prune_pictures (HeraldJournal  *self,
                               GError        **error)
{
  g_autoptr(GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) unused = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) problem = NULL;
  sqlite3_stmt *rows;
  guint n_removed;

  if (!drop_oldest (self, error) || !forget_unused (self, 0, unused, error))
    return FALSE;

  rows = herald_database_select (self->database, &problem, "SELECT name FROM picture", "");
  while (herald_database_next (self->database, rows, &problem))
    g_hash_table_add (kept, g_strdup (herald_column_get_text (rows, 0)));
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  n_removed = herald_picture_shelf_sweep (self->folder, kept);
  if (n_removed > 0)
    g_debug ("%u pictures were needed no longer", n_removed);

  return TRUE;
}
