/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "window/messages/suggestions.h"

G_BEGIN_DECLS

#define HERALD_TYPE_SUGGESTION_POPOVER (herald_suggestion_popover_get_type ())
G_DECLARE_FINAL_TYPE (HeraldSuggestionPopover, herald_suggestion_popover, HERALD, SUGGESTION_POPOVER, GtkPopover)

/* Signal: chosen (const char *insert) */

GtkWidget *herald_suggestion_popover_new      (void);
/* @place: of the cursor, in the widget it belongs to */
void       herald_suggestion_popover_show     (HeraldSuggestionPopover *self,
                                               GPtrArray               *suggestions,
                                               const GdkRectangle      *place);
/* Of a key that was pressed where somebody types; whether it was meant for the suggestions */
gboolean   herald_suggestion_popover_take_key (HeraldSuggestionPopover *self,
                                               guint                    key);

G_END_DECLS
