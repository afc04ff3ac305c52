/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-emoji"

#include "core/words/emoji.h"

#include <string.h>

#include "core/words/emoji-table.h"

#define VARIATION_SELECTOR "\xef\xb8\x8f"

static const char tone_prefix[] = ":skin-tone-";

/* `:skin-tone-2:` to `:skin-tone-6:`, as in Discord and Slack */
static const char *const tones[] = { "🏻", "🏼", "🏽", "🏾", "🏿" };

typedef struct
{
  const char *start;
  gsize length;
} Name;

static int
compare_name (gconstpointer key,
              gconstpointer row)
{
  const Name *name = key;
  const char *other = herald_emoji_texts + ((const HeraldEmoji *) row)->name;
  int difference = strncmp (name->start, other, name->length);

  return difference != 0 ? difference : -(int) (other[name->length] != '\0');
}

static const HeraldEmoji *
find (const char *name,
      gsize       length)
{
  Name key = { name, length };

  return bsearch (&key, herald_emoji_table, herald_emoji_table_length, sizeof (HeraldEmoji), compare_name);
}

const char *
herald_emoji_find (const char *name,
                   gsize       length)
{
  const HeraldEmoji *row = find (name, length);

  return row != NULL ? herald_emoji_texts + row->emoji : NULL;
}

/**
 * herald_emoji_measure_shortcode:
 * @text: a text
 * @colon: a colon in it
 *
 * Whether a shortcode begins there, known or not. `12:100:5` and `a:b:c` have
 * none: a name between two letters or digits is part of something else, and a
 * name of one sign or without a letter must not touch any.
 *
 * Returns: bytes of the name behind @colon; 0 if none is there
 */
gsize
herald_emoji_measure_shortcode (const char *text,
                                const char *colon)
{
  const char *name = colon + 1;
  gboolean touches_left = colon > text && g_ascii_isalnum (colon[-1]);
  gboolean touches_right;
  gboolean has_letter = FALSE;
  gsize n = 0;

  for (; g_ascii_islower (name[n]) || g_ascii_isdigit (name[n]) || (name[n] != '\0' && strchr ("_+-", name[n])); n++)
    has_letter = has_letter || g_ascii_islower (name[n]);
  if (n == 0 || name[n] != ':')
    return 0;

  touches_right = g_ascii_isalnum (name[n + 1]);
  if (n == 1 || !has_letter)
    return touches_left || touches_right ? 0 : n;

  return touches_left && touches_right ? 0 : n;
}

/* The character that colours the skin, if @p says so and @row can take it */
static const char *
read_tone (const HeraldEmoji *row,
           const char        *p)
{
  const char *digit = p + strlen (tone_prefix);

  if (!row->takes_tone || !g_str_has_prefix (p, tone_prefix) ||
      *digit < '2' || *digit > '6' || digit[1] != ':')
    return NULL;

  return tones[*digit - '2'];
}

static void
append_with_tone (GString    *result,
                  const char *emoji,
                  const char *tone)
{
  const char *rest = g_utf8_next_char (emoji);

  g_string_append_len (result, emoji, rest - emoji);
  g_string_append (result, tone);
  if (g_str_has_prefix (rest, VARIATION_SELECTOR))
    rest += strlen (VARIATION_SELECTOR);
  g_string_append (result, rest);
}

/* Appends what stands at @colon; returns what follows it. */
static const char *
append_at_colon (GString    *result,
                 const char *text,
                 const char *colon)
{
  gsize length = herald_emoji_measure_shortcode (text, colon);
  const HeraldEmoji *row = length > 0 ? find (colon + 1, length) : NULL;
  const char *end = colon + length + 2;
  const char *tone;

  if (row == NULL)
    {
      g_string_append_c (result, ':');
      return colon + 1;
    }

  tone = read_tone (row, end);
  if (tone == NULL)
    {
      g_string_append (result, herald_emoji_texts + row->emoji);
      return end;
    }

  append_with_tone (result, herald_emoji_texts + row->emoji, tone);

  return end + strlen (tone_prefix) + strlen ("2:");
}

char *
herald_emoji_expand (const char *text)
{
  GString *result = NULL;
  const char *p = text;

  if (strchr (text, ':') == NULL)
    return g_strdup (text);

  result = g_string_sized_new (strlen (text));
  while (*p != '\0')
    {
      gsize n = strcspn (p, ":\\");

      /* A link goes on up to the next gap. */
      if (g_str_has_prefix (p + n, "://"))
        n += strcspn (p + n, " \t\n");
      g_string_append_len (result, p, (gssize) n);
      p += n;

      if (*p == ':')
        p = append_at_colon (result, text, p);
      else if (*p == '\\')
        {
          p += p[1] == ':';
          g_string_append_c (result, *p++);
        }
    }

  return g_string_free (result, FALSE);
}
