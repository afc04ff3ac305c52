/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-email-attachment"

#include "core/channels/email/email-message.h"

#include <gmime/gmime.h>
#include <string.h>

static const HeraldEmailHeader plain_header = {
  .from = "herald@example.org",
  .to = "maker@example.org",
  .key = "0123456789abcdef",
};

static GBytes *
write_mail_with (const HeraldEmailHeader *header,
                 const char              *media_type,
                 const char              *suffix,
                 GBytes                  *content)
{
  g_autoptr(GError) error = NULL;
  HeraldMessage words = {
    .kind = HERALD_KIND_PRINT_DONE,
    .title = (char *) "MK3: print finished",
    .text = (char *) "cube is done. =_0123456789abcdef",
    .created_ms = G_GINT64_CONSTANT (1795228393000),
  };
  HeraldAttachment picture = {
    .path = (char *) "/nowhere",
    .media_type = (char *) media_type,
    .suffix = (char *) suffix,
    .n_bytes = g_bytes_get_size (content),
    .bytes = content,
  };
  g_autoptr(HeraldMessage) message = herald_message_new (&words);
  g_autoptr(HeraldAttachment) attachment = herald_attachment_new (&picture);
  GBytes *mail = herald_email_message_write (message, attachment, header, &error);

  g_assert_no_error (error);
  return mail;
}

static GBytes *
write_mail (const char *media_type,
            const char *suffix,
            GBytes     *content)
{
  return write_mail_with (&plain_header, media_type, suffix, content);
}

static GMimeMessage *
parse (GBytes *mail)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (mail, &length);
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer (data, length);
  GMimeParser *parser = g_mime_parser_new_with_stream (stream);
  GMimeMessage *message = g_mime_parser_construct_message (parser, NULL);

  g_object_unref (stream);
  g_object_unref (parser);
  g_assert_nonnull (message);

  return message;
}

static GBytes *
read_part (GMimePart *part)
{
  GMimeStream *stream = g_mime_stream_mem_new ();
  GByteArray *array;
  GBytes *bytes;

  g_mime_data_wrapper_write_to_stream (g_mime_part_get_content (part), stream);
  array = g_mime_stream_mem_get_byte_array (GMIME_STREAM_MEM (stream));
  bytes = g_bytes_new (array->data, array->len);
  g_object_unref (stream);

  return bytes;
}

static GBytes *
make_all_bytes (void)
{
  guint8 *data = g_malloc (65536);

  for (guint i = 0; i < 65536; i++)
    data[i] = (guint8) (i * 7 + i / 256);

  return g_bytes_new_take (data, 65536);
}

static void
test_f87_picture_arrives_byte_for_byte (gconstpointer data)
{
  const char *media_type = data;
  const char *suffix = strchr (media_type, '/') + 1;
  g_autoptr(GBytes) content = make_all_bytes ();
  g_autoptr(GBytes) mail = write_mail (media_type, suffix, content);
  g_autoptr(GBytes) arrived = NULL;
  g_autofree char *ending = g_strconcat (".", suffix, NULL);
  g_autofree char *type = NULL;
  GMimeMessage *message = parse (mail);
  GMimeMultipart *parts = GMIME_MULTIPART (g_mime_message_get_mime_part (message));
  GMimePart *picture = GMIME_PART (g_mime_multipart_get_part (parts, 1));

  g_assert_cmpint (g_mime_multipart_get_count (parts), ==, 2);
  g_assert_true (GMIME_IS_TEXT_PART (g_mime_multipart_get_part (parts, 0)));
  type = g_mime_content_type_get_mime_type (g_mime_object_get_content_type (GMIME_OBJECT (picture)));
  g_assert_cmpstr (type, ==, media_type);
  g_assert_cmpstr (g_mime_object_get_disposition (GMIME_OBJECT (picture)), ==, "attachment");
  g_assert_true (g_regex_match_simple ("^2026-11-2\\d_\\d\\d-\\d\\d\\.", g_mime_part_get_filename (picture), 0, 0));
  g_assert_true (g_str_has_suffix (g_mime_part_get_filename (picture), ending));
  arrived = read_part (picture);
  g_assert_true (g_bytes_equal (arrived, content));
  g_object_unref (message);
}

static void
test_each_attempt_has_the_same_bytes (void)
{
  g_autoptr(GBytes) content = make_all_bytes ();
  g_autoptr(GBytes) one = write_mail ("image/jpeg", "jpg", content);
  g_autoptr(GBytes) other = write_mail ("image/jpeg", "jpg", content);

  g_assert_true (g_bytes_equal (one, other));
}

/* Also one that got its picture before somebody said that it goes to phones */
static void
test_phones_get_the_words_alone (void)
{
  HeraldEmailHeader header = plain_header;
  g_autoptr(GBytes) content = make_all_bytes ();
  g_autoptr(GBytes) mail = NULL;
  GMimeMessage *message;

  header.sms = TRUE;
  mail = write_mail_with (&header, "image/jpeg", "jpg", content);
  message = parse (mail);
  g_assert_true (GMIME_IS_TEXT_PART (g_mime_message_get_mime_part (message)));
  g_object_unref (message);
}

/* RFC 5321 4.5.3.1.6: 998 characters a line, every line ended by both characters, and seven bits */
static void
test_every_server_can_take_it (void)
{
  g_autoptr(GBytes) content = make_all_bytes ();
  g_autoptr(GBytes) mail = write_mail ("image/jpeg", "jpg", content);
  gsize length = 0;
  const char *data = g_bytes_get_data (mail, &length);
  gsize line = 0;

  for (gsize i = 0; i < length; i++)
    {
      g_assert_true (g_ascii_isprint (data[i]) || data[i] == '\r' || data[i] == '\n' || data[i] == '\t');
      g_assert_cmpint (data[i] == '\n', ==, i > 0 && data[i - 1] == '\r');
      line = data[i] == '\n' ? 0 : line + 1;
      g_assert_cmpuint (line, <, 998);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_mime_init ();

  g_test_add_data_func ("/email-attachment/f87-jpeg", "image/jpeg", test_f87_picture_arrives_byte_for_byte);
  g_test_add_data_func ("/email-attachment/f87-film", "video/mp4", test_f87_picture_arrives_byte_for_byte);
  g_test_add_func ("/email-attachment/same-bytes", test_each_attempt_has_the_same_bytes);
  g_test_add_func ("/email-attachment/phones", test_phones_get_the_words_alone);
  g_test_add_func ("/email-attachment/lines", test_every_server_can_take_it);

  return g_test_run ();
}
