/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-emoji-strip"

#include "core/words/emoji.h"

#include <string.h>

#include "core/words/emoji-table.h"

#define JOINER 0x200d
#define KEYCAP 0x20e3
#define AS_TEXT 0xfe0e
#define AS_PICTURE 0xfe0f

/* Below, and among the signs of Japanese, it is a letter or a mark like any other unless somebody asks for a picture: ©, ™, ↔, 〰 */
#define FIRST_PICTURE 0x2300
#define FIRST_JAPANESE 0x3000

static gboolean
is_sign (gunichar c)
{
  guint from = 0;
  guint to = herald_emoji_signs_length;

  while (from < to)
    {
      guint middle = (from + to) / 2;

      if (herald_emoji_signs[middle] == c)
        return TRUE;
      if (herald_emoji_signs[middle] < c)
        from = middle + 1;
      else
        to = middle;
    }

  return FALSE;
}

static gboolean
begins_emoji (gunichar c,
              gunichar next)
{
  /* Whole blocks of pictures, also of those that are yet to be drawn */
  if (c >= 0x10000)
    return c >= 0x1f000 && c <= 0x1faff;

  return is_sign (c) && (next == AS_PICTURE || (c >= FIRST_PICTURE && c < FIRST_JAPANESE));
}

/* What nobody sees alone: it says how the sign before it looks, `3️⃣` is a 3, or which country a flag belongs to. */
static gboolean
is_mark (gunichar c)
{
  return c == AS_TEXT || c == AS_PICTURE || c == KEYCAP || (c >= 0xe0020 && c <= 0xe007f);
}

static gboolean
goes_on (gunichar c)
{
  return is_mark (c) || (c >= 0x1f3fb && c <= 0x1f3ff);
}

static const char *
skip_emoji (const char *p)
{
  p = g_utf8_next_char (p);
  while (*p != '\0')
    {
      gunichar c = g_utf8_get_char (p);

      if (!goes_on (c) && c != JOINER)
        break;
      p = g_utf8_next_char (p);
      if (c == JOINER && begins_emoji (g_utf8_get_char (p), AS_PICTURE))
        p = g_utf8_next_char (p);
    }

  return p;
}

/* Where something is left out between @result and @p, one gap stays, and none before a stop or at an end of a line. */
static const char *
close_gap (GString    *result,
           const char *p)
{
  gboolean at_start = result->len == 0 || result->str[result->len - 1] == '\n';
  gboolean has_gap = at_start || result->str[result->len - 1] == ' ';

  if (has_gap)
    while (*p == ' ')
      p++;
  if (at_start)
    return p;

  if (*p == '\0' || strchr ("\n.,;:!?)", *p) != NULL)
    while (result->len > 0 && result->str[result->len - 1] == ' ')
      g_string_truncate (result, result->len - 1);
  else if (!has_gap && *p != ' ')
    g_string_append_c (result, ' ');

  return p;
}

char *
herald_emoji_strip (const char *text)
{
  GString *result = g_string_sized_new (strlen (text));
  const char *p = text;

  while (*p != '\0')
    {
      const char *next = g_utf8_next_char (p);
      gunichar c = g_utf8_get_char (p);

      if ((guchar) *p >= 0x80 && begins_emoji (c, g_utf8_get_char (next)))
        {
          for (p = skip_emoji (p); *p != '\0' && begins_emoji (g_utf8_get_char (p), g_utf8_get_char (g_utf8_next_char (p)));)
            p = skip_emoji (p);
          p = close_gap (result, p);
          continue;
        }

      if ((guchar) *p < 0x80 || !is_mark (c))
        g_string_append_len (result, p, next - p);
      p = next;
    }

  return g_string_free (result, FALSE);
}
