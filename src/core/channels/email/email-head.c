/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-email-head"

#include "core/channels/email/email-head.h"

#include <gmime/gmime.h>
#include <string.h>

#include "core/base/text.h"
#include "core/channels/email/email-encoded-word.h"

#define NAME_MAX_CHARS 100

/* Titles end at 200; what another version has stored may be of any length. */
#define SUBJECT_MAX_CHARS 250

/* Every field ends itself by CR LF. Values are cleaned before they come here, so that none can begin a line. */

/* A domain has an ASCII form (RFC 5890); what comes before the @ has none, and needs a server that takes it. */
static char *
make_ascii_domain (const char *address)
{
  const char *at = strrchr (address, '@');
  g_autofree char *domain = at != NULL ? g_hostname_to_ascii (at + 1) : NULL;

  return domain != NULL ? g_strdup_printf ("%.*s@%s", (int) (at - address), address, domain) : g_strdup (address);
}

static void
append_addresses (GString    *head,
                  const char *name,
                  const char *list)
{
  g_auto(GStrv) addresses = herald_email_message_dup_addresses (list);

  if (*addresses == NULL)
    return;

  g_string_append_printf (head, "%s: ", name);
  for (char **address = addresses; *address != NULL; address++)
    {
      g_autofree char *ascii = make_ascii_domain (*address);
      gsize length = strlen (ascii) + strlen (", ");

      if (address == addresses)
        g_string_append (head, ascii);
      else if (herald_email_encoded_word_get_column (head) + length >= HERALD_EMAIL_LINE_MAX)
        g_string_append_printf (head, ",\r\n %s", ascii);
      else
        g_string_append_printf (head, ", %s", ascii);
    }
  g_string_append (head, "\r\n");
}

static const char *
get_sender_name (HeraldMessage           *message,
                 const HeraldEmailHeader *header)
{
  if (header->from_name != NULL && *header->from_name != '\0')
    return header->from_name;

  return *message->printer_name != '\0' ? message->printer_name : "OctoHerald";
}

/* An SMS has no room for a name; what it is about stands in its text. */
static void
append_sender (GString                 *head,
               HeraldMessage           *message,
               const HeraldEmailHeader *header)
{
  g_auto(GStrv) addresses = herald_email_message_dup_addresses (header->from);
  g_autofree char *address = make_ascii_domain (*addresses != NULL ? *addresses : header->from);
  g_autofree char *name = herald_text_clean (get_sender_name (message, header), NAME_MAX_CHARS);
  gsize length = strlen (address) + strlen (" <>");

  g_string_append (head, "From: ");
  if (header->sms || *name == '\0')
    {
      g_string_append_printf (head, "%s\r\n", address);
      return;
    }

  herald_email_encoded_word_append_phrase (head, name);
  if (herald_email_encoded_word_get_column (head) + length > HERALD_EMAIL_ENCODED_LINE_MAX)
    g_string_append (head, "\r\n");
  g_string_append_printf (head, " <%s>\r\n", address);
}

/* Gmail makes one conversation of mails only if their subjects are the same, too. */
static char *
dup_subject (HeraldMessage           *message,
             const HeraldEmailHeader *header)
{
  g_autofree char *both = NULL;

  if (!herald_email_message_names_print (message, header))
    return herald_text_clean (message->title, SUBJECT_MAX_CHARS);

  both = g_strdup_printf ("%s: %s", message->printer_name, message->file);

  return herald_text_clean (both, SUBJECT_MAX_CHARS);
}

static void
append_date (GString       *head,
             HeraldMessage *message)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_local (message->created_ms / 1000);
  g_autofree char *text = g_mime_utils_header_format_date (date);

  g_string_append_printf (head, "Date: %s\r\n", text);
}

/* All mails of a print answer to one that never was: RFC 5322 3.6.4 lets the mail that is answered be missing. So each
 * of them finds its thread, also if the first one was not sent, or was deleted; nothing must be remembered for it. */
static void
append_thread (GString                 *head,
               const HeraldEmailHeader *header)
{
  g_autofree char *root = NULL;

  if (header->thread == NULL)
    return;

  root = herald_email_message_dup_id (header->thread, header->from);
  g_string_append_printf (head, "In-Reply-To: <%s>\r\nReferences: <%s>\r\n", root, root);
}

/**
 * herald_email_head_dup_text:
 *
 * Writes the header (RFC 5322), but for what the body says of itself. A mail for a phone has no more than it must:
 * gateways count all, and some drop what they do not know.
 *
 * Returns: (transfer full): fields, each with its CR LF
 */
char *
herald_email_head_dup_text (HeraldMessage           *message,
                            const HeraldEmailHeader *header)
{
  GString *head = g_string_new (NULL);
  g_autofree char *message_id = herald_email_message_dup_message_id (header);

  append_sender (head, message, header);
  append_addresses (head, "To", header->only_recipient != NULL ? header->only_recipient : header->to);
  if (header->only_recipient == NULL)
    append_addresses (head, "Cc", header->cc);
  if (!header->sms)
    {
      g_autofree char *subject = dup_subject (message, header);

      g_string_append (head, "Subject: ");
      herald_email_encoded_word_append_text (head, subject);
      g_string_append (head, "\r\n");
    }
  append_date (head, message);
  g_string_append_printf (head, "Message-ID: <%s>\r\n", message_id);
  if (!header->sms)
    {
      append_thread (head, header);
      /* RFC 3834: keeps answering machines quiet. */
      g_string_append (head, "Auto-Submitted: auto-generated\r\n");
    }

  return g_string_free (head, FALSE);
}
