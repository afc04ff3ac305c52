/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void  herald_log_init       (void);
void  herald_log_add_secret (const char *secret);
void  herald_log_add_passing_secret (const char *secret);
char *herald_log_redact     (const char *text);

G_END_DECLS
