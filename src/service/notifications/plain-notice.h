/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Tells a person who has clicked somewhere what came of it; nobody waits for the answer. Plain text */
void herald_plain_notice_tell (const char *title,
                               const char *text);

G_END_DECLS
