/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-picture-fetch"

#include "core/pictures/picture-fetch.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/pictures/kept-picture.h"
#include "core/pictures/snapshot-share.h"

/* Darker nobody sees anything: a room at night is 2 to 10, one with a lamp 60 and more. */
#define DARK_BRIGHTNESS 20

static HeraldPictureCatch *
catch_new (HeraldPicture         *taken_picture,
           HeraldPictureWishKind  kind)
{
  HeraldPictureCatch *self = g_new0 (HeraldPictureCatch, 1);

  self->picture = taken_picture;
  self->kind = kind;

  return self;
}

static void
on_snapshot_ready (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  HeraldPicture *picture = herald_snapshot_share_finish (result, &error);

  if (picture != NULL)
    g_task_return_pointer (task, catch_new (picture, HERALD_PICTURE_WISH_SNAPSHOT),
                           (GDestroyNotify) herald_picture_catch_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_kept_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  HeraldPictureCatch *caught = herald_kept_picture_fetch_finish (result, &error);

  if (caught != NULL)
    g_task_return_pointer (task, caught, (GDestroyNotify) herald_picture_catch_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
herald_picture_fetch_async (HeraldPrinter           *printer,
                            const HeraldPictureWish *wish,
                            guint                    deadline_ms,
                            gsize                    film_max_bytes,
                            GCancellable            *cancellable,
                            GAsyncReadyCallback      callback,
                            gpointer                 user_data)
{
  g_autoptr(GTask) task = g_task_new (printer, cancellable, callback, user_data);

  if (!herald_printer_get_enabled (printer))
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_REJECTED, "%s",
                               _("This printer is switched off in OctoHerald, so no picture is taken of it"));
      return;
    }

  switch (wish->kind)
    {
    case HERALD_PICTURE_WISH_SNAPSHOT:
      herald_snapshot_share_async (printer, wish->camera, deadline_ms, cancellable, on_snapshot_ready,
                                   g_steal_pointer (&task));
      return;
    case HERALD_PICTURE_WISH_THUMBNAIL:
    case HERALD_PICTURE_WISH_TIMELAPSE:
      herald_kept_picture_fetch_async (printer, wish, deadline_ms, film_max_bytes, cancellable, on_kept_ready,
                                       g_steal_pointer (&task));
      return;
    case HERALD_PICTURE_WISH_NONE:
    default:
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS, "%s", _("There is no such picture"));
    }
}

HeraldPictureCatch *
herald_picture_fetch_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
herald_picture_catch_free (HeraldPictureCatch *self)
{
  g_clear_pointer (&self->picture, herald_picture_unref);
  g_free (self->note);
  g_free (self);
}

gboolean
herald_picture_catch_is_dark (const HeraldPictureCatch *self)
{
  return self->picture->brightness >= 0 && self->picture->brightness < DARK_BRIGHTNESS;
}
