/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-mail-check"

#include "fuzz/mail-check.h"

#include <string.h>

#include "core/base/text.h"
#include "fuzz/mail-reader.h"

#define NAME_MAX_CHARS 100
#define SUBJECT_MAX_CHARS 250
#define SMS_MAX_CHARS 120

typedef struct
{
  HeraldMessage *message;
  HeraldAttachment *attachment; /* what is to arrive of it */
  const HeraldEmailHeader *header;
  gboolean names_print;
  gboolean is_inline;
} Letter;

/* As it is to be read, without its domain's other alphabets */
static char *
dup_addresses (const char *list)
{
  g_auto(GStrv) addresses = herald_email_message_dup_addresses (list);

  for (char **address = addresses; *address != NULL; address++)
    {
      char *at = strrchr (*address, '@');
      g_autofree char *domain = at != NULL ? g_hostname_to_ascii (at + 1) : NULL;

      if (domain == NULL)
        continue;
      *at = '\0';
      at = g_strconcat (*address, "@", domain, NULL);
      g_free (*address);
      *address = at;
    }

  return g_strjoinv (", ", addresses);
}

static void
check_addresses (MailPart   *mail,
                 const char *name,
                 const char *list)
{
  g_autofree char *expected = dup_addresses (list);
  const char *value = mail_part_get (mail, name);

  g_assert_cmpstr (value != NULL ? value : "", ==, expected);
}

static void
check_sender (MailPart     *mail,
              const Letter *letter)
{
  const HeraldEmailHeader *header = letter->header;
  const char *name = header->from_name != NULL && *header->from_name != '\0' ? header->from_name
                                                                             : letter->message->printer_name;
  g_autofree char *clean = herald_text_clean (*name != '\0' ? name : "OctoHerald", NAME_MAX_CHARS);
  g_autofree char *address = dup_addresses (header->from);
  g_autofree char *ending = g_strdup_printf (" <%s>", address);
  const char *value = mail_part_get (mail, "From");
  g_autofree char *phrase = NULL;
  g_autofree char *read = NULL;

  if (header->sms || *clean == '\0')
    {
      g_assert_cmpstr (value, ==, address);
      return;
    }

  g_assert_true (g_str_has_suffix (value, ending));
  phrase = g_strndup (value, strlen (value) - strlen (ending));
  read = mail_decode_phrase (phrase);
  g_assert_cmpstr (read, ==, clean);
}

static void
check_subject (MailPart     *mail,
               const Letter *letter)
{
  const char *value = mail_part_get (mail, "Subject");
  g_autofree char *both = g_strdup_printf ("%s: %s", letter->message->printer_name, letter->message->file);
  g_autofree char *expected = herald_text_clean (letter->names_print ? both : letter->message->title, SUBJECT_MAX_CHARS);
  g_autofree char *read = NULL;

  if (letter->header->sms)
    return;

  read = mail_decode_words (value);
  g_assert_cmpstr (read, ==, expected);
}

/* Every field is there as often as it is to be, and no other. */
static void
check_names (MailPart     *mail,
             const Letter *letter)
{
  const HeraldEmailHeader *header = letter->header;
  g_autoptr(GString) expected = g_string_new ("From ");
  g_autoptr(GString) names = g_string_new (NULL);
  g_autofree char *to = dup_addresses (header->only_recipient != NULL ? header->only_recipient : header->to);
  g_autofree char *cc = dup_addresses (header->only_recipient != NULL ? NULL : header->cc);

  g_string_append (expected, *to != '\0' ? "To " : "");
  g_string_append (expected, *cc != '\0' ? "Cc " : "");
  g_string_append (expected, header->sms ? "" : "Subject ");
  g_string_append (expected, "Date Message-ID ");
  g_string_append (expected, !header->sms && header->thread != NULL ? "In-Reply-To References " : "");
  g_string_append (expected, header->sms ? "" : "Auto-Submitted ");
  if (mail_part_get (mail, "MIME-Version") != NULL || !header->sms)
    g_string_append (expected, "MIME-Version Content-Type ");
  if (mail_part_get (mail, "MIME-Version") != NULL && mail->parts->len == 0)
    g_string_append (expected, "Content-Transfer-Encoding ");

  for (guint i = 0; i < mail->names->len; i++)
    g_string_append_printf (names, "%s ", (const char *) g_ptr_array_index (mail->names, i));
  g_assert_cmpstr (names->str, ==, expected->str);
}

static void
check_header (MailPart     *mail,
              const Letter *letter)
{
  const HeraldEmailHeader *header = letter->header;

  check_names (mail, letter);
  check_sender (mail, letter);
  check_addresses (mail, "To", header->only_recipient != NULL ? header->only_recipient : header->to);
  check_addresses (mail, "Cc", header->only_recipient != NULL ? NULL : header->cc);
  check_subject (mail, letter);
  g_assert_cmpstr (mail_part_get (mail, "In-Reply-To"), ==, mail_part_get (mail, "References"));
  for (guint i = 0; i < mail->values->len; i++)
    {
      const char *name = g_ptr_array_index (mail->names, i);
      gboolean has_addresses = g_str_equal (name, "From") || g_str_equal (name, "To") || g_str_equal (name, "Cc");

      g_assert_true (has_addresses || g_str_is_ascii (g_ptr_array_index (mail->values, i)));
    }
}

/* Bodies */

static void
check_plain (MailPart     *part,
             const Letter *letter)
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
check_html (MailPart     *part,
            const Letter *letter,
            const char   *content_id)
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
check_attachment (MailPart     *part,
                  const Letter *letter)
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
check_related (MailPart     *part,
               const Letter *letter)
{
  MailPart *page = get_part (part, "multipart/related", 0);
  MailPart *picture = get_part (part, "multipart/related", 1);
  const char *in_brackets = mail_part_get (picture, "Content-Id");
  g_autofree char *content_id = g_strndup (in_brackets + 1, strlen (in_brackets) - 2);

  check_attachment (picture, letter);
  check_html (page, letter, content_id);
}

static void
check_body (MailPart     *mail,
            const Letter *letter)
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

GBytes *
mail_check (HeraldMessage           *message,
            HeraldAttachment        *attachment,
            const HeraldEmailHeader *header)
{
  gboolean is_film = attachment != NULL && herald_attachment_is_film (attachment);
  Letter letter = { .message = message, .attachment = attachment, .header = header };
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = herald_email_message_write (message, attachment, header, &error);
  g_autoptr(MailPart) mail = NULL;
  gsize length = 0;
  const char *data;

  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &length);
  if (header->sms && (!header->mms || is_film))
    letter.attachment = NULL;
  letter.names_print = header->names_print && header->thread != NULL && message->file != NULL && *message->file != '\0';
  letter.is_inline = !header->sms && header->inline_picture && attachment != NULL && !is_film;

  mail = mail_part_read (data, length);
  check_header (mail, &letter);
  check_body (mail, &letter);

  return g_steal_pointer (&bytes);
}
