/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-graphemes"

#include "core/words/graphemes.h"

#include <string.h>
#include <unigbrk.h>

char *
herald_graphemes_find_borders (const char *text,
                               gsize       length)
{
  char *borders = NULL;

  if (length == 0)
    return NULL;

  /* u8_grapheme_next () looks at two characters only, and takes a family apart. */
  borders = g_malloc0 (length);
  u8_grapheme_breaks ((const uint8_t *) text, length, borders);
  borders[0] = TRUE;

  return borders;
}

/* In ASCII only these two bytes together are one character; without them, each byte is one. */
static gboolean
has_one_in_each_byte (const char *text)
{
  return g_str_is_ascii (text) && strstr (text, "\r\n") == NULL;
}

gsize
herald_graphemes_count (const char *text)
{
  gsize length = strlen (text);
  g_autofree char *borders = NULL;
  gsize count = 0;

  if (has_one_in_each_byte (text))
    return length;

  borders = herald_graphemes_find_borders (text, length);
  for (gsize i = 0; i < length; i++)
    count += borders[i] ? 1 : 0;

  return count;
}

gsize
herald_graphemes_measure (const char *text,
                          gsize       n)
{
  gsize length = strlen (text);
  g_autofree char *borders = NULL;

  if (has_one_in_each_byte (text))
    return MIN (n, length);

  borders = herald_graphemes_find_borders (text, length);
  for (gsize i = 0; i < length; i++)
    {
      if (borders[i] && n-- == 0)
        return i;
    }

  return length;
}
