/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-mail-reader"

#include "fuzz/mail-reader.h"

#include <string.h>

/* RFC 5322 2.1.1, RFC 2047 2 */
#define LINE_LIMIT 998
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
          byte = (char) mail_read_hex (p + 1);
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
