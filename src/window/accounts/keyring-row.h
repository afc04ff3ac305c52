/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_KEYRING_ROW (herald_keyring_row_get_type ())
G_DECLARE_FINAL_TYPE (HeraldKeyringRow, herald_keyring_row, HERALD, KEYRING_ROW, AdwBin)

/* What is wrong with the keyring, and a button that unlocks it; invisible while it is open */
GtkWidget *herald_keyring_row_new (HeraldServiceLink *link);

G_END_DECLS
