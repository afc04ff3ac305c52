/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_MESSAGES_PAGE (herald_messages_page_get_type ())
G_DECLARE_FINAL_TYPE (HeraldMessagesPage, herald_messages_page, HERALD, MESSAGES_PAGE, AdwBin)

GtkWidget *herald_messages_page_new (HeraldServiceLink *link);

G_END_DECLS
