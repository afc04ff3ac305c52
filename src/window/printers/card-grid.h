/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HERALD_TYPE_CARD_GRID (herald_card_grid_get_type ())
G_DECLARE_FINAL_TYPE (HeraldCardGrid, herald_card_grid, HERALD, CARD_GRID, GtkWidget)

/* Behind @after, or as the first. A card that is in already is put there. */
void herald_card_grid_place  (HeraldCardGrid *self,
                              GtkWidget      *card,
                              GtkWidget      *after);
void herald_card_grid_remove (HeraldCardGrid *self,
                              GtkWidget      *card);

G_END_DECLS
