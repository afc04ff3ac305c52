/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_ACCOUNTS_PAGE (herald_accounts_page_get_type ())
G_DECLARE_FINAL_TYPE (HeraldAccountsPage, herald_accounts_page, HERALD, ACCOUNTS_PAGE, AdwBin)

GtkWidget *herald_accounts_page_new (HeraldServiceLink *link);

G_END_DECLS
