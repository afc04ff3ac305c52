/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-email-encoded-word"

#include "core/channels/email/email-encoded-word.h"

#include <string.h>

/* RFC 2047 2 */
#define WORD_MAX 75

/* "=?UTF-8?Q?" and "?=" */
#define FRAME_CHARS 12

/* Room for a character of four bytes, each three characters long; with less a line is not worth beginning. */
#define SMALLEST_PAYLOAD 12

#define FOLD "\r\n "

/* GMime makes words of more than 75 characters, and leaves as they are what only looks encoded: a printer that is
 * called “=?utf-8?q?Bank?=” would be read as “Bank”. */

/**
 * herald_email_encoded_word_get_column:
 *
 * Returns: how long the last line of @field is
 */
gsize
herald_email_encoded_word_get_column (GString *field)
{
  const char *end = g_strrstr_len (field->str, (gssize) field->len, "\n");

  return end != NULL ? field->len - (gsize) (end + 1 - field->str) : field->len;
}

static gboolean
is_plain (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isprint (*p))
        return FALSE;
    }

  return strstr (text, "=?") == NULL;
}

/* Whether every word has room on a line of its own: words are never parted. */
static gboolean
can_be_folded (GString    *field,
               const char *text)
{
  gsize room = HERALD_EMAIL_LINE_MAX - herald_email_encoded_word_get_column (field);

  while (TRUE)
    {
      gsize spaces = strspn (text, " ");
      gsize length = spaces + strcspn (text + spaces, " ");

      if (length > room)
        return FALSE;
      if (text[length] == '\0')
        return TRUE;
      text += length;
      room = HERALD_EMAIL_LINE_MAX;
    }
}

/* Spaces stay in front of the word they belong to, so that no line has nothing but spaces. */
static void
append_folded (GString    *field,
               const char *text)
{
  for (gboolean is_first = TRUE; *text != '\0'; is_first = FALSE)
    {
      gsize spaces = strspn (text, " ");
      gsize length = spaces + strcspn (text + spaces, " ");

      if (!is_first && text[spaces] != '\0' &&
          herald_email_encoded_word_get_column (field) + length > HERALD_EMAIL_LINE_MAX)
        g_string_append (field, "\r\n");
      g_string_append_len (field, text, (gssize) length);
      text += length;
    }
}

/* RFC 2047 5 (3): what needs no encoding, also among words */
static gboolean
stays (char c)
{
  return g_ascii_isalnum (c) || strchr ("!*+-/", c) != NULL;
}

static gsize
measure_character (const char *p)
{
  gsize n_bytes = (gsize) (g_utf8_next_char (p) - p);

  if (n_bytes > 1)
    return 3 * n_bytes;

  return *p == ' ' || stays (*p) ? 1 : 3;
}

static void
append_character (GString    *field,
                  const char *p)
{
  const char *end = g_utf8_next_char (p);

  if (*p == ' ')
    {
      g_string_append_c (field, '_');
      return;
    }
  if (end == p + 1 && stays (*p))
    {
      g_string_append_c (field, *p);
      return;
    }
  for (; p < end; p++)
    g_string_append_printf (field, "=%02X", (guchar) *p);
}

/* Of @room characters: as much of @text as fits, in whole characters. */
static const char *
append_word (GString    *field,
             const char *text,
             gsize       room)
{
  gsize payload = MIN (room, WORD_MAX) - FRAME_CHARS;

  g_string_append (field, "=?UTF-8?Q?");
  while (*text != '\0' && measure_character (text) <= payload)
    {
      payload -= measure_character (text);
      append_character (field, text);
      text = g_utf8_next_char (text);
    }
  g_string_append (field, "?=");

  return text;
}

static void
append_encoded (GString    *field,
                const char *text)
{
  while (*text != '\0')
    {
      gsize column = herald_email_encoded_word_get_column (field);

      if (column + FRAME_CHARS + SMALLEST_PAYLOAD > HERALD_EMAIL_ENCODED_LINE_MAX)
        {
          g_string_append (field, FOLD);
          column = 1;
        }
      text = append_word (field, text, HERALD_EMAIL_ENCODED_LINE_MAX - column);
      if (*text != '\0')
        g_string_append (field, FOLD);
    }
}

/**
 * herald_email_encoded_word_append_text:
 * @field: the beginning of a header field
 * @text: e.g. a subject
 *
 * Appends it as it is or, where it cannot stay so, as encoded words (RFC 2047).
 */
void
herald_email_encoded_word_append_text (GString    *field,
                                       const char *text)
{
  if (is_plain (text) && can_be_folded (field, text))
    append_folded (field, text);
  else
    append_encoded (field, text);
}

/* RFC 5322 3.2.3 */
static gboolean
is_atom (char c)
{
  return g_ascii_isalnum (c) || strchr ("!#$%&'*+-/=?^_`{|}~", c) != NULL;
}

static gboolean
are_atoms (const char *phrase)
{
  for (const char *p = phrase; *p != '\0'; p++)
    {
      if (!is_atom (*p) && (*p != ' ' || p[1] == ' '))
        return FALSE;
    }

  return TRUE;
}

static char *
quote (const char *phrase)
{
  GString *quoted = g_string_new ("\"");

  for (const char *p = phrase; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *p);
    }
  g_string_append_c (quoted, '"');

  return g_string_free (quoted, FALSE);
}

/**
 * herald_email_encoded_word_append_phrase:
 * @field: the beginning of a header field
 * @phrase: what is shown instead of an address
 *
 * Appends it as words, between quotes or as encoded words (RFC 5322 3.2.5, RFC 2047 5 (3)).
 */
void
herald_email_encoded_word_append_phrase (GString    *field,
                                         const char *phrase)
{
  gsize room = HERALD_EMAIL_LINE_MAX - herald_email_encoded_word_get_column (field);
  g_autofree char *quoted = quote (phrase);

  if (is_plain (phrase) && are_atoms (phrase) && can_be_folded (field, phrase))
    append_folded (field, phrase);
  else if (is_plain (phrase) && strlen (quoted) <= room)
    g_string_append (field, quoted);
  else
    append_encoded (field, phrase);
}
