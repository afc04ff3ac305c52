/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/octoprint/camera.h"
#include "core/printers/printer-class.h"

G_BEGIN_DECLS

/* What a printer in the settings of ours calls the camera at the address its user has typed */
#define HERALD_OWN_CAMERA "own"

/* What is known of the cameras of a printer; lives as long as it does. */
typedef struct _HeraldOctoprintCameras HeraldOctoprintCameras;

HeraldOctoprintCameras *herald_octoprint_cameras_get       (HeraldPrinter           *printer);

/* @settings: of OctoPrint */
void                    herald_octoprint_cameras_take      (HeraldOctoprintCameras  *self,
                                                            JsonObject              *settings);
/* The printer may be another one from now on. */
void                    herald_octoprint_cameras_forget    (HeraldOctoprintCameras  *self);
/* Nobody may read OctoPrint's settings with our key: there may be a camera where there mostly is one. */
void                    herald_octoprint_cameras_guess     (HeraldOctoprintCameras  *self);
gboolean                herald_octoprint_cameras_are_known (HeraldOctoprintCameras  *self);
char                  **herald_octoprint_cameras_dup_names (HeraldOctoprintCameras  *self);

/* Returns (transfer full) (element-type HeraldPictureSource): where to get a picture, what has worked before first;
 * NULL with SETTINGS, one sentence that says why there is none.
 * @name: (nullable): of a camera; NULL for the one of the printer's settings */
GPtrArray              *herald_octoprint_cameras_find      (HeraldOctoprintCameras  *self,
                                                            const char              *name,
                                                            GError                 **error);

/* A source of a camera gave a picture, or did not. */
void                    herald_octoprint_cameras_remember  (HeraldOctoprintCameras  *self,
                                                            const char              *url,
                                                            gboolean                 has_worked);

G_END_DECLS
