/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *herald_human_format_moment      (const char *rfc3339,
                                       GDateTime  *now);
char *herald_human_format_heater      (const char *heater);
char *herald_human_format_temperature (const char *heater,
                                       double      actual,
                                       double      target);
/* What people call what goes with a message: none, snapshot, thumbnail, timelapse or file */
const char *herald_human_get_picture  (const char *picture);

G_END_DECLS
