/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long a label of a domain is as DNS has it, `xn--` and all (RFC 3492); as it is if it is ASCII */
gsize herald_punycode_measure (const guint16 *units,
                               gsize          n_units);

G_END_DECLS
