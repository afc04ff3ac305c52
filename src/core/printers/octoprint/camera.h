/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "core/printers/picture-source.h"

G_BEGIN_DECLS

/**
 * HeraldCamera:
 * @name: for a person; unlike that of any other camera of the printer
 * @id: as OctoPrint calls it
 * @still_url: (nullable): where OctoPrint gets a picture, seen from its own computer; may be a path alone
 * @stream_url: (nullable): where a browser gets the moving picture
 * @is_current: OctoPrint itself passes its pictures on, if its version can
 *
 * A camera as OctoPrint's settings have it.
 */
typedef struct
{
  char *name;
  char *id;
  char *still_url;
  char *stream_url;
  gboolean is_current;
  HeraldOrientation orientation;
} HeraldCamera;

HeraldCamera *herald_camera_new   (const char    *name,
                                   const char    *id);
void          herald_camera_free  (HeraldCamera  *self);

/* Why there is no camera in settings */
typedef enum
{
  HERALD_CAMERAS_KNOWN,
  HERALD_CAMERAS_NONE,
  HERALD_CAMERAS_OFF,
  HERALD_CAMERAS_HIDDEN,
} HeraldCamerasReason;

/* @settings: of OctoPrint, of any version
 * Returns (element-type HeraldCamera): the one OctoPrint takes snapshots with first, then the one it shows; empty
 * with a reason */
GPtrArray    *herald_cameras_read (JsonObject           *settings,
                                   HeraldCamerasReason  *reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldCamera, herald_camera_free)

G_END_DECLS
