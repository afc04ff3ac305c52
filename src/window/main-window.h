/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window/application.h"
#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_MAIN_WINDOW (herald_main_window_get_type ())
G_DECLARE_FINAL_TYPE (HeraldMainWindow, herald_main_window, HERALD, MAIN_WINDOW, AdwApplicationWindow)

GtkWindow *herald_main_window_new (HeraldApplication *application,
                                   HeraldServiceLink *link);

/* @page: its name; one that this version does not have is passed over */
void       herald_main_window_show_page    (HeraldMainWindow *self,
                                            const char       *page);
/* @id: of a printer; it gets the focus as soon as it is in the list */
void       herald_main_window_show_printer (HeraldMainWindow *self,
                                            const char       *id);

G_END_DECLS
