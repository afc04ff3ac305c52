/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_HISTORY_PAGE (herald_history_page_get_type ())
G_DECLARE_FINAL_TYPE (HeraldHistoryPage, herald_history_page, HERALD, HISTORY_PAGE, AdwBin)

GtkWidget *herald_history_page_new (HeraldServiceLink *link);

G_END_DECLS
