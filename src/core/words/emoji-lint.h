/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Adds to @problems (element-type utf8) a sentence for each `:shortcode:` in @length bytes of @words that is not known
 * but near to one that is. */
void herald_emoji_lint (GPtrArray  *problems,
                        const char *words,
                        gsize       length);

G_END_DECLS
