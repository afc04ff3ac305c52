/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-film"

#include "core/pictures/film.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

/* The film if it is wanted and fits, then its last frame */
typedef struct
{
  gsize max_bytes;
  GPtrArray *sources;
  guint index;
  char *note;
} Fetching;

static void try_source (GTask *task);

static void
fetching_free (Fetching *fetching)
{
  g_clear_pointer (&fetching->sources, g_ptr_array_unref);
  g_free (fetching->note);
  g_free (fetching);
}

static void
set_note (Fetching   *fetching,
          const char *sentence)
{
  g_free (fetching->note);
  fetching->note = g_strdup (sentence);
}

/* Whether to fetch it at all. A film of which nobody has said how large it is is begun and broken off. */
static gboolean
is_wanted (Fetching                  *fetching,
           const HeraldPictureSource *source)
{
  if (source->kind != HERALD_SOURCE_FILM)
    return TRUE;
  if (fetching->max_bytes > 0 && source->size_bytes <= (gint64) fetching->max_bytes)
    return TRUE;

  if (fetching->max_bytes > 0)
    set_note (fetching, _("The film is too large to be sent; its last frame was sent"));

  return FALSE;
}

/* A film that grew while nobody looked, or of which no size was known, is too large only once it is read. */
static void
explain (Fetching     *fetching,
         const GError *error)
{
  if (g_error_matches (error, HERALD_ERROR, HERALD_ERROR_REJECTED))
    set_note (fetching, _("The film could not be sent as it is; its last frame was sent"));
  else
    set_note (fetching, _("The film could not be fetched; its last frame was sent"));
}

static void
on_read_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Fetching *fetching = g_task_get_task_data (task);
  const HeraldPictureSource *source = g_ptr_array_index (fetching->sources, fetching->index);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = herald_printer_read_picture_finish (HERALD_PRINTER (object), result, &error);
  g_autoptr(HeraldPicture) picture = bytes != NULL ? herald_picture_new_from_bytes (bytes, &error) : NULL;

  if (picture != NULL && (picture->type == HERALD_PICTURE_FILM) != (source->kind == HERALD_SOURCE_FILM))
    {
      g_clear_pointer (&picture, herald_picture_unref);
      g_set_error_literal (&error, HERALD_ERROR, HERALD_ERROR_REJECTED, _("What came is no film that can be shown"));
    }

  if (picture != NULL)
    g_task_return_pointer (task, g_steal_pointer (&picture), (GDestroyNotify) herald_picture_unref);
  else if (fetching->index + 1 == fetching->sources->len || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    {
      explain (fetching, error);
      fetching->index++;
      try_source (g_steal_pointer (&task));
    }
}

/* Takes the task. */
static void
try_source (GTask *task)
{
  g_autoptr(GTask) owned = task;
  Fetching *fetching = g_task_get_task_data (task);

  for (; fetching->index < fetching->sources->len; fetching->index++)
    {
      const HeraldPictureSource *source = g_ptr_array_index (fetching->sources, fetching->index);
      gsize max_bytes = source->kind == HERALD_SOURCE_FILM ? fetching->max_bytes : HERALD_PICTURE_MAX_BYTES;

      if (!is_wanted (fetching, source))
        continue;
      herald_printer_read_picture_async (g_task_get_source_object (task), source,
                                         &(HeraldPictureRequest) { .max_bytes = max_bytes },
                                         g_task_get_cancellable (task), on_read_ready, g_steal_pointer (&owned));
      return;
    }

  g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS, "%s",
                           fetching->note != NULL
                               ? _("The film is too large to be sent, and OctoPrint has kept no picture of it")
                               : _("OctoPrint has kept no picture of this film"));
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
herald_film_fetch_async (HeraldPrinter           *printer,
                         const HeraldPictureWish *wish,
                         gsize                    max_bytes,
                         GCancellable            *cancellable,
                         GAsyncReadyCallback      callback,
                         gpointer                 user_data)
{
  g_autoptr(GTask) task = g_task_new (printer, cancellable, callback, user_data);
  Fetching *fetching = g_new0 (Fetching, 1);

  g_return_if_fail (wish->kind == HERALD_PICTURE_WISH_TIMELAPSE);

  fetching->max_bytes = max_bytes;
  g_task_set_task_data (task, fetching, (GDestroyNotify) fetching_free);
  herald_printer_find_pictures_async (printer, wish, cancellable, on_find_ready, g_steal_pointer (&task));
}

HeraldPicture *
herald_film_fetch_finish (GAsyncResult  *result,
                          char         **note,
                          GError       **error)
{
  HeraldPicture *picture = g_task_propagate_pointer (G_TASK (result), error);
  Fetching *fetching = g_task_get_task_data (G_TASK (result));

  if (picture != NULL && note != NULL)
    *note = g_strdup (fetching->note);

  return picture;
}
