/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-mail-reader"

#include "fuzz/mail-reader.h"

#include <string.h>

/* RFC 5322 2.1.1, RFC 2047 2 */
#define LINE_LIMIT 998
#define WORD_MAX 75
#define ENCODED_LINE_MAX 76

#define DEPTH_MAX 4

void
mail_part_free (MailPart *self)
{
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->values);
  g_byte_array_unref (self->content);
  g_ptr_array_unref (self->parts);
  g_free (self);
}

/* Words */

static int
read_hex (const char *p)
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
          g_string_append_c (text, (char) read_hex (c + 1));
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

static void
check_line (const char *line,
            gsize       length)
{
  g_assert_cmpuint (length, <=, LINE_LIMIT);
  g_assert_null (memchr (line, '\0', length));
  g_assert_null (memchr (line, '\r', length));
  g_assert_null (memchr (line, '\n', length));
}

static void
check_field_line (const char *line,
                  gsize       length)
{
  check_line (line, length);
  for (gsize i = 0; i < length; i++)
    g_assert_true (line[i] == '\t' || (line[i] >= 0x20 && line[i] != 0x7f) || (line[i] & 0x80));
  /* RFC 5322 3.2.2: a line of nothing but spaces is not to be made. */
  g_assert_cmpuint (strspn (line, " \t"), <, length);
  if (g_strstr_len (line, (gssize) length, "=?UTF-8?") != NULL)
    g_assert_cmpuint (length, <=, ENCODED_LINE_MAX);
}

/* The line at @p, without its end; moves behind it. */
static char *
take_line (const char **p,
           const char  *end)
{
  const char *stop = g_strstr_len (*p, end - *p, "\r\n");
  char *line;

  g_assert_nonnull (stop);
  line = g_strndup (*p, (gsize) (stop - *p));
  g_assert_cmpuint (strlen (line), ==, (gsize) (stop - *p));
  *p = stop + 2;

  return line;
}

static const char *
read_fields (MailPart   *self,
             const char *p,
             const char *end)
{
  while (TRUE)
    {
      g_autofree char *line = take_line (&p, end);
      char *colon;

      if (*line == '\0')
        return p;

      check_field_line (line, strlen (line));
      if (*line == ' ' || *line == '\t')
        {
          char **last;

          g_assert_cmpuint (self->values->len, >, 0);
          last = (char **) &g_ptr_array_index (self->values, self->values->len - 1);
          g_ptr_array_add (self->values, g_strconcat (*last, line, NULL));
          g_ptr_array_remove_index (self->values, self->values->len - 2);
          continue;
        }
      colon = strchr (line, ':');
      g_assert_true (colon != NULL && colon > line);
      for (const char *c = line; c < colon; c++)
        g_assert_true (g_ascii_isalnum (*c) || *c == '-');
      g_ptr_array_add (self->names, g_strndup (line, (gsize) (colon - line)));
      g_ptr_array_add (self->values, g_strdup (colon[1] == ' ' ? colon + 2 : colon + 1));
    }
}

/* Bodies */

static void
append (MailPart   *self,
        const char *bytes,
        gsize       length)
{
  g_byte_array_append (self->content, (const guint8 *) bytes, (guint) length);
}

/* One line of RFC 2045 6.7. A line that ends by “=” goes on in the next. */
static void
append_quoted_printable (MailPart   *self,
                         const char *line)
{
  gsize length = strlen (line);

  g_assert_cmpuint (length, <=, 76);
  g_assert_false (length > 0 && (line[length - 1] == ' ' || line[length - 1] == '\t'));
  for (const char *p = line; *p != '\0'; p++)
    {
      char byte = *p;

      g_assert_true (*p == '\t' || g_ascii_isprint (*p));
      if (*p == '=' && p[1] == '\0')
        return;
      if (*p == '=')
        {
          byte = (char) read_hex (p + 1);
          p += 2;
        }
      append (self, &byte, 1);
    }
  append (self, "\n", 1);
}

static void
read_lines (MailPart   *self,
            const char *p,
            const char *end)
{
  const char *encoding = mail_part_get (self, "Content-Transfer-Encoding");
  g_autoptr(GString) digits = g_string_new (NULL);

  while (p < end)
    {
      g_autofree char *line = take_line (&p, end);

      check_line (line, strlen (line));
      if (g_strcmp0 (encoding, "quoted-printable") == 0)
        append_quoted_printable (self, line);
      else if (g_strcmp0 (encoding, "base64") == 0)
        {
          g_assert_cmpuint (strlen (line), <=, 76);
          g_string_append (digits, line);
        }
      else
        {
          g_assert_true (encoding == NULL || g_str_equal (encoding, "7bit"));
          g_assert_true (g_str_is_ascii (line));
          append (self, line, strlen (line));
          append (self, "\n", 1);
        }
    }
  if (digits->len > 0)
    {
      gsize length = 0;
      g_autofree guchar *bytes = g_base64_decode (digits->str, &length);
      g_autofree char *again = g_base64_encode (bytes, length);

      g_assert_cmpstr (again, ==, digits->str);
      append (self, (const char *) bytes, length);
    }
}

static MailPart *read_part (const char *data,
                            const char *end,
                            guint       depth);

/* RFC 2046 5.1.1: the line break before a boundary belongs to the boundary. */
static void
read_parts (MailPart   *self,
            const char *boundary,
            const char *p,
            const char *end,
            guint       depth)
{
  g_autofree char *mark = g_strconcat ("--", boundary, NULL);
  g_autofree char *last = g_strconcat (mark, "--", NULL);
  const char *start = NULL;
  gboolean is_over = FALSE;

  g_assert_cmpuint (strlen (boundary), <=, 70);
  while (p < end)
    {
      const char *line_start = p;
      g_autofree char *line = take_line (&p, end);

      if (!g_str_equal (line, mark) && !g_str_equal (line, last))
        {
          check_line (line, strlen (line));
          g_assert_true (start != NULL || *line == '\0');
          continue;
        }
      g_assert_false (is_over);
      if (start != NULL)
        g_ptr_array_add (self->parts, read_part (start, line_start - 2, depth + 1));
      start = p;
      is_over = g_str_equal (line, last);
    }
  g_assert_true (is_over);
}

static MailPart *
read_part (const char *data,
           const char *end,
           guint       depth)
{
  MailPart *self = g_new0 (MailPart, 1);
  g_autofree char *boundary = NULL;
  const char *p;

  g_assert_cmpuint (depth, <, DEPTH_MAX);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->values = g_ptr_array_new_with_free_func (g_free);
  self->content = g_byte_array_new ();
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) mail_part_free);
  p = read_fields (self, data, end);
  boundary = mail_part_dup_parameter (self, "Content-Type", "boundary");
  if (boundary != NULL)
    read_parts (self, boundary, p, end, depth);
  else
    read_lines (self, p, end);

  return self;
}

MailPart *
mail_part_read (const char *data,
                gsize       length)
{
  return read_part (data, data + length, 0);
}

char *
mail_part_dup_text (MailPart *self)
{
  char *text = g_strndup ((const char *) self->content->data, self->content->len);

  g_assert_cmpuint (strlen (text), ==, self->content->len);
  g_assert_true (g_utf8_validate (text, -1, NULL));

  return text;
}
