/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-email-message"

#include "core/channels/email/email-message.h"

#include <glib/gi18n-lib.h>
#include <gmime/gmime.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"

#define NAME_MAX_CHARS 100

/* Gateways cut at 120 to 160 characters and count what they add themselves (channels note 4.2). */
#define SMS_MAX_CHARS 120

/* RFC 6761: a name that never is a domain, for a sender that has none. */
#define FALLBACK_DOMAIN "octoherald.invalid"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InternetAddressList, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeMessage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeTextPart, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimePart, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeMultipart, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeDataWrapper, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeStream, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeFormatOptions, g_mime_format_options_free)

static void
ensure_gmime (void)
{
  static gsize initialized = 0;

  if (g_once_init_enter (&initialized))
    {
      g_mime_init ();
      g_once_init_leave (&initialized, 1);
    }
}

/**
 * herald_email_message_dup_addresses:
 * @list: (nullable): addresses as people type them, with or without names, separated by commas
 *
 * Returns: (transfer full) (array zero-terminated=1): the bare addresses, each once
 */
char **
herald_email_message_dup_addresses (const char *list)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(InternetAddressList) addresses = NULL;

  ensure_gmime ();
  addresses = list != NULL ? internet_address_list_parse (NULL, list) : NULL;
  for (int i = 0; addresses != NULL && i < internet_address_list_length (addresses); i++)
    {
      InternetAddress *address = internet_address_list_get_address (addresses, i);
      const char *bare;

      /* Groups have members, not an address; nobody types them. */
      if (!INTERNET_ADDRESS_IS_MAILBOX (address))
        continue;

      bare = internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (address));
      if (g_hash_table_add (seen, g_utf8_strdown (bare, -1)))
        g_strv_builder_add (builder, bare);
    }

  return g_strv_builder_end (builder);
}

static const char *
get_domain (const char *address)
{
  const char *at = strrchr (address, '@');

  return at != NULL && at[1] != '\0' ? at + 1 : FALLBACK_DOMAIN;
}

/**
 * herald_email_message_dup_message_id:
 *
 * Returns: (transfer full): the Message-ID without angle brackets; the same at every attempt
 */
char *
herald_email_message_dup_message_id (const HeraldEmailHeader *header)
{
  g_autofree char *ascii = g_hostname_to_ascii (get_domain (header->from));

  return g_strdup_printf ("%s@%s", header->key, ascii != NULL ? ascii : FALLBACK_DOMAIN);
}

static void
add_addresses (GMimeMessage     *mime,
               GMimeAddressType  type,
               const char       *list)
{
  g_auto(GStrv) addresses = herald_email_message_dup_addresses (list);

  for (char **address = addresses; *address != NULL; address++)
    g_mime_message_add_mailbox (mime, type, NULL, *address);
}

static void
set_header (GMimeMessage            *mime,
            HeraldMessage           *message,
            const HeraldEmailHeader *header)
{
  const char *name = header->from_name != NULL && *header->from_name != '\0' ? header->from_name
                                                                             : message->printer_name;
  g_autofree char *clean_name = herald_text_clean (*name != '\0' ? name : "OctoHerald", NAME_MAX_CHARS);
  g_autofree char *subject = herald_text_clean (message->title, G_MAXINT);
  g_autofree char *message_id = herald_email_message_dup_message_id (header);
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_local (message->created_ms / 1000);

  g_mime_message_add_mailbox (mime, GMIME_ADDRESS_TYPE_FROM, clean_name, header->from);
  add_addresses (mime, GMIME_ADDRESS_TYPE_TO, header->to);
  add_addresses (mime, GMIME_ADDRESS_TYPE_CC, header->cc);
  if (!header->sms)
    g_mime_message_set_subject (mime, subject, "utf-8");
  g_mime_message_set_date (mime, date);
  g_mime_message_set_message_id (mime, message_id);

  /* RFC 3834: keeps answering machines quiet. */
  g_mime_object_set_header (GMIME_OBJECT (mime), "Auto-Submitted", "auto-generated", NULL);
}

static GMimeObject *
make_text_part (HeraldMessage           *message,
                const HeraldEmailHeader *header)
{
  g_autoptr(GMimeTextPart) part = g_mime_text_part_new_with_subtype ("plain");
  g_autofree char *text = herald_text_clean_lines (message->text, header->sms ? SMS_MAX_CHARS : G_MAXINT);
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  g_mime_text_part_set_charset (part, "utf-8");
  g_mime_text_part_set_text (part, line);
  /* Every server takes 7 bits, and no line gets too long. */
  g_mime_part_set_content_encoding (GMIME_PART (part),
                                    g_str_is_ascii (line) && strlen (line) < 900
                                      ? GMIME_CONTENT_ENCODING_7BIT
                                      : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);

  return GMIME_OBJECT (g_steal_pointer (&part));
}

/* Named after the time, as cameras do: attachments of many messages can lie in one folder (F87). */
static GMimeObject *
make_attachment_part (HeraldMessage    *message,
                      HeraldAttachment *attachment)
{
  g_auto(GStrv) type = g_strsplit (attachment->media_type, "/", 2);
  g_autoptr(GMimePart) part = g_mime_part_new_with_type (type[0], type[1]);
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_local (message->created_ms / 1000);
  g_autofree char *time = g_date_time_format (date, "%Y-%m-%d_%H-%M");
  g_autofree char *name = g_strdup_printf ("%s.%s", time, attachment->suffix);
  gsize length = 0;
  const char *data = g_bytes_get_data (attachment->bytes, &length);
  g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_buffer (data, length);
  g_autoptr(GMimeDataWrapper) content = g_mime_data_wrapper_new_with_stream (stream, GMIME_CONTENT_ENCODING_DEFAULT);

  g_mime_part_set_content (part, content);
  g_mime_part_set_content_encoding (part, GMIME_CONTENT_ENCODING_BASE64);
  g_mime_object_set_disposition (GMIME_OBJECT (part), GMIME_DISPOSITION_ATTACHMENT);
  g_mime_part_set_filename (part, name);

  return GMIME_OBJECT (g_steal_pointer (&part));
}

static void
set_body (GMimeMessage            *mime,
          HeraldMessage           *message,
          HeraldAttachment        *attachment,
          const HeraldEmailHeader *header)
{
  g_autoptr(GObject) text = G_OBJECT (make_text_part (message, header));
  g_autoptr(GObject) picture = NULL;
  g_autoptr(GMimeMultipart) parts = NULL;
  g_autofree char *boundary = NULL;

  if (attachment == NULL || (header->sms && !header->mms))
    {
      g_mime_message_set_mime_part (mime, GMIME_OBJECT (text));
      return;
    }

  /* A random boundary would make each attempt another mail. */
  boundary = g_strdup_printf ("=_%s", header->key);
  parts = g_mime_multipart_new_with_subtype ("mixed");
  g_mime_multipart_set_boundary (parts, boundary);
  picture = G_OBJECT (make_attachment_part (message, attachment));
  g_mime_multipart_add (parts, GMIME_OBJECT (text));
  g_mime_multipart_add (parts, GMIME_OBJECT (picture));
  g_mime_message_set_mime_part (mime, GMIME_OBJECT (parts));
}

/**
 * herald_email_message_write:
 * @attachment: (nullable): a picture or a film, with its bytes; phones get one only by MMS
 * @header: who writes to whom; addresses come from the settings only, never from a printer
 *
 * Writes the message (RFC 5322, MIME). The same arguments give the same bytes,
 * so that a mail that is sent again is the same mail.
 *
 * Returns: (transfer full): the message, or %NULL with HERALD_ERROR_SETTINGS
 */
GBytes *
herald_email_message_write (HeraldMessage            *message,
                            HeraldAttachment         *attachment,
                            const HeraldEmailHeader  *header,
                            GError                  **error)
{
  g_autoptr(GMimeMessage) mime = NULL;
  g_autoptr(GMimeFormatOptions) options = NULL;
  g_autofree char *text = NULL;
  gsize length;

  ensure_gmime ();
  mime = g_mime_message_new (TRUE);
  set_header (mime, message, header);
  set_body (mime, message, attachment, header);

  options = g_mime_format_options_new ();
  g_mime_format_options_set_newline_format (options, GMIME_NEWLINE_FORMAT_DOS);
  text = g_mime_object_to_string (GMIME_OBJECT (mime), options);
  if (text == NULL)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("The message could not be written"));
      return NULL;
    }

  length = strlen (text);
  return g_bytes_new_take (g_steal_pointer (&text), length);
}
