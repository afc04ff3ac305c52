/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_PREVIEW_PICTURE (herald_preview_picture_get_type ())
G_DECLARE_FINAL_TYPE (HeraldPreviewPicture, herald_preview_picture, HERALD, PREVIEW_PICTURE, GObject)

/* Signal: changed, when a picture is there, or it is known why not */

/* @printer: whose pictures these are; empty for the printer a message of all would tell of now */
HeraldPreviewPicture *herald_preview_picture_new    (HeraldServiceLink    *link,
                                                     const char           *printer);
/* (transfer none) (nullable): what would be sent now for a picture of this kind (snapshot, thumbnail …), fetched if it is not
 * there. @reason: (out) (transfer none) (nullable): why there is none, a sentence; %NULL while that is not known */
GdkPaintable         *herald_preview_picture_get    (HeraldPreviewPicture *self,
                                                     const char           *kind,
                                                     const char          **reason);

G_END_DECLS
