/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-domain"

#include "core/words/x-domain.h"

#include <stdlib.h>
#include <string.h>

static HeraldLinkPart
get_parts (guint16 unit)
{
  gsize low = 0;
  gsize high = herald_link_ranges_length;

  if (unit < herald_link_ascii_length)
    return herald_link_ascii[unit];

  while (high - low > 1)
    {
      gsize middle = low + (high - low) / 2;

      if (herald_link_ranges[middle].first <= unit)
        low = middle;
      else
        high = middle;
    }

  return herald_link_ranges[low].parts;
}

gboolean
herald_x_is_part (const HeraldXText *text,
                  gsize              at,
                  HeraldLinkPart     part)
{
  return at < text->n_units && (get_parts (text->units[at]) & part) != 0;
}

gboolean
herald_x_is_unit (const HeraldXText *text,
                  gsize              at,
                  char               c)
{
  return at < text->n_units && text->units[at] == (guint16) c;
}

/* @words: ASCII, in small letters */
gboolean
herald_x_begins_with (const HeraldXText *text,
                      gsize              at,
                      const char        *words)
{
  gsize i = 0;

  for (; words[i] != '\0'; i++)
    {
      if (at + i >= text->n_units || text->units[at + i] >= 0x80 ||
          g_ascii_tolower ((char) text->units[at + i]) != words[i])
        return FALSE;
    }

  return TRUE;
}

gsize
herald_x_skip_parts (const HeraldXText *text,
                     gsize              at,
                     HeraldLinkPart     part)
{
  while (herald_x_is_part (text, at, part))
    at++;

  return at;
}

static int
compare_name (gconstpointer name,
              gconstpointer entry)
{
  return strcmp (name, *(const char *const *) entry);
}

/* Whether what stands @at lets a top-level domain end before it */
static gboolean
ends_tld (const HeraldXText *text,
          gsize              at,
          gsize              end)
{
  guint16 unit = at < end ? text->units[at] : ' ';

  return !(unit < 0x80 && (g_ascii_isalnum ((char) unit) || strchr ("@+-", (char) unit) != NULL));
}

static gsize
match_ascii_tld (const HeraldXText *text,
                 gsize              at,
                 gsize              end)
{
  char name[64];
  const char *key = name;
  gsize n = 0;

  while (at + n < end && n < sizeof name - 1 && text->units[at + n] < 0x80 &&
         g_ascii_isalpha ((char) text->units[at + n]))
    {
      name[n] = g_ascii_tolower ((char) text->units[at + n]);
      n++;
    }
  name[n] = '\0';
  if (n < 2 || !ends_tld (text, at + n, end))
    return 0;

  return bsearch (key, herald_ascii_tlds, herald_ascii_tlds_length, sizeof (char *), compare_name) != NULL ? n : 0;
}

/* Whether the letters that stand @at are not all ASCII */
static gboolean
has_other_letters (const HeraldXText *text,
                   gsize              at,
                   gsize              end)
{
  while (at < end && text->units[at] < 0x80 && g_ascii_isalpha ((char) text->units[at]))
    at++;

  return at < end && text->units[at] >= 0x80;
}

static gsize
match_other_tld (const HeraldXText *text,
                 gsize              at,
                 gsize              end)
{
  for (gsize i = 0; i < herald_other_tlds_length; i++)
    {
      const char *p = herald_other_tlds[i];
      gsize n = 0;

      /* All of them are in the Basic Multilingual Plane. */
      for (; *p != '\0' && at + n < end; p = g_utf8_next_char (p), n++)
        {
          if (g_unichar_toupper (text->units[at + n]) != g_unichar_toupper (g_utf8_get_char (p)))
            break;
        }
      if (*p == '\0' && ends_tld (text, at + n, end))
        return n;
    }

  return 0;
}

gsize
herald_x_tld_match (const HeraldXText *text,
                    gsize              at,
                    gsize              end)
{
  gsize n = match_ascii_tld (text, at, end);

  if (n == 0 && has_other_letters (text, at, end))
    n = match_other_tld (text, at, end);
  if (n == 0 && herald_x_begins_with (text, at, "xn--"))
    {
      for (n = 4; at + n < end && text->units[at + n] < 0x80 &&
                  (g_ascii_isalnum ((char) text->units[at + n]) || text->units[at + n] == '-'); n++)
        ;
      if (n == 4 || at + n > end)
        n = 0;
    }

  return n;
}

/* The end of the domain that begins @at, 0 if none does; the last top-level domain that fits ends it. */
gsize
herald_x_domain_match (const HeraldXText *text,
                       gsize              at,
                       gsize             *dead_until)
{
  gsize found = 0;
  gboolean has_candidate = FALSE;
  gsize stop = at;

  if (at < *dead_until)
    return 0;

  while (herald_x_is_part (text, stop, HERALD_LINK_DOMAIN))
    {
      gboolean has_underscore = FALSE;
      gsize tld = 0;

      for (; herald_x_is_part (text, stop, HERALD_LINK_DOMAIN) || herald_x_is_unit (text, stop, '-') || herald_x_is_unit (text, stop, '_'); stop++)
        has_underscore = has_underscore || text->units[stop] == '_';
      if (!herald_x_is_unit (text, stop, '.') || !herald_x_is_part (text, stop - 1, HERALD_LINK_DOMAIN))
        break;

      stop++;
      tld = herald_x_tld_match (text, stop, text->n_units);
      has_candidate = has_candidate || tld > 0;
      /* The label that is registered has none. */
      if (tld > 0 && !has_underscore)
        found = stop + tld;
    }
  /* Whoever begins within these labels comes as far, so that a long text without links is read once. */
  if (!has_candidate)
    *dead_until = stop;

  return found;
}

/* The Latin part of a domain that begins at or after @at: where it begins; @end_of_it is 0 if there is none. */
gsize
herald_x_latin_domain_match (const HeraldXText *text,
                             gsize              at,
                             gsize              end,
                             gsize             *end_of_it)
{
  *end_of_it = 0;
  while (at < end && *end_of_it == 0)
    {
      gsize next = at;
      gsize first = 0;

      while (next < end && herald_x_is_part (text, next, HERALD_LINK_LABEL))
        {
          gsize tld = 0;

          next = MIN (herald_x_skip_parts (text, next, HERALD_LINK_LABEL), end);
          if (first == 0)
            first = next;
          if (next >= end || !herald_x_is_unit (text, next, '.'))
            break;
          next++;
          tld = herald_x_tld_match (text, next, end);
          if (tld > 0)
            *end_of_it = next + tld;
        }
      if (*end_of_it == 0)
        at = MAX (first, at) + 1;
    }

  return at;
}
