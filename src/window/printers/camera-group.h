/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_CAMERA_GROUP (herald_camera_group_get_type ())
G_DECLARE_FINAL_TYPE (HeraldCameraGroup, herald_camera_group, HERALD, CAMERA_GROUP, AdwBin)

/* @printer: (nullable): while it is not there nothing can be tried; what is chosen stays */
void       herald_camera_group_set_printer (HeraldCameraGroup  *self,
                                            HeraldServiceLink  *link,
                                            HeraldDBusPrinter1 *printer);
/* What was tried since the beginning is wanted, and not taken back at the end */
void       herald_camera_group_keep        (HeraldCameraGroup  *self);
/* Where the address of the picture is typed, for whoever saves all of the printer */
GtkWidget *herald_camera_group_get_address (HeraldCameraGroup  *self);

G_END_DECLS
