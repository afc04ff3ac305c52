/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-cameras"

#include "core/printers/octoprint/octoprint-cameras.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/printers/octoprint/camera-address.h"
#include "core/printers/octoprint/camera-sources.h"

/* Of OctoPi, which most have */
#define USUAL_NAME "webcam"
#define USUAL_STREAM "/webcam/?action=stream"

/* Where a printer keeps it */
#define CAMERAS "herald-octoprint-cameras"

/**
 * HeraldOctoprintCameras:
 * @cameras: (element-type HeraldCamera) (nullable): %NULL until OctoPrint has told
 * @worked: (element-type utf8): addresses that gave a picture the last time they were asked
 *
 * What OctoPrint has said of its cameras, what the user has said instead, and which of all the
 * addresses that follow from it are good.
 */
struct _HeraldOctoprintCameras
{
  HeraldPrinter *printer;
  GPtrArray *cameras;
  HeraldCamerasReason reason;
  GHashTable *worked;
};

static void
cameras_free (HeraldOctoprintCameras *self)
{
  g_clear_pointer (&self->cameras, g_ptr_array_unref);
  g_hash_table_unref (self->worked);
  g_free (self);
}

HeraldOctoprintCameras *
herald_octoprint_cameras_get (HeraldPrinter *printer)
{
  HeraldOctoprintCameras *self = g_object_get_data (G_OBJECT (printer), CAMERAS);

  if (self == NULL)
    {
      self = g_new0 (HeraldOctoprintCameras, 1);
      self->printer = printer;
      self->worked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_object_set_data_full (G_OBJECT (printer), CAMERAS, self, (GDestroyNotify) cameras_free);
    }

  return self;
}

void
herald_octoprint_cameras_take (HeraldOctoprintCameras *self,
                               JsonObject             *settings)
{
  herald_octoprint_cameras_forget (self);
  self->cameras = herald_cameras_read (settings, &self->reason);
  g_object_notify (G_OBJECT (self->printer), "server");
}

void
herald_octoprint_cameras_forget (HeraldOctoprintCameras *self)
{
  g_clear_pointer (&self->cameras, g_ptr_array_unref);
  g_hash_table_remove_all (self->worked);
  self->reason = HERALD_CAMERAS_NONE;
}

void
herald_octoprint_cameras_guess (HeraldOctoprintCameras *self)
{
  HeraldCamera *camera = herald_camera_new (USUAL_NAME, USUAL_NAME);

  camera->stream_url = g_strdup (USUAL_STREAM);
  camera->is_current = TRUE;
  herald_octoprint_cameras_forget (self);
  self->cameras = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_camera_free);
  self->reason = HERALD_CAMERAS_KNOWN;
  g_ptr_array_add (self->cameras, camera);
}

gboolean
herald_octoprint_cameras_are_known (HeraldOctoprintCameras *self)
{
  return self->cameras != NULL;
}

/* Returns (nullable): what the user has set, %NULL if nothing */
static const char *
get_setting (HeraldOctoprintCameras *self,
             const char             *name)
{
  const char *value = herald_values_get (herald_printer_get_settings (self->printer), name);

  return value != NULL && *value != '\0' ? value : NULL;
}

static HeraldCamera *
find_camera (HeraldOctoprintCameras *self,
             const char             *name)
{
  for (guint i = 0; self->cameras != NULL && i < self->cameras->len; i++)
    {
      HeraldCamera *camera = g_ptr_array_index (self->cameras, i);

      if (name == NULL || g_ascii_strcasecmp (camera->name, name) == 0 || g_strcmp0 (camera->id, name) == 0)
        return camera;
    }

  return NULL;
}

char **
herald_octoprint_cameras_dup_names (HeraldOctoprintCameras *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  HeraldCamera *first = get_setting (self, "snapshot-url") == NULL ? find_camera (self, get_setting (self, "camera"))
                                                                   : NULL;

  if (get_setting (self, "snapshot-url") != NULL)
    g_strv_builder_add (builder, HERALD_OWN_CAMERA);
  if (first != NULL)
    g_strv_builder_add (builder, first->name);
  for (guint i = 0; self->cameras != NULL && i < self->cameras->len; i++)
    {
      HeraldCamera *camera = g_ptr_array_index (self->cameras, i);

      if (camera != first)
        g_strv_builder_add (builder, camera->name);
    }

  return g_strv_builder_end (builder);
}

static gboolean
turn (HeraldOctoprintCameras *self,
      const char             *name,
      gboolean                otherwise)
{
  return herald_values_get_boolean (herald_printer_get_settings (self->printer), name, otherwise);
}

static HeraldOrientation
get_orientation (HeraldOctoprintCameras *self,
                 HeraldOrientation       otherwise)
{
  HeraldOrientation orientation = {
    .flip_horizontally = turn (self, "flip-horizontally", otherwise.flip_horizontally),
    .flip_vertically = turn (self, "flip-vertically", otherwise.flip_vertically),
    .rotate_90_left = turn (self, "rotate-left", otherwise.rotate_90_left),
  };

  return orientation;
}

/* What was typed may be a picture or a stream: both are read to the end of the first picture. */
static GPtrArray *
find_typed (HeraldOctoprintCameras *self,
            const char             *url)
{
  GPtrArray *sources = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_picture_source_free);
  HeraldOrientation upright = { FALSE, FALSE, FALSE };

  g_ptr_array_add (sources, herald_picture_source_new (HERALD_SOURCE_STREAM, url, FALSE,
                                                       get_orientation (self, upright)));

  return sources;
}

static void
put_good_first (HeraldOctoprintCameras *self,
                GPtrArray              *sources)
{
  guint n_good = 0;

  for (guint i = 0; i < sources->len; i++)
    {
      const HeraldPictureSource *source = g_ptr_array_index (sources, i);

      if (g_hash_table_contains (self->worked, source->url))
        g_ptr_array_insert (sources, (int) n_good++, g_ptr_array_steal_index (sources, i));
    }
}

static const char *
explain (HeraldOctoprintCameras *self,
         const char             *name)
{
  if (self->reason == HERALD_CAMERAS_OFF)
    return _("The camera is switched off in OctoPrint");
  if (self->reason == HERALD_CAMERAS_HIDDEN)
    return _("The key is not allowed to see the camera of OctoPrint");
  if (name != NULL && self->reason == HERALD_CAMERAS_KNOWN)
    return _("The printer has no camera of that name");

  return _("The printer has no camera");
}

GPtrArray *
herald_octoprint_cameras_find (HeraldOctoprintCameras *self,
                               const char             *name,
                               GError                **error)
{
  const char *typed = get_setting (self, "snapshot-url");
  const char *wanted = name != NULL ? name : get_setting (self, "camera");
  HeraldCamera *camera = find_camera (self, wanted);
  HeraldCameraPlace place;
  g_autoptr(GPtrArray) sources = NULL;

  if (typed != NULL && (name == NULL || g_str_equal (name, HERALD_OWN_CAMERA)))
    return find_typed (self, typed);
  if (camera == NULL)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, explain (self, wanted));
      return NULL;
    }

  place.base_url = herald_printer_get_url (self->printer);
  place.version = herald_printer_get_version (self->printer);
  place.is_here = herald_camera_server_is_here (place.base_url);
  place.orientation = get_orientation (self, camera->orientation);
  sources = herald_camera_find_sources (camera, &place);
  if (sources->len == 0)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("The camera has no address that gives a picture"));
      return NULL;
    }
  put_good_first (self, sources);

  return g_steal_pointer (&sources);
}

void
herald_octoprint_cameras_remember (HeraldOctoprintCameras *self,
                                   const char             *url,
                                   gboolean                has_worked)
{
  if (has_worked)
    g_hash_table_add (self->worked, g_strdup (url));
  else
    g_hash_table_remove (self->worked, url);
}
