/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_MUTE_ROW (herald_mute_row_get_type ())
G_DECLARE_FINAL_TYPE (HeraldMuteRow, herald_mute_row, HERALD, MUTE_ROW, AdwActionRow)

void herald_mute_row_set_link (HeraldMuteRow     *self,
                               HeraldServiceLink *link);

/* (transfer full): whether anything is told now, in a sentence. The moments are RFC 3339 or empty, as the D-Bus API has them. */
char *herald_mute_row_format_state (const char *muted_until,
                                    const char *quiet_until,
                                    gint64      now_ms);

G_END_DECLS
