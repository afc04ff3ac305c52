/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "herald-dbus.h"

G_BEGIN_DECLS

#define HERALD_TYPE_CARD_PICTURE (herald_card_picture_get_type ())
G_DECLARE_FINAL_TYPE (HeraldCardPicture, herald_card_picture, HERALD, CARD_PICTURE, AdwBin)

/* Once: whose picture it is */
void     herald_card_picture_set_printer (HeraldCardPicture  *self,
                                          HeraldDBusPrinter1 *printer);
/* After the printer has changed. Returns: whether there can be a picture of it */
gboolean herald_card_picture_update      (HeraldCardPicture  *self);
/* A moment of the page, about every second, while it is in sight: asks for the next picture if it is time */
void     herald_card_picture_tick        (HeraldCardPicture  *self);

G_END_DECLS
