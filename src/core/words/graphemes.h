/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full) (array length=length): for each byte of @text whether what a person calls a character begins there
 * (Unicode UAX 29, extended grapheme clusters); %NULL for an empty text */
char *herald_graphemes_find_borders (const char *text,
                                     gsize       length);
gsize herald_graphemes_count        (const char *text);

/* Bytes of the first @n characters of @text, or of all if there are fewer */
gsize herald_graphemes_measure      (const char *text,
                                     gsize       n);

G_END_DECLS
