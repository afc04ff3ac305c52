/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *herald_sasl_name_escape (const char *name);
char *herald_sasl_prepare     (const char *text);

G_END_DECLS
