/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/base/values.h"
#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_MESSAGE_PREVIEW (herald_message_preview_get_type ())
G_DECLARE_FINAL_TYPE (HeraldMessagePreview, herald_message_preview, HERALD, MESSAGE_PREVIEW, GtkBox)

/* Signal: rendered (GVariant *rendering), of what was tried last */

void herald_message_preview_set_message (HeraldMessagePreview *self,
                                         HeraldServiceLink    *link,
                                         const char           *kind,
                                         const char           *printer);
/* Shows soon what would come of @changes, as SetMessage takes them; @fallback: the kind of picture that is sent if there is none
 * of the one that was chosen */
void herald_message_preview_try         (HeraldMessagePreview *self,
                                         HeraldValues         *changes,
                                         gboolean              is_enabled,
                                         const char           *fallback);
/* (array zero-terminated=1): what is told about words elsewhere, and not in a card again */
void herald_message_preview_set_told    (HeraldMessagePreview *self,
                                         const char *const    *problems);

G_END_DECLS
