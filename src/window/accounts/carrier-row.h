/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/base/field-group.h"
#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_CARRIER_ROW (herald_carrier_row_get_type ())
G_DECLARE_FINAL_TYPE (HeraldCarrierRow, herald_carrier_row, HERALD, CARRIER_ROW, AdwPreferencesRow)

/* Signal: changed ()
 *
 * The choice of a carrier by its name. It fills in the field `gateway`, whose own row is for those that are not in the list.
 */
HeraldCarrierRow *herald_carrier_row_add   (HeraldServiceLink   *link,
                                            HeraldFieldGroup    *fields,
                                            AdwPreferencesGroup *group);
/* Whether one is chosen, or its domain typed; if not, it says so. */
gboolean          herald_carrier_row_check (HeraldCarrierRow *self);

G_END_DECLS
