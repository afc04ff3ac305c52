/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *herald_smtp_address_normalize (const char  *address,
                                     GError     **error);

G_END_DECLS
