/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-mail-check"

#include "fuzz/mail-check-private.h"

#include <string.h>

#include "core/base/text.h"

#define NAME_MAX_CHARS 100
#define SUBJECT_MAX_CHARS 250

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
check_sender (MailPart         *mail,
              const MailLetter *letter)
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
check_subject (MailPart         *mail,
               const MailLetter *letter)
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
check_names (MailPart         *mail,
             const MailLetter *letter)
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
check_header (MailPart         *mail,
              const MailLetter *letter)
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

GBytes *
mail_check (HeraldMessage           *message,
            HeraldAttachment        *attachment,
            const HeraldEmailHeader *header)
{
  gboolean is_film = attachment != NULL && herald_attachment_is_film (attachment);
  MailLetter letter = { .message = message, .attachment = attachment, .header = header };
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
  mail_check_body (mail, &letter);

  return g_steal_pointer (&bytes);
}
