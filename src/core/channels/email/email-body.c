/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-email-body"

#include "core/channels/email/email-body.h"

#include <glib/gi18n-lib.h>
#include <gmime/gmime.h>
#include <string.h>

#include "core/base/text.h"
#include "core/channels/email/email-html.h"
#include "core/channels/email/email-quoted-printable.h"

/* Gateways cut at 120 to 160 characters and count what they add themselves. Words for an SMS are
 * that short already; those that were worded before somebody said that it is one are not. */
#define SMS_MAX_CHARS 120
#define SMS_ELLIPSIS "..."

/* RFC 2045 6.7 (5) */
#define LINE_MAX_CHARS 76

/* Nobody wonders about less; more is the fault of a clock. */
#define LATE_MS (10 * 60 * G_GINT64_CONSTANT (1000))
#define LATE_MAX_MS (7 * 24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define MINUTE_MS 60000
#define LONG_MINUTES 120

/* Begins every boundary, and cannot be in a text that is quoted-printable. */
#define BOUNDARY_MARK "=_"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeObject, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimePart, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeMultipart, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeDataWrapper, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeStream, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeFormatOptions, g_mime_format_options_free)

/* One mail being written */
typedef struct
{
  HeraldMessage *message;
  HeraldAttachment *attachment;
  const HeraldEmailHeader *header;
} Letter;

/* Text */

static char *
cut_for_sms (const char *text)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= SMS_MAX_CHARS)
    return g_strdup (text);

  start = g_utf8_substring (text, 0, SMS_MAX_CHARS - (glong) strlen (SMS_ELLIPSIS));

  return g_strconcat (start, SMS_ELLIPSIS, NULL);
}

/* (nullable): the date in the header is that of the words, and so is the place where the mail is found. */
static char *
dup_lateness (const Letter *letter)
{
  gint64 late_ms = letter->header->begun_ms - letter->message->created_ms;
  guint minutes = (guint) (CLAMP (late_ms, 0, LATE_MAX_MS) / MINUTE_MS);

  if (late_ms < LATE_MS || late_ms > LATE_MAX_MS)
    return NULL;

  if (minutes < LONG_MINUTES)
    return g_strdup_printf (ngettext ("(Sent %u minute late: it was not possible earlier.)",
                                      "(Sent %u minutes late: it was not possible earlier.)", minutes),
                            minutes);

  return g_strdup_printf (ngettext ("(Sent %u hour late: it was not possible earlier.)",
                                    "(Sent %u hours late: it was not possible earlier.)", minutes / 60),
                          minutes / 60);
}

static char *
dup_text (const Letter *letter)
{
  g_autofree char *text = herald_text_clean_lines (letter->message->text, G_MAXSIZE);
  g_autofree char *lateness = letter->header->sms ? NULL : dup_lateness (letter);

  if (letter->header->sms)
    return cut_for_sms (text);
  if (lateness == NULL)
    return g_steal_pointer (&text);

  return *text != '\0' ? g_strdup_printf ("%s\n\n%s", text, lateness) : g_steal_pointer (&lateness);
}

/* What happened is told first where the subject does not tell it. */
static char *
dup_plain_text (const Letter *letter,
                const char   *text)
{
  g_autofree char *title = herald_text_clean (letter->message->title, G_MAXSIZE);

  if (letter->header->sms || !herald_email_message_names_print (letter->message, letter->header))
    return g_strdup (text);

  return *text != '\0' ? g_strdup_printf ("%s\n\n%s", title, text) : g_steal_pointer (&title);
}

static gsize
get_longest_line (const char *text)
{
  gsize longest = 0;

  for (const char *p = text; *p != '\0'; p += p[strcspn (p, "\n")] != '\0' ? strcspn (p, "\n") + 1 : strlen (p))
    longest = MAX (longest, strcspn (p, "\n"));

  return longest;
}

/* Every server takes 7 bits. What is longer than a line is quoted-printable: that keeps the paragraphs whole, as RFC
 * 3676 (format=flowed) would, and is undone by every reader. */
static gboolean
needs_encoding (const char *text)
{
  return !g_str_is_ascii (text) || get_longest_line (text) > LINE_MAX_CHARS || strstr (text, BOUNDARY_MARK) != NULL;
}

/* @encoding: that @data has already, and is to have */
static GMimeDataWrapper *
wrap (const char           *data,
      gsize                 length,
      GMimeContentEncoding  encoding)
{
  g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_buffer (data, length);

  return g_mime_data_wrapper_new_with_stream (stream, encoding);
}

static GMimeObject *
make_text_part (const char *subtype,
                const char *text)
{
  g_autoptr(GMimePart) part = g_mime_part_new_with_type ("text", subtype);
  g_autofree char *lines = g_strconcat (text, "\n", NULL);
  gboolean is_encoded = needs_encoding (lines);
  GMimeContentEncoding encoding = is_encoded ? GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE : GMIME_CONTENT_ENCODING_7BIT;
  g_autofree char *sent = is_encoded ? herald_email_quoted_printable_encode (lines) : g_strdup (lines);
  g_autoptr(GMimeDataWrapper) content = wrap (sent, strlen (sent), encoding);

  g_mime_object_set_content_type_parameter (GMIME_OBJECT (part), "charset", "utf-8");
  g_mime_part_set_content (part, content);
  g_mime_part_set_content_encoding (part, encoding);

  return GMIME_OBJECT (g_steal_pointer (&part));
}

/* Pictures and films */

/* Named after the time, as cameras do: attachments of many messages can lie in one folder (F87). */
static char *
make_file_name (const Letter *letter)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_local (letter->message->created_ms / 1000);
  g_autofree char *time = g_date_time_format (date, "%Y-%m-%d_%H-%M");

  return g_strdup_printf ("%s.%s", time, letter->attachment->suffix);
}

static GMimeObject *
make_attachment_part (const Letter *letter,
                      const char   *disposition)
{
  g_auto(GStrv) type = g_strsplit (letter->attachment->media_type, "/", 2);
  g_autoptr(GMimePart) part = g_mime_part_new_with_type (type[0], type[1]);
  g_autofree char *name = make_file_name (letter);
  gsize length = 0;
  const char *data = g_bytes_get_data (letter->attachment->bytes, &length);
  g_autoptr(GMimeDataWrapper) content = wrap (data, length, GMIME_CONTENT_ENCODING_DEFAULT);

  g_mime_part_set_content (part, content);
  g_mime_part_set_content_encoding (part, GMIME_CONTENT_ENCODING_BASE64);
  g_mime_object_set_disposition (GMIME_OBJECT (part), disposition);
  g_mime_part_set_filename (part, name);

  return GMIME_OBJECT (g_steal_pointer (&part));
}

/* Several parts */

/* Takes @first and @second. A random boundary would make each attempt another mail. */
static GMimeObject *
join (const Letter *letter,
      const char   *subtype,
      GMimeObject  *first,
      GMimeObject  *second)
{
  g_autoptr(GMimeMultipart) parts = g_mime_multipart_new_with_subtype (subtype);
  g_autoptr(GMimeObject) one = first;
  g_autoptr(GMimeObject) other = second;
  g_autofree char *boundary = g_strdup_printf (BOUNDARY_MARK "%s.%s", letter->header->key, subtype);

  g_mime_multipart_set_boundary (parts, boundary);
  g_mime_multipart_add (parts, one);
  g_mime_multipart_add (parts, other);

  return GMIME_OBJECT (g_steal_pointer (&parts));
}

static gboolean
shows_picture (const Letter *letter)
{
  return letter->header->inline_picture && letter->attachment != NULL && !herald_attachment_is_film (letter->attachment);
}

static GMimeObject *
make_html_part (const Letter *letter,
                const char   *text)
{
  g_autofree char *content_id = herald_email_message_dup_id (letter->header->key, letter->header->from);
  g_autofree char *html = herald_email_html_write (letter->message->title, text,
                                                   shows_picture (letter) ? letter->attachment : NULL, content_id);
  g_autoptr(GMimeObject) page = make_text_part ("html", html);
  GMimeObject *picture;
  GMimeObject *both;

  if (!shows_picture (letter))
    return g_steal_pointer (&page);

  picture = make_attachment_part (letter, GMIME_DISPOSITION_INLINE);
  g_mime_object_set_content_id (picture, content_id);
  both = join (letter, "related", g_steal_pointer (&page), picture);
  /* RFC 2387 3.1: of the part that is shown */
  g_mime_object_set_content_type_parameter (both, "type", "text/html");

  return both;
}

static GMimeObject *
make_body (const Letter *letter,
           const char   *text)
{
  const HeraldEmailHeader *header = letter->header;
  g_autofree char *plain = dup_plain_text (letter, text);
  g_autoptr(GMimeObject) body = make_text_part ("plain", plain);

  if (!header->sms && (header->html || shows_picture (letter)))
    body = join (letter, "alternative", g_steal_pointer (&body), make_html_part (letter, text));
  if (letter->attachment != NULL && (header->sms || !shows_picture (letter)))
    body = join (letter, "mixed", g_steal_pointer (&body),
                 make_attachment_part (letter, GMIME_DISPOSITION_ATTACHMENT));

  return g_steal_pointer (&body);
}

static gboolean
append_mime (GByteArray   *mail,
             const Letter *letter,
             const char   *text)
{
  static const char version[] = "MIME-Version: 1.0\r\n";
  g_autoptr(GMimeObject) body = make_body (letter, text);
  g_autoptr(GMimeFormatOptions) options = g_mime_format_options_new ();
  g_autoptr(GMimeStream) stream = NULL;

  g_mime_format_options_set_newline_format (options, GMIME_NEWLINE_FORMAT_DOS);
  g_byte_array_append (mail, (const guint8 *) version, strlen (version));
  stream = g_mime_stream_mem_new_with_byte_array (mail);
  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (stream), FALSE);

  return g_mime_stream_seek (stream, 0, GMIME_STREAM_SEEK_END) >= 0 &&
         g_mime_object_write_to_stream (body, options, stream) > 0;
}

/* What is neither said to be MIME nor has a type is text in US-ASCII (RFC 2045 5.2), and the mail that gateways have
 * always understood. */
static void
append_bare_text (GByteArray *mail,
                  const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *joined = g_strjoinv ("\r\n", lines);
  g_autofree char *body = g_strdup_printf ("\r\n%s\r\n", joined);

  g_byte_array_append (mail, (const guint8 *) body, (guint) strlen (body));
}

/**
 * herald_email_body_append:
 * @mail: a header, which gets the fields that tell what the body is
 * @attachment: (nullable): a picture or a film; a phone gets it only if its gateway takes pictures
 *
 * Returns: %FALSE if it could not be written
 */
gboolean
herald_email_body_append (GByteArray              *mail,
                          HeraldMessage           *message,
                          HeraldAttachment        *attachment,
                          const HeraldEmailHeader *header)
{
  Letter letter = { .message = message, .attachment = attachment, .header = header };
  g_autofree char *text = NULL;

  if (header->sms && (!header->mms || (attachment != NULL && herald_attachment_is_film (attachment))))
    letter.attachment = NULL;

  text = dup_text (&letter);
  if (!header->sms || letter.attachment != NULL || !g_str_is_ascii (text))
    return append_mime (mail, &letter, text);

  append_bare_text (mail, text);
  return TRUE;
}
