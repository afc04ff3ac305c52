/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full) (nullable): one sentence about why @value cannot be right in a field of @kind (as ListChannelTypes of the
 * D-Bus API names it); NULL if it can, or if only the service can tell */
char *herald_field_check_value (const char *kind,
                                const char *value);

G_END_DECLS
