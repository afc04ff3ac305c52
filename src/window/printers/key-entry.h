/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_KEY_ENTRY (herald_key_entry_get_type ())
G_DECLARE_FINAL_TYPE (HeraldKeyEntry, herald_key_entry, HERALD, KEY_ENTRY, AdwBin)

/* @printer: (nullable): whose key it is; what is being typed stays */
void        herald_key_entry_set_printer (HeraldKeyEntry     *self,
                                          HeraldServiceLink  *link,
                                          HeraldDBusPrinter1 *printer);
const char *herald_key_entry_get_key     (HeraldKeyEntry     *self);

G_END_DECLS
