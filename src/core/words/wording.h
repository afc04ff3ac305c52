/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/events/event.h"

G_BEGIN_DECLS

HeraldValues *herald_wording_complete_values (HeraldEventKind  kind,
                                              HeraldValues    *values,
                                              const char      *printer_name,
                                              gint64           wall_ms);
HeraldValues *herald_wording_sample_values   (HeraldEventKind  kind);

G_END_DECLS
