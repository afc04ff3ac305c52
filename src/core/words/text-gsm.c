/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-text-gsm"

#include "core/words/text-gsm.h"

#include <stdlib.h>
#include <string.h>

#include "core/words/text-tables.h"

/* A letter has few marks. */
#define DECOMPOSITION_MAX 4

static int
compare_char (gconstpointer key,
              gconstpointer entry)
{
  gunichar c = *(const gunichar *) key;
  gunichar other = ((const HeraldGsmChar *) entry)->c;

  return c < other ? -1 : c > other;
}

static int
compare_spelling (gconstpointer key,
                  gconstpointer entry)
{
  gunichar c = *(const gunichar *) key;
  gunichar other = ((const HeraldGsmSpelling *) entry)->c;

  return c < other ? -1 : c > other;
}

guint
herald_gsm_count_septets (gunichar c)
{
  const HeraldGsmChar *found;

  if (c < herald_gsm_ascii_length)
    return herald_gsm_ascii[c];

  found = bsearch (&c, herald_gsm_chars, herald_gsm_chars_length, sizeof herald_gsm_chars[0], compare_char);

  return found != NULL ? found->septets : 0;
}

static gboolean
is_mark_of_latin (gunichar c)
{
  return c >= 0x300 && c <= 0x36f;
}

/* A letter without its marks; 0 if that is not in GSM-7 either */
static gunichar
strip_marks (gunichar c)
{
  gunichar parts[DECOMPOSITION_MAX];
  gsize n_parts = g_unichar_fully_decompose (c, FALSE, parts, G_N_ELEMENTS (parts));

  for (gsize i = 1; i < MIN (n_parts, G_N_ELEMENTS (parts)); i++)
    {
      if (!is_mark_of_latin (parts[i]))
        return 0;
    }

  return herald_gsm_count_septets (parts[0]) > 0 ? parts[0] : 0;
}

/* Whether nothing is to be done, as in most texts: to look costs less than to normalize. */
static gboolean
is_plain_ascii (const char *text)
{
  while ((guchar) *text < herald_gsm_ascii_length && herald_gsm_ascii[(guchar) *text] > 0)
    text++;

  return *text == '\0';
}

char *
herald_gsm_transliterate (const char *text)
{
  g_autofree char *composed = NULL;
  g_autoptr(GString) result = NULL;

  if (is_plain_ascii (text))
    return g_strdup (text);

  composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  result = g_string_sized_new (strlen (text));
  for (const char *p = composed; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const HeraldGsmSpelling *found = NULL;
      gunichar bare = 0;

      if (herald_gsm_count_septets (c) > 0)
        {
          g_string_append_unichar (result, c);
          continue;
        }

      found = bsearch (&c, herald_gsm_spellings, herald_gsm_spellings_length, sizeof herald_gsm_spellings[0],
                       compare_spelling);
      bare = found == NULL ? strip_marks (c) : 0;
      if (found != NULL)
        g_string_append (result, found->spelling);
      else if (bare != 0)
        g_string_append_unichar (result, bare);
      else if (!is_mark_of_latin (c))
        return NULL;
    }

  return composed != NULL ? g_string_free (g_steal_pointer (&result), FALSE) : NULL;
}
