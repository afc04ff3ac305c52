/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *herald_email_quoted_printable_encode (const char *text);

G_END_DECLS
