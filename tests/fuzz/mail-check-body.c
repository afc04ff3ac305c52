/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-mail-check-body"

#include "fuzz/mail-check-private.h"

#include <string.h>

#include "core/base/text.h"

#define SMS_MAX_CHARS 120

static void
check_plain (MailPart         *part,
             const MailLetter *letter)
{
  g_autofree char *text = mail_part_dup_text (part);
  g_autofree char *clean = herald_text_clean_lines (letter->message->text, G_MAXSIZE);
  g_autofree char *title = herald_text_clean (letter->message->title, G_MAXSIZE);
  g_autofree char *expected = g_strconcat (clean, "\n", NULL);

  if (letter->header->sms)
    {
      g_assert_cmpint (g_utf8_strlen (text, -1), <=, SMS_MAX_CHARS + 1);
      if (g_utf8_strlen (clean, -1) <= SMS_MAX_CHARS)
        g_assert_cmpstr (text, ==, expected);
      return;
    }
  if (letter->names_print)
    {
      g_free (expected);
      expected = *clean != '\0' ? g_strconcat (title, "\n\n", clean, "\n", NULL) : g_strconcat (title, "\n", NULL);
    }
  g_assert_cmpstr (text, ==, expected);
}

static void
append_entity (GString     *text,
               const char **p)
{
  static const struct
  {
    const char *entity;
    const char *character;
  } known[] = { { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" } };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (g_str_has_prefix (*p, known[i].entity))
        {
          g_string_append (text, known[i].character);
          *p += strlen (known[i].entity);
          return;
        }
    }
  g_assert_not_reached ();
}

/* What a reader sees: each tag is one that is meant to be there. */
static char *
show_html (const char *page,
           const char *content_id)
{
  static const char *const tags[] = { "<p>", "</p>", "<br>", "<h1 style=", "</h1>", "<img src=\"cid:" };
  GString *text = g_string_new (NULL);
  const char *body = strstr (page, "<body style=\"font-family: sans-serif\">");
  const char *end = strstr (page, "</body>\n</html>\n");
  guint n_pictures = 0;

  g_assert_true (body != NULL && end != NULL);
  for (const char *p = strchr (body, '>') + 1; p < end;)
    {
      gboolean is_known = *p != '<';

      for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
        is_known |= g_str_has_prefix (p, tags[i]);
      g_assert_true (is_known);
      if (*p == '<')
        {
          n_pictures += g_str_has_prefix (p, "<img");
          g_assert_true (p[1] != 'i' || g_str_has_prefix (p + strlen ("<img src=\"cid:"), content_id));
          p = strchr (p, '>') + 1;
        }
      else if (*p == '&')
        append_entity (text, &p);
      else
        g_string_append_c (text, *p++);
    }
  g_assert_cmpuint (n_pictures, ==, *content_id != '\0' ? 1 : 0);
  g_assert_null (strstr (end + 1, "</body>"));

  return g_string_free (text, FALSE);
}

static void
check_html (MailPart         *part,
            const MailLetter *letter,
            const char       *content_id)
{
  g_autofree char *page = mail_part_dup_text (part);
  g_autofree char *shown = show_html (page, content_id);
  g_autofree char *clean = herald_text_clean_lines (letter->message->text, G_MAXSIZE);
  g_autofree char *title = herald_text_clean (letter->message->title, G_MAXSIZE);
  g_auto(GStrv) lines = g_strsplit (clean, "\n", -1);
  g_autoptr(GString) expected = g_string_new (title);

  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0')
      g_string_append_printf (expected, "\n%s", *line);
  g_assert_cmpstr (g_strstrip (shown), ==, g_strstrip (expected->str));
}

static void
check_attachment (MailPart         *part,
                  const MailLetter *letter)
{
  gsize length = 0;
  const void *data = g_bytes_get_data (letter->attachment->bytes, &length);
  const char *disposition = mail_part_get (part, "Content-Disposition");

  g_assert_true (mail_part_is (part, letter->attachment->media_type));
  g_assert_true (g_str_has_prefix (disposition, letter->is_inline ? "inline" : "attachment"));
  g_assert_cmpmem (part->content->data, part->content->len, data, length);
}

static MailPart *
get_part (MailPart   *self,
          const char *media_type,
          guint       i)
{
  g_assert_true (mail_part_is (self, media_type));
  g_assert_cmpuint (self->parts->len, ==, 2);

  return g_ptr_array_index (self->parts, i);
}

static void
check_related (MailPart         *part,
               const MailLetter *letter)
{
  MailPart *page = get_part (part, "multipart/related", 0);
  MailPart *picture = get_part (part, "multipart/related", 1);
  const char *in_brackets = mail_part_get (picture, "Content-Id");
  g_autofree char *content_id = g_strndup (in_brackets + 1, strlen (in_brackets) - 2);

  check_attachment (picture, letter);
  check_html (page, letter, content_id);
}

void
mail_check_body (MailPart         *mail,
                 const MailLetter *letter)
{
  const HeraldEmailHeader *header = letter->header;
  gboolean has_html = !header->sms && (header->html || letter->is_inline);

  if (letter->attachment != NULL && !letter->is_inline)
    {
      check_attachment (get_part (mail, "multipart/mixed", 1), letter);
      mail = get_part (mail, "multipart/mixed", 0);
    }
  if (has_html)
    {
      MailPart *other = get_part (mail, "multipart/alternative", 1);

      if (letter->is_inline)
        check_related (other, letter);
      else
        check_html (other, letter, "");
      mail = get_part (mail, "multipart/alternative", 0);
    }
  g_assert_cmpuint (mail->parts->len, ==, 0);
  g_assert_true (mail_part_is (mail, "text/plain") || (header->sms && mail_part_get (mail, "Content-Type") == NULL));
  check_plain (mail, letter);
}
