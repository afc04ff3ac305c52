/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/octoprint/camera.h"

G_BEGIN_DECLS

/* Where OctoPrint passes on what its camera sees. It does nothing else meanwhile, so it is asked rarely. */
#define HERALD_CAMERA_ENDPOINT "/downloads/camera/current"

/**
 * HeraldCameraPlace:
 * @base_url: of OctoPrint, normalised
 * @version: of OctoPrint
 * @is_here: OctoPrint is on this computer
 * @orientation: instead of the camera's
 *
 * What beside the camera decides where its pictures are.
 */
typedef struct
{
  const char *base_url;
  const char *version;
  gboolean is_here;
  HeraldOrientation orientation;
} HeraldCameraPlace;

/* Whether this version of OctoPrint passes pictures on, and keeps our key to itself while it does */
gboolean   herald_camera_is_passed_on  (const char               *version);

/* Returns (element-type HeraldPictureSource): where to get a picture of @camera from here, the best place first; may
 * be empty. Pure. */
GPtrArray *herald_camera_find_sources  (const HeraldCamera       *camera,
                                        const HeraldCameraPlace  *place);

G_END_DECLS
