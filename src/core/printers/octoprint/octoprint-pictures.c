/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-pictures"

#include "core/printers/octoprint/octoprint-pictures.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/printers/octoprint/octoprint-appearance.h"
#include "core/printers/octoprint/octoprint-cameras.h"
#include "core/printers/octoprint/octoprint-films.h"
#include "core/printers/octoprint/octoprint-thumbnails.h"

/* Takes the task, whose data is the name of the camera. */
static void
return_cameras (GTask *task)
{
  HeraldPrinter *printer = g_task_get_source_object (task);
  const char *name = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  GPtrArray *sources = herald_octoprint_cameras_find (herald_octoprint_cameras_get (printer), name, &error);

  if (sources != NULL)
    g_task_return_pointer (task, sources, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
  g_object_unref (task);
}

static void
on_settings_ready (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldPrinter *printer = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;

  if (!herald_octoprint_appearance_ask_finish (printer, result, &error))
    {
      if (!g_error_matches (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED))
        {
          g_task_return_error (task, g_steal_pointer (&error));
          return;
        }
      herald_octoprint_cameras_guess (herald_octoprint_cameras_get (printer));
    }

  return_cameras (g_steal_pointer (&task));
}

/* Settings are told of by a greeting; a camera may be wanted before they have come. */
static void
find_cameras (HeraldPrinter         *printer,
              HeraldOctoprintServer *server,
              GTask                 *task)
{
  const char *typed = herald_values_get (herald_printer_get_settings (printer), "snapshot-url");
  gboolean has_typed = typed != NULL && *typed != '\0' && g_task_get_task_data (task) == NULL;
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (has_typed || herald_octoprint_cameras_are_known (herald_octoprint_cameras_get (printer)))
    return_cameras (g_object_ref (task));
  else if (server == NULL)
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_UNREACHABLE, "%s", _("There is no connection to OctoPrint"));
  else
    herald_octoprint_appearance_ask_async (server, cancellable, on_settings_ready, g_object_ref (task));
}

static void
on_file_pictures_ready (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  GPtrArray *sources = g_task_propagate_pointer (G_TASK (result), &error);

  if (sources != NULL)
    g_task_return_pointer (task, sources, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
herald_octoprint_pictures_find_async (HeraldPrinter           *printer,
                                      HeraldOctoprintServer   *server,
                                      const HeraldPictureWish *wish,
                                      GCancellable            *cancellable,
                                      GAsyncReadyCallback      callback,
                                      gpointer                 user_data)
{
  g_autoptr(GTask) task = g_task_new (printer, cancellable, callback, user_data);

  switch (wish->kind)
    {
    case HERALD_PICTURE_WISH_SNAPSHOT:
      g_task_set_task_data (task, g_strdup (wish->camera), g_free);
      find_cameras (printer, server, task);
      return;
    case HERALD_PICTURE_WISH_THUMBNAIL:
      herald_octoprint_thumbnails_find_async (printer, server, wish, cancellable, on_file_pictures_ready,
                                              g_steal_pointer (&task));
      return;
    case HERALD_PICTURE_WISH_TIMELAPSE:
      herald_octoprint_films_find_async (printer, server, wish, cancellable, on_file_pictures_ready,
                                         g_steal_pointer (&task));
      return;
    case HERALD_PICTURE_WISH_NONE:
    default:
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS, "%s", _("OctoPrint knows of no such picture"));
    }
}

GPtrArray *
herald_octoprint_pictures_find_finish (GAsyncResult  *result,
                                       GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
