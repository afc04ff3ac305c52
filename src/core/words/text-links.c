/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-text-links"

#include "core/words/text-links.h"

#include <string.h>

#include "core/words/x-domain.h"

/* ZERO WIDTH SPACE: ends a name for X, and counts one. U+FEFF would make the post invalid. */
#define STOP 0x200b

GArray *
herald_text_links_find (const char *text)
{
  GArray *links = g_array_new (FALSE, FALSE, sizeof (HeraldTextLink));
  g_auto(HeraldXText) units = { 0 };
  g_autoptr(GArray) spans = NULL;

  g_return_val_if_fail (g_utf8_validate (text, -1, NULL), links);

  herald_x_text_init (&units, text);
  spans = herald_x_links_find (&units);
  for (guint i = 0; spans != NULL && i < spans->len; i++)
    {
      const HeraldXSpan *span = &g_array_index (spans, HeraldXSpan, i);
      HeraldTextLink link = { units.bytes[span->start],
                              units.bytes[span->start + span->length] - units.bytes[span->start] };

      g_array_append_val (links, link);
    }

  return links;
}

/* Characters X refuses to take in a post at all */
static gboolean
is_refused (gunichar c)
{
  return c == 0xfeff || c == 0xfffe || c == 0xffff;
}

/* Signs that make a name of what follows: at, hash and dollar, and two of them in East Asia's width */
static gboolean
is_sign (gunichar c)
{
  return c == '@' || c == 0xff20 || c == '#' || c == 0xff03 || c == '$';
}

/* Whether the unit @at, which may be the end, belongs to a name of a person, a topic or a share. An end does: what
 * follows in the message is not known. A keycap is left alone. */
static gboolean
begins_name (const HeraldXText *text,
             gsize              at)
{
  guint16 next = at < text->n_units ? text->units[at] : 'a';

  return next != STOP && next != 0xfe0f && next != 0x20e3 && next != ' ';
}

static gboolean
is_stopped (const HeraldXText *text,
            gsize              at)
{
  return at > 0 && text->units[at - 1] == STOP;
}

/* Whether a link would begin or go on @at: with what stands between scheme and address, or with a dot before a
 * top-level domain */
static gboolean
joins_link (const HeraldXText *text,
            gsize              at)
{
  if (is_stopped (text, at))
    return FALSE;
  if (herald_x_begins_with (text, at, "://"))
    return TRUE;

  return text->units[at] == '.' && herald_x_tld_match (text, at + 1, text->n_units) > 0;
}

/* First of all, because without them two pieces could make a link. */
static char *
strip_refused (const char *value)
{
  g_autoptr(GString) result = g_string_sized_new (strlen (value));
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (!is_refused (g_utf8_get_char (p)))
        g_string_append_unichar (result, g_utf8_get_char (p));
    }

  return g_string_free (g_steal_pointer (&result), FALSE);
}

/* ASCII without a sign, and without what goes on a link */
static gboolean
is_harmless (const char *value)
{
  return strpbrk (value, "@#$.:") == NULL && g_str_is_ascii (value);
}

char *
herald_text_links_make_harmless (const char *value)
{
  g_autofree char *accepted = is_harmless (value) ? NULL : strip_refused (value);
  g_auto(HeraldXText) text = { 0 };
  g_autoptr(GString) result = NULL;
  gsize n_units = 0;

  if (accepted == NULL)
    return g_strdup (value);

  result = g_string_sized_new (strlen (value) + 16);
  herald_x_text_init (&text, accepted);
  for (gsize at = 0; at < text.n_units; at += n_units)
    {
      gunichar c = herald_x_text_get (&text, at, &n_units);

      if (joins_link (&text, at))
        g_string_append_unichar (result, STOP);
      g_string_append_unichar (result, c);
      if (is_sign (c) && begins_name (&text, at + n_units))
        g_string_append_unichar (result, STOP);
    }

  return g_string_free (g_steal_pointer (&result), FALSE);
}
