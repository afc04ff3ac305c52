/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-words"

#define _GNU_SOURCE 1 /* memmem () */

#include "core/outbox/history-words.h"

#include <string.h>

/* Nobody types more; what is pasted in may be a novel. */
#define WORDS_MAX 8
#define SEARCH_MAX_CHARS 200

/* As JSON writes it, a mark that ends a name is never in a text: there it would have a backslash before it. */
static const char *const members[] = { "\"title\":\"", "\"text\":\"", "\"file\":\"", "\"printer-name\":\"" };

/* Letter by letter, as most texts are almost all ASCII: five times as fast as what GLib does for all languages. */
static void
append_folded (GString    *folded,
               const char *text,
               gsize       length)
{
  const char *end = text + length;

  while (text < end)
    {
      if ((guchar) *text < 0x80)
        g_string_append_c_inline (folded, g_ascii_tolower (*text++));
      else
        {
          gunichar letter = g_utf8_get_char_validated (text, end - text);

          if (letter == (gunichar) -1 || letter == (gunichar) -2)
            g_string_append_c_inline (folded, *text++);
          else
            {
              g_string_append_unichar (folded, g_unichar_tolower (letter));
              text = g_utf8_next_char (text);
            }
        }
    }
}

/* File names of some systems have their accents as letters of their own: U+0300 to U+036F. */
static gboolean
has_loose_accents (const char *text,
                   gsize       length)
{
  return memchr (text, 0xcc, length) != NULL || memchr (text, 0xcd, length) != NULL;
}

static void
fold (GString    *folded,
      const char *text,
      gsize       length)
{
  g_autofree char *composed = has_loose_accents (text, length) ? g_utf8_normalize (text, (gssize) length, G_NORMALIZE_NFC) : NULL;

  g_string_truncate (folded, 0);
  if (composed != NULL)
    append_folded (folded, composed, strlen (composed));
  else
    append_folded (folded, text, length);
}

/**
 * herald_history_words_split:
 * @search: what somebody has typed
 *
 * Returns: (transfer full) (nullable): the first words of it, ready to be looked for; %NULL if there is none
 */
char **
herald_history_words_split (const char *search)
{
  g_autofree char *valid = g_utf8_make_valid (search, -1);
  g_autofree char *cut = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), SEARCH_MAX_CHARS));
  g_auto(GStrv) parts = g_strsplit_set (cut, " \t\r\n", -1);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  guint n_words = 0;

  for (guint i = 0; parts[i] != NULL && n_words < WORDS_MAX; i++)
    {
      g_autoptr(GString) folded = g_string_new (NULL);

      if (*parts[i] == '\0')
        continue;
      fold (folded, parts[i], strlen (parts[i]));
      g_strv_builder_add (builder, folded->str);
      n_words++;
    }

  return n_words > 0 ? g_strv_builder_end (builder) : NULL;
}

guint
herald_history_words_get_all (char **words)
{
  return (1u << g_strv_length (words)) - 1;
}

/**
 * herald_history_words_look:
 * @known: which words were found so far, a bit each
 * @scratch: kept from text to text, to save the trouble of making one
 * @length: bytes of @text, -1 if it ends with a zero byte
 */
void
herald_history_words_look (char       **words,
                           guint       *known,
                           GString     *scratch,
                           const char  *text,
                           gssize       length)
{
  gsize n_bytes = text == NULL ? 0 : length < 0 ? strlen (text) : (gsize) length;

  if (n_bytes == 0)
    return;

  fold (scratch, text, n_bytes);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if ((*known & 1u << i) == 0 && memmem (scratch->str, scratch->len, words[i], strlen (words[i])) != NULL)
        *known |= 1u << i;
    }
}

/* The marks and backslashes of @escaped as somebody has typed them; NULL if there are none */
static char *
dup_plain (const char *escaped,
           gsize       length)
{
  g_autofree char *text = NULL;

  if (memchr (escaped, '\\', length) == NULL)
    return NULL;

  text = g_strndup (escaped, length);

  return g_strcompress (text);
}

/**
 * herald_history_words_look_in_message:
 *
 * Without reading the JSON, which would take twenty times as long.
 */
void
herald_history_words_look_in_message (char       **words,
                                      guint       *known,
                                      GString     *scratch,
                                      const char  *json,
                                      gsize        length)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *value = memmem (json, length, members[i], strlen (members[i]));
      const char *stop = json + length;
      const char *end;
      g_autofree char *plain = NULL;

      if (value == NULL)
        continue;
      value += strlen (members[i]);
      for (end = value; end < stop && *end != '"'; end++)
        end += *end == '\\' && end + 1 < stop;
      end = MIN (end, stop);
      plain = dup_plain (value, (gsize) (end - value));
      if (plain != NULL)
        herald_history_words_look (words, known, scratch, plain, -1);
      else
        herald_history_words_look (words, known, scratch, value, end - value);
    }
}
