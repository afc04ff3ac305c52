/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HERALD_TYPE_FIT (herald_fit_get_type ())
G_DECLARE_FINAL_TYPE (HeraldFit, herald_fit, HERALD, FIT, GtkWidget)

/* Properties: wide and narrow (widgets), is-narrow (which of them is shown; read-only) */

G_END_DECLS
