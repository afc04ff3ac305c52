/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-camera"

#include "core/printers/octoprint/camera.h"

#include <string.h>

#include "core/base/json-reader.h"

#define NAME_MAX_CHARS 60
#define URL_MAX_BYTES 1024

/* Nobody has more; each costs a row in a list. */
#define CAMERAS_MAX 16

/* What the only camera of OctoPrint before 1.9 is called here */
#define ONLY_NAME "webcam"

HeraldCamera *
herald_camera_new (const char *name,
                   const char *id)
{
  HeraldCamera *self = g_new0 (HeraldCamera, 1);

  self->name = g_strdup (name);
  self->id = g_strdup (id);

  return self;
}

void
herald_camera_free (HeraldCamera *self)
{
  g_free (self->name);
  g_free (self->id);
  g_free (self->still_url);
  g_free (self->stream_url);
  g_free (self);
}

/* Returns (transfer full) (nullable): an address without anything around or inside it that is none */
static char *
dup_url (JsonObject *object,
         const char *name)
{
  const char *found = NULL;
  g_autofree char *url = NULL;

  if (object == NULL || !herald_json_get_string (object, name, &found) || strlen (found) > URL_MAX_BYTES)
    return NULL;

  url = g_strstrip (g_strdup (found));
  for (const char *p = url; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) || *p == ' ')
      return NULL;

  return *url != '\0' ? g_steal_pointer (&url) : NULL;
}

static void
read_orientation (HeraldCamera *camera,
                  JsonObject   *object)
{
  camera->orientation.flip_horizontally = herald_json_get_boolean (object, "flipH");
  camera->orientation.flip_vertically = herald_json_get_boolean (object, "flipV");
  camera->orientation.rotate_90_left = herald_json_get_boolean (object, "rotate90");
}

static HeraldCamera *
find (GPtrArray  *cameras,
      const char *name)
{
  for (guint i = 0; i < cameras->len; i++)
    {
      HeraldCamera *camera = g_ptr_array_index (cameras, i);

      if (g_strcmp0 (camera->name, name) == 0)
        return camera;
    }

  return NULL;
}

/* Since 1.9 */
static void
take_camera (GPtrArray  *cameras,
             JsonObject *object)
{
  JsonObject *compat = herald_json_get_object (object, "compat");
  JsonObject *extras = herald_json_get_object (object, "extras");
  g_autofree char *id = herald_json_dup_text (object, "name", NAME_MAX_CHARS);
  g_autofree char *shown = herald_json_dup_text (object, "displayName", NAME_MAX_CHARS);
  HeraldCamera *camera;

  if (id == NULL || find (cameras, id) != NULL)
    return;

  camera = herald_camera_new (shown != NULL && find (cameras, shown) == NULL ? shown : id, id);
  camera->still_url = dup_url (compat, "snapshot");
  camera->stream_url = dup_url (compat, "stream");
  if (camera->stream_url == NULL)
    camera->stream_url = dup_url (extras, "stream");
  read_orientation (camera, object);
  g_ptr_array_add (cameras, camera);
}

static void
move_to_front (GPtrArray  *cameras,
               JsonObject *webcam,
               const char *member)
{
  const char *id = NULL;

  if (!herald_json_get_string (webcam, member, &id))
    return;

  for (guint i = 0; i < cameras->len; i++)
    {
      HeraldCamera *camera = g_ptr_array_index (cameras, i);

      if (g_str_equal (camera->id, id))
        {
          g_ptr_array_insert (cameras, 0, g_ptr_array_steal_index (cameras, i));
          return;
        }
    }
}

static void
take_cameras (GPtrArray  *cameras,
              JsonObject *webcam,
              JsonArray  *list)
{
  const char *current = NULL;

  for (guint i = 0; i < MIN (json_array_get_length (list), CAMERAS_MAX); i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        take_camera (cameras, json_node_get_object (node));
    }

  move_to_front (cameras, webcam, "defaultWebcam");
  move_to_front (cameras, webcam, "snapshotWebcam");
  if (cameras->len > 0 && herald_json_get_string (webcam, "snapshotWebcam", &current))
    {
      HeraldCamera *first = g_ptr_array_index (cameras, 0);

      first->is_current = g_str_equal (first->id, current);
    }
}

/* Up to 1.8 */
static void
take_only_camera (GPtrArray  *cameras,
                  JsonObject *webcam)
{
  g_autoptr(HeraldCamera) camera = herald_camera_new (ONLY_NAME, ONLY_NAME);

  camera->still_url = dup_url (webcam, "snapshotUrl");
  camera->stream_url = dup_url (webcam, "streamUrl");
  camera->is_current = camera->still_url != NULL;
  read_orientation (camera, webcam);
  if (camera->still_url != NULL || camera->stream_url != NULL)
    g_ptr_array_add (cameras, g_steal_pointer (&camera));
}

static void
remove_blind (GPtrArray *cameras)
{
  for (guint i = cameras->len; i > 0; i--)
    {
      HeraldCamera *camera = g_ptr_array_index (cameras, i - 1);

      if (camera->still_url == NULL && camera->stream_url == NULL && !camera->is_current)
        g_ptr_array_remove_index (cameras, i - 1);
    }
}

GPtrArray *
herald_cameras_read (JsonObject          *settings,
                     HeraldCamerasReason *reason)
{
  GPtrArray *cameras = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_camera_free);
  JsonObject *webcam = herald_json_get_object (settings, "webcam");
  JsonArray *list = webcam != NULL ? herald_json_get_array (webcam, "webcams") : NULL;

  *reason = HERALD_CAMERAS_NONE;
  if (webcam == NULL || json_object_get_size (webcam) == 0)
    *reason = HERALD_CAMERAS_HIDDEN;
  else if (json_object_has_member (webcam, "webcamEnabled") && !herald_json_get_boolean (webcam, "webcamEnabled"))
    *reason = HERALD_CAMERAS_OFF;
  else if (list != NULL)
    take_cameras (cameras, webcam, list);
  else
    take_only_camera (cameras, webcam);

  remove_blind (cameras);
  if (cameras->len > 0)
    *reason = HERALD_CAMERAS_KNOWN;

  return cameras;
}
