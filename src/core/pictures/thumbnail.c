/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-thumbnail"

#include "core/pictures/thumbnail.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/pictures/thumbnail-choice.h"
#include "core/pictures/thumbnail-finder.h"
#include "core/pictures/ufp.h"

/* One place after the other, until one has a thumbnail: a picture, or a file that is looked through. */
typedef struct
{
  GPtrArray *sources;
  guint index;
  HeraldThumbnailFinder *finder;
  HeraldUfpEntry entry;
} Fetching;

static void try_source (GTask *task);

static void
fetching_free (Fetching *fetching)
{
  g_clear_pointer (&fetching->sources, g_ptr_array_unref);
  g_clear_pointer (&fetching->finder, herald_thumbnail_finder_free);
  g_free (fetching);
}

static const HeraldPictureSource *
get_source (GTask *task)
{
  Fetching *fetching = g_task_get_task_data (task);

  return g_ptr_array_index (fetching->sources, fetching->index);
}

/* Takes the task and @error: this place has nothing, perhaps the next one has. */
static void
go_on (GTask  *task,
       GError *error)
{
  g_autoptr(GTask) owned = task;
  g_autoptr(GError) reason = error;
  Fetching *fetching = g_task_get_task_data (task);

  g_clear_pointer (&fetching->finder, herald_thumbnail_finder_free);
  if (++fetching->index < fetching->sources->len && !g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    try_source (g_steal_pointer (&owned));
  else
    g_task_return_error (owned, g_steal_pointer (&reason));
}

/* Takes the task and @picture (nullable). */
static void
finish (GTask         *task,
        HeraldPicture *picture)
{
  if (picture == NULL)
    {
      go_on (task, g_error_new_literal (HERALD_ERROR, HERALD_ERROR_SETTINGS,
                                        _("The slicer has put no thumbnail into the file")));
      return;
    }

  g_task_return_pointer (task, picture, (GDestroyNotify) herald_picture_unref);
  g_object_unref (task);
}

static void
read_source (GTask                      *task,
             const HeraldPictureRequest *request,
             GAsyncReadyCallback         callback)
{
  herald_printer_read_picture_async (g_task_get_source_object (task), get_source (task), request,
                                     g_task_get_cancellable (task), callback, task);
}

/* A zip file */

static void
on_entry_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Fetching *fetching = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = herald_printer_read_picture_finish (HERALD_PRINTER (object), result, &error);

  if (bytes == NULL)
    go_on (g_steal_pointer (&task), g_steal_pointer (&error));
  else
    finish (g_steal_pointer (&task),
            herald_ufp_unpack (&fetching->entry, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)));
}

/* Takes the task. */
static void
take_tail (GTask        *task,
           const guint8 *tail,
           gsize         length)
{
  Fetching *fetching = g_task_get_task_data (task);
  const HeraldUfpEntry *entry = &fetching->entry;
  guint64 tail_offset = 0;

  if (!herald_ufp_find (tail, length, &fetching->entry, &tail_offset) || entry->offset >= tail_offset + length)
    finish (task, NULL);
  else if (entry->offset >= tail_offset)
    {
      gsize skipped = (gsize) (entry->offset - tail_offset);

      /* Mostly the picture is the last thing in it and so here already. */
      finish (task, herald_ufp_unpack (entry, tail + skipped, length - skipped));
    }
  else
    read_source (task, &(HeraldPictureRequest) { .offset = (gint64) entry->offset, .max_bytes = entry->max_bytes },
                 on_entry_ready);
}

static void
on_tail_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = herald_printer_read_picture_finish (HERALD_PRINTER (object), result, &error);

  if (bytes == NULL)
    go_on (g_steal_pointer (&task), g_steal_pointer (&error));
  else
    take_tail (g_steal_pointer (&task), g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* Any file */

static gboolean
has_enough (GByteArray *bytes,
            gpointer    user_data)
{
  return herald_thumbnail_finder_scan (user_data, bytes->data, bytes->len);
}

static void
on_head_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Fetching *fetching = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = herald_printer_read_picture_finish (HERALD_PRINTER (object), result, &error);

  if (bytes == NULL)
    {
      go_on (g_steal_pointer (&task), g_steal_pointer (&error));
      return;
    }

  herald_thumbnail_finder_scan (fetching->finder, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (herald_thumbnail_finder_wants_tail (fetching->finder))
    read_source (g_steal_pointer (&task),
                 &(HeraldPictureRequest) { .offset = -HERALD_UFP_TAIL_BYTES, .max_bytes = HERALD_UFP_TAIL_BYTES },
                 on_tail_ready);
  else
    finish (g_steal_pointer (&task), herald_thumbnail_finder_dup_best (fetching->finder));
}

/* A picture */

static void
on_still_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = herald_printer_read_picture_finish (HERALD_PRINTER (object), result, &error);
  g_autoptr(HeraldPicture) picture = bytes != NULL ? herald_picture_new_from_bytes (bytes, &error) : NULL;

  if (picture == NULL)
    go_on (g_steal_pointer (&task), g_steal_pointer (&error));
  else
    finish (g_steal_pointer (&task), picture->type != HERALD_PICTURE_FILM ? g_steal_pointer (&picture) : NULL);
}

/* Takes the task. */
static void
try_source (GTask *task)
{
  Fetching *fetching = g_task_get_task_data (task);

  if (get_source (task)->kind == HERALD_SOURCE_GCODE)
    {
      fetching->finder = herald_thumbnail_finder_new ();
      read_source (task, &(HeraldPictureRequest) { .max_bytes = HERALD_THUMBNAIL_HEAD_BYTES,
                                                   .enough = has_enough,
                                                   .enough_data = fetching->finder },
                   on_head_ready);
    }
  else
    read_source (task, &(HeraldPictureRequest) { .max_bytes = HERALD_THUMBNAIL_MAX_BYTES }, on_still_ready);
}

static void
on_find_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Fetching *fetching = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  fetching->sources = herald_printer_find_pictures_finish (HERALD_PRINTER (object), result, &error);
  if (fetching->sources == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    try_source (g_steal_pointer (&task));
}

void
herald_thumbnail_fetch_async (HeraldPrinter           *printer,
                              const HeraldPictureWish *wish,
                              GCancellable            *cancellable,
                              GAsyncReadyCallback      callback,
                              gpointer                 user_data)
{
  g_autoptr(GTask) task = g_task_new (printer, cancellable, callback, user_data);

  g_return_if_fail (wish->kind == HERALD_PICTURE_WISH_THUMBNAIL);

  g_task_set_task_data (task, g_new0 (Fetching, 1), (GDestroyNotify) fetching_free);
  herald_printer_find_pictures_async (printer, wish, cancellable, on_find_ready, g_steal_pointer (&task));
}

HeraldPicture *
herald_thumbnail_fetch_finish (GAsyncResult  *result,
                               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
