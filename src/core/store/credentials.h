/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *herald_credentials_lookup (const char *owner,
                                 const char *field);

G_END_DECLS
