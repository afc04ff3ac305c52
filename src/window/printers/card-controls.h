/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "herald-dbus.h"

G_BEGIN_DECLS

#define HERALD_TYPE_CARD_CONTROLS (herald_card_controls_get_type ())
G_DECLARE_FINAL_TYPE (HeraldCardControls, herald_card_controls, HERALD, CARD_CONTROLS, AdwBin)

/* Once: whose print is paused, resumed and cancelled */
void herald_card_controls_set_printer (HeraldCardControls *self,
                                       HeraldDBusPrinter1 *printer);
/* After the printer has changed. Returns: whether there is anything to be told to it */
gboolean herald_card_controls_update  (HeraldCardControls *self);

G_END_DECLS
