/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (nullable) (transfer none): the emoji of that shortcode (gemoji's names, and Discord's that people type), `name`
 * without colons; not 0-terminated names: @length bytes */
const char *herald_emoji_find   (const char *name,
                                 gsize       length);

/* (transfer full): @text, words of the user, with every `:shortcode:` that is known turned into its emoji; not in links
 * and times; `\:` is a colon that begins none */
char       *herald_emoji_expand (const char *text);

gsize       herald_emoji_measure_shortcode (const char *text,
                                            const char *colon);

/* (transfer full): @text without emoji, and without the gaps they would leave */
char       *herald_emoji_strip  (const char *text);

G_END_DECLS
