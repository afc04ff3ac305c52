/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/base/picture-loader.h"

G_BEGIN_DECLS

#define HERALD_TYPE_PICTURE_WINDOW (herald_picture_window_get_type ())
G_DECLARE_FINAL_TYPE (HeraldPictureWindow, herald_picture_window, HERALD, PICTURE_WINDOW, AdwWindow)

/* The picture of a printer, large, with a choice of cameras */
void herald_picture_window_present (GtkWindow          *parent,
                                    HeraldDBusPrinter1 *printer,
                                    HeraldPictureKind   kind);

G_END_DECLS
