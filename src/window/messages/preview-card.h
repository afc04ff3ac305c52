/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "window/messages/preview-picture.h"
#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_PREVIEW_CARD (herald_preview_card_get_type ())
G_DECLARE_FINAL_TYPE (HeraldPreviewCard, herald_preview_card, HERALD, PREVIEW_CARD, GtkBox)

GtkWidget *herald_preview_card_new (void);
/* @rendering: of Render; @is_enabled: whether the message is told at all; @problems: (array zero-terminated=1): what is said
 * elsewhere and not again */
void       herald_preview_card_show (HeraldPreviewCard *self,
                                     HeraldServiceLink *link,
                                     GVariant          *rendering,
                                     gboolean           is_enabled,
                                     const char *const *problems);
/* Shows what goes with the message that was shown last, as far as it is there
 * @fallback: the kind of picture that is sent if there is none of the one that was chosen */
void       herald_preview_card_show_picture (HeraldPreviewCard    *self,
                                             HeraldPreviewPicture *pictures,
                                             const char           *fallback);

G_END_DECLS
