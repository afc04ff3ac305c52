/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/base/field-group.h"
#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_CARRIER_ROW (herald_carrier_row_get_type ())
G_DECLARE_FINAL_TYPE (HeraldCarrierRow, herald_carrier_row, HERALD, CARRIER_ROW, AdwPreferencesRow)

/* The choice of a carrier by its name. It fills in the field `gateway`, whose own row is for those that are not in the list. */
void herald_carrier_row_add (HeraldServiceLink   *link,
                             HeraldFieldGroup    *fields,
                             AdwPreferencesGroup *group);

G_END_DECLS
