/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A piece of a text that X would make a link of, with or without a scheme: bytes from the beginning of the text */
typedef struct
{
  gsize start;
  gsize length;
} HeraldTextLink;

/* (transfer full) (element-type HeraldTextLink): in the order of the text */
GArray *herald_text_links_find      (const char *text);

/* (transfer full): @value as it can be said in public: it mentions nobody, is no hashtag, no cashtag and no
 * link, and looks the same (an invisible U+200B stands after the sign or before the dot) */
char   *herald_text_links_make_harmless (const char *value);

G_END_DECLS
