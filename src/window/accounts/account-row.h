/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "herald-dbus.h"

G_BEGIN_DECLS

#define HERALD_TYPE_ACCOUNT_ROW (herald_account_row_get_type ())
G_DECLARE_FINAL_TYPE (HeraldAccountRow, herald_account_row, HERALD, ACCOUNT_ROW, GtkListBoxRow)

/* Signals: change-wanted, test-wanted, removal-wanted */
GtkWidget          *herald_account_row_new          (HeraldDBusChannel1 *channel);
HeraldDBusChannel1 *herald_account_row_get_channel  (HeraldAccountRow   *self);
/* Asks what it has sent and spent */
void                herald_account_row_ask_spending (HeraldAccountRow   *self);

G_END_DECLS
