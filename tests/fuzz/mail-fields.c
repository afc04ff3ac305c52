/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-mail-fields"

#include "fuzz/mail-reader.h"

#include <string.h>

/* RFC 2047 2 */
#define WORD_MAX 75

/* Words */

int
mail_read_hex (const char *p)
{
  g_assert_true (g_ascii_isxdigit (p[0]) && g_ascii_isxdigit (p[1]));
  /* RFC 2045 6.7 (1): capitals only */
  g_assert_false (g_ascii_islower (p[0]) || g_ascii_islower (p[1]));

  return g_ascii_xdigit_value (p[0]) * 16 + g_ascii_xdigit_value (p[1]);
}

/* Whether an encoded word is at @p; where it ends. Only what the writer may write is known: UTF-8 and Q. */
static gboolean
append_word (GString     *text,
             const char **p)
{
  static const char start[] = "=?UTF-8?Q?";
  gsize begun = text->len;
  const char *c = *p;

  if (!g_str_has_prefix (c, start))
    return FALSE;

  for (c += strlen (start); *c != '?'; c++)
    {
      g_assert_true (g_ascii_isgraph (*c));
      if (*c == '_')
        g_string_append_c (text, ' ');
      else if (*c == '=')
        {
          g_string_append_c (text, (char) mail_read_hex (c + 1));
          c += 2;
        }
      else
        g_string_append_c (text, *c);
    }
  g_assert_true (c[1] == '=');
  g_assert_cmpint (c + 2 - *p, <=, WORD_MAX);
  /* RFC 2047 5: whole characters in each word */
  g_assert_true (g_utf8_validate (text->str + begun, -1, NULL));
  *p = c + 2;

  return TRUE;
}

char *
mail_decode_words (const char *value)
{
  GString *text = g_string_new (NULL);

  for (const char *p = value; *p != '\0';)
    {
      const char *next = p;

      if (!append_word (text, &p))
        {
          /* Where it looks like one, it must be one. */
          g_assert_false (g_str_has_prefix (p, "=?"));
          g_string_append_c (text, *p++);
          continue;
        }
      next = p + strspn (p, " ");
      if (g_str_has_prefix (next, "=?"))
        p = next;
    }

  return g_string_free (text, FALSE);
}

char *
mail_decode_phrase (const char *value)
{
  gsize length = strlen (value);
  GString *text;

  if (*value != '"')
    return mail_decode_words (value);

  g_assert_true (length >= 2 && value[length - 1] == '"');
  text = g_string_new (NULL);
  for (const char *p = value + 1; p < value + length - 1; p++)
    {
      g_assert_true (*p != '"');
      if (*p == '\\')
        p++;
      g_assert_true (p < value + length - 1);
      g_string_append_c (text, *p);
    }

  return g_string_free (text, FALSE);
}

/* Fields */

const char *
mail_part_get (MailPart   *self,
               const char *name)
{
  const char *found = NULL;

  for (guint i = 0; i < self->names->len; i++)
    {
      if (g_ascii_strcasecmp (g_ptr_array_index (self->names, i), name) != 0)
        continue;
      g_assert_null (found);
      found = g_ptr_array_index (self->values, i);
    }

  return found;
}

char *
mail_part_dup_parameter (MailPart   *self,
                         const char *name,
                         const char *parameter)
{
  const char *value = mail_part_get (self, name);
  g_auto(GStrv) pieces = g_strsplit (value != NULL ? value : "", ";", -1);
  g_autofree char *start = g_strconcat (parameter, "=", NULL);

  for (char **piece = pieces; *piece != NULL; piece++)
    {
      char *text = g_strstrip (*piece);
      gsize length = strlen (text);

      if (!g_str_has_prefix (text, start))
        continue;
      text += strlen (start);
      length -= strlen (start);
      if (*text == '"')
        {
          g_assert_true (length >= 2 && text[length - 1] == '"');
          return g_strndup (text + 1, length - 2);
        }
      return g_strdup (text);
    }

  return NULL;
}

gboolean
mail_part_is (MailPart   *self,
              const char *media_type)
{
  const char *type = mail_part_get (self, "Content-Type");
  gsize length = strlen (media_type);

  return type != NULL && g_ascii_strncasecmp (type, media_type, length) == 0 && (type[length] == ';' || type[length] == '\0');
}

char *
mail_part_dup_text (MailPart *self)
{
  char *text = g_strndup ((const char *) self->content->data, self->content->len);

  g_assert_cmpuint (strlen (text), ==, self->content->len);
  g_assert_true (g_utf8_validate (text, -1, NULL));

  return text;
}
