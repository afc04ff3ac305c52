/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HERALD_TYPE_CARD_BODY (herald_card_body_get_type ())
G_DECLARE_FINAL_TYPE (HeraldCardBody, herald_card_body, HERALD, CARD_BODY, GtkWidget)

/* Properties: picture and details (widgets) */

G_END_DECLS
