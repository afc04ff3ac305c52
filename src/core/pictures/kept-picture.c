/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-kept-picture"

#include "core/pictures/kept-picture.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/net/time-limit.h"
#include "core/pictures/film.h"
#include "core/pictures/picture-worker.h"
#include "core/pictures/thumbnail.h"

/* The part of the time that a film may take, so that there is some left for its last frame */
#define FILM_PERCENT 75

/* @film_limit: (nullable): while the film is fetched */
typedef struct
{
  HeraldTimeLimit *limit;
  HeraldTimeLimit *film_limit;
  HeraldPictureWishKind kind;
  char *movie;
  char *note;
} Fetching;

static void
fetching_free (Fetching *fetching)
{
  g_clear_pointer (&fetching->limit, herald_time_limit_free);
  g_clear_pointer (&fetching->film_limit, herald_time_limit_free);
  g_free (fetching->movie);
  g_free (fetching->note);
  g_free (fetching);
}

static void
return_failure (GTask        *task,
                const GError *error)
{
  Fetching *fetching = g_task_get_task_data (task);

  if (herald_time_limit_is_over (fetching->limit))
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_UNREACHABLE, "%s",
                             _("OctoPrint did not hand over the picture in time"));
  else
    g_task_return_error (task, g_error_copy (error));
}

/* Takes @picture. */
static void
return_picture (GTask         *task,
                HeraldPicture *picture)
{
  Fetching *fetching = g_task_get_task_data (task);
  HeraldPictureCatch *caught = g_new0 (HeraldPictureCatch, 1);

  caught->picture = picture;
  caught->kind = fetching->kind;
  caught->note = g_steal_pointer (&fetching->note);
  g_task_return_pointer (task, caught, (GDestroyNotify) herald_picture_catch_free);
}

static void
on_worker_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  HeraldPicture *picture = herald_picture_worker_run_finish (result, &error);

  if (picture != NULL)
    return_picture (task, picture);
  else
    return_failure (task, error);
}

/* Takes the task. What a slicer has drawn is mostly see-through around the object, and stays so. */
static void
remake (GTask         *task,
        HeraldPicture *picture)
{
  Fetching *fetching = g_task_get_task_data (task);
  HeraldPictureRecipe recipe = { .png = picture->type != HERALD_PICTURE_JPEG };

  herald_picture_worker_run_async (picture, &recipe, herald_time_limit_get_cancellable (fetching->limit),
                                   on_worker_ready, task);
}

static void
on_thumbnail_ready (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldPicture) picture = herald_thumbnail_fetch_finish (result, &error);

  if (picture != NULL)
    remake (g_steal_pointer (&task), picture);
  else
    return_failure (task, error);
}

static void fetch_film (GTask *task,
                        gsize  max_bytes);

static void
on_film_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Fetching *fetching = g_task_get_task_data (task);
  gboolean is_late = fetching->film_limit != NULL && herald_time_limit_is_over (fetching->film_limit);
  g_autofree char *note = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldPicture) picture = herald_film_fetch_finish (result, &note, &error);

  if (note != NULL && fetching->note == NULL)
    fetching->note = g_steal_pointer (&note);
  if (picture == NULL && is_late && !herald_time_limit_is_over (fetching->limit))
    {
      g_clear_pointer (&fetching->film_limit, herald_time_limit_free);
      fetching->note = g_strdup (_("The film did not come in time; its last frame was sent"));
      fetch_film (g_steal_pointer (&task), 0);
    }
  else if (picture == NULL)
    return_failure (task, error);
  else if (picture->type == HERALD_PICTURE_FILM)
    return_picture (task, g_steal_pointer (&picture));
  else
    remake (g_steal_pointer (&task), picture);
}

/* Takes the task. */
static void
fetch_film (GTask *task,
            gsize  max_bytes)
{
  Fetching *fetching = g_task_get_task_data (task);
  HeraldTimeLimit *limit = fetching->film_limit != NULL ? fetching->film_limit : fetching->limit;
  HeraldPictureWish wish = { .kind = HERALD_PICTURE_WISH_TIMELAPSE, .movie = fetching->movie };

  herald_film_fetch_async (g_task_get_source_object (task), &wish, max_bytes,
                           herald_time_limit_get_cancellable (limit), on_film_ready, task);
}

void
herald_kept_picture_fetch_async (HeraldPrinter           *printer,
                                 const HeraldPictureWish *wish,
                                 guint                    deadline_ms,
                                 gsize                    film_max_bytes,
                                 GCancellable            *cancellable,
                                 GAsyncReadyCallback      callback,
                                 gpointer                 user_data)
{
  g_autoptr(GTask) task = g_task_new (printer, cancellable, callback, user_data);
  Fetching *fetching = g_new0 (Fetching, 1);

  fetching->kind = wish->kind;
  fetching->movie = g_strdup (wish->movie);
  fetching->limit = herald_time_limit_new (deadline_ms, cancellable);
  g_task_set_task_data (task, fetching, (GDestroyNotify) fetching_free);

  if (wish->kind == HERALD_PICTURE_WISH_THUMBNAIL)
    {
      herald_thumbnail_fetch_async (printer, wish, herald_time_limit_get_cancellable (fetching->limit),
                                    on_thumbnail_ready, g_steal_pointer (&task));
      return;
    }

  fetching->film_limit = herald_time_limit_new (deadline_ms / 100 * FILM_PERCENT, cancellable);
  fetch_film (g_steal_pointer (&task), film_max_bytes);
}

HeraldPictureCatch *
herald_kept_picture_fetch_finish (GAsyncResult  *result,
                                  GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
