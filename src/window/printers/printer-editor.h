/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

/* The window in which a printer is added (@printer: NULL) or changed */
void herald_printer_editor_present (GtkWindow          *parent,
                                    HeraldServiceLink  *link,
                                    HeraldDBusPrinter1 *printer);

G_END_DECLS
