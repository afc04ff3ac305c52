/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A search takes 0.1 ms; whoever makes so many mistakes learns of the others next time. */
#define HERALD_EMOJI_LINT_SEARCHES 20

/* Adds to @problems (element-type utf8) a sentence for each `:shortcode:` in @length bytes of @words that is not known
 * but near to one that is; @searches_left begins as HERALD_EMOJI_LINT_SEARCHES. */
void herald_emoji_lint (GPtrArray  *problems,
                        guint      *searches_left,
                        const char *words,
                        gsize       length);

G_END_DECLS
