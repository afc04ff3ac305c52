/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-email-shapes"

#include <string.h>

#include "core/outbox/install-key.h"
#include "fuzz/mail-check.h"
#include "fuzz/mail-reader.h"

static const HeraldEmailHeader plain_header = {
  .from = "herald@example.org",
  .to = "maker@example.org",
  .cc = "anna@example.org",
  .key = "0123456789abcdef",
  .thread = "fedcba9876543210",
};

static HeraldMessage *
make_message (const char *title,
              const char *text)
{
  HeraldMessage content = {
    .kind = HERALD_KIND_PRINT_DONE,
    .printer_name = (char *) "MK4",
    .title = (char *) title,
    .text = (char *) text,
    .job = (char *) "cube@1",
    .file = (char *) "cube.gcode",
    .created_ms = G_GINT64_CONSTANT (1795228393000),
  };

  return herald_message_new (&content);
}

static HeraldAttachment *
make_picture (const char *media_type)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("\xff\xd8 a picture", 12);
  HeraldAttachment content = {
    .path = (char *) "/nowhere",
    .media_type = (char *) media_type,
    .suffix = (char *) "jpg",
    .width = 320,
    .n_bytes = 12,
    .bytes = bytes,
  };

  return herald_attachment_new (&content);
}

/* What a reader of its own finds in it is checked by mail_check(). */
static GBytes *
write_bytes (const HeraldEmailHeader *header,
             const char              *title,
             const char              *text,
             const char              *media_type)
{
  g_autoptr(HeraldMessage) message = make_message (title, text);
  g_autoptr(HeraldAttachment) picture = media_type != NULL ? make_picture (media_type) : NULL;

  return mail_check (message, picture, header);
}

static MailPart *
write_mail (const HeraldEmailHeader *header,
            const char              *title,
            const char              *text,
            const char              *media_type)
{
  g_autoptr(GBytes) bytes = write_bytes (header, title, text, media_type);
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);

  return mail_part_read (data, length);
}

static void
test_mails_of_a_print_answer_to_one_that_never_was (void)
{
  HeraldEmailHeader later = plain_header;
  g_autoptr(MailPart) one = write_mail (&plain_header, "MK4: print started", "x", NULL);
  g_autoptr(MailPart) other = NULL;

  later.key = "00000000aaaaaaaa";
  other = write_mail (&later, "MK4: print finished", "y", NULL);

  g_assert_cmpstr (mail_part_get (one, "References"), ==, "<fedcba9876543210@example.org>");
  g_assert_cmpstr (mail_part_get (one, "In-Reply-To"), ==, "<fedcba9876543210@example.org>");
  g_assert_cmpstr (mail_part_get (other, "References"), ==, mail_part_get (one, "References"));
  g_assert_cmpstr (mail_part_get (other, "Message-ID"), !=, mail_part_get (one, "Message-ID"));
}

static void
test_mail_about_no_print_answers_to_none (void)
{
  HeraldEmailHeader header = plain_header;
  g_autoptr(MailPart) mail = NULL;

  header.thread = NULL;
  mail = write_mail (&header, "MK4: ready", "x", NULL);
  g_assert_null (mail_part_get (mail, "References"));
  g_assert_null (mail_part_get (mail, "In-Reply-To"));
}

static void
test_thread_is_that_of_print_printer_and_channel (void)
{
  g_autoptr(GBytes) install_key = g_bytes_new_static ("0123456789abcdef0123456789abcdef", 32);
  g_autofree char *one = herald_install_key_derive_thread (install_key, "mk4", "cube@1", "mail");
  g_autofree char *again = herald_install_key_derive_thread (install_key, "mk4", "cube@1", "mail");
  g_autofree char *printer = herald_install_key_derive_thread (install_key, "mk3", "cube@1", "mail");
  g_autofree char *job = herald_install_key_derive_thread (install_key, "mk4", "cube@2", "mail");
  g_autofree char *channel = herald_install_key_derive_thread (install_key, "mk4", "cube@1", "work");

  g_assert_cmpstr (one, ==, again);
  g_assert_cmpstr (one, !=, printer);
  g_assert_cmpstr (one, !=, job);
  g_assert_cmpstr (one, !=, channel);
  for (const char *p = one; *p != '\0'; p++)
    g_assert_true (g_ascii_isalnum (*p));
}

/* Gmail wants equal subjects; then the body has to say what happened. */
static void
test_subject_can_be_the_same_for_a_print (void)
{
  HeraldEmailHeader header = plain_header;
  g_autoptr(MailPart) one = NULL;
  g_autoptr(MailPart) other = NULL;
  g_autofree char *text = NULL;

  header.names_print = TRUE;
  one = write_mail (&header, "MK4: print started", "It runs.", NULL);
  other = write_mail (&header, "MK4: print finished", "It is done.", NULL);
  text = mail_part_dup_text (other);

  g_assert_cmpstr (mail_part_get (one, "Subject"), ==, "MK4: cube.gcode");
  g_assert_cmpstr (mail_part_get (other, "Subject"), ==, "MK4: cube.gcode");
  g_assert_cmpstr (text, ==, "MK4: print finished\n\nIt is done.\n");
}

static void
test_html_stands_beside_the_plain_text (void)
{
  HeraldEmailHeader header = plain_header;
  g_autoptr(MailPart) mail = NULL;
  g_autofree char *page = NULL;

  header.html = TRUE;
  mail = write_mail (&header, "1 < 2 & \"3\"", "<script>alert('x')</script>\n\nA & B", NULL);

  g_assert_true (mail_part_is (mail, "multipart/alternative"));
  page = mail_part_dup_text (g_ptr_array_index (mail->parts, 1));
  g_assert_nonnull (strstr (page, "<title>1 &lt; 2 &amp; &quot;3&quot;</title>"));
  g_assert_null (strstr (page, "<script"));
  g_assert_null (strstr (page, "http"));
  g_assert_null (strstr (page, "color:"));
}

static void
test_picture_is_shown_within_the_page (void)
{
  HeraldEmailHeader header = plain_header;
  g_autoptr(MailPart) mail = NULL;
  MailPart *related;
  g_autofree char *page = NULL;

  header.inline_picture = TRUE;
  mail = write_mail (&header, "MK4: print finished", "x", "image/jpeg");
  g_assert_true (mail_part_is (mail, "multipart/alternative"));
  related = g_ptr_array_index (mail->parts, 1);
  g_assert_true (mail_part_is (related, "multipart/related"));
  page = mail_part_dup_text (g_ptr_array_index (related->parts, 0));
  g_assert_nonnull (strstr (page, "<img src=\"cid:0123456789abcdef@example.org\" alt=\"MK4: print finished\" width=\"320\""));
  g_assert_cmpstr (mail_part_get (g_ptr_array_index (related->parts, 1), "Content-Id"), ==,
                   "<0123456789abcdef@example.org>");
}

/* No program plays one within a page. */
static void
test_film_stays_an_attachment (void)
{
  HeraldEmailHeader header = plain_header;
  g_autoptr(MailPart) mail = NULL;

  header.inline_picture = TRUE;
  header.html = TRUE;
  mail = write_mail (&header, "MK4: film", "x", "video/mp4");
  g_assert_true (mail_part_is (mail, "multipart/mixed"));
  g_assert_true (mail_part_is (g_ptr_array_index (mail->parts, 0), "multipart/alternative"));
}

static void
test_sms_has_nothing_but_what_it_must (void)
{
  HeraldEmailHeader header = plain_header;
  g_autoptr(GBytes) mail = NULL;
  gsize length = 0;
  const char *data;

  header.sms = TRUE;
  header.html = TRUE;
  header.only_recipient = "5550100@sms.example";
  mail = write_bytes (&header, "MK4: print finished", "MK4: cube is done.", NULL);
  data = g_bytes_get_data (mail, &length);
  g_assert_true (g_str_has_prefix (data, "From: herald@example.org\r\nTo: 5550100@sms.example\r\nDate: "));
  g_assert_nonnull (g_strstr_len (data, (gssize) length,
                                  "\r\nMessage-ID: <0123456789abcdef@example.org>\r\n\r\nMK4: cube is done.\r\n"));
}

static void
test_sms_with_other_letters_says_which (void)
{
  HeraldEmailHeader header = plain_header;
  g_autoptr(MailPart) mail = NULL;

  header.sms = TRUE;
  mail = write_mail (&header, "", "MK4: größe ist da", NULL);
  g_assert_cmpstr (mail_part_get (mail, "Content-Type"), ==, "text/plain; charset=utf-8");
}

/* Words that were made for a mail, before somebody said that it goes to phones */
static void
test_sms_that_is_too_long_is_cut (void)
{
  HeraldEmailHeader header = plain_header;
  g_autofree char *words = g_strnfill (200, 'x');
  g_autoptr(MailPart) mail = NULL;
  g_autofree char *text = NULL;

  header.sms = TRUE;
  mail = write_mail (&header, "", words, NULL);
  text = mail_part_dup_text (mail);
  g_assert_cmpuint (strlen (text), ==, 121);
  g_assert_true (g_str_has_suffix (text, "x...\n"));
}

static void
test_mms_has_text_and_one_picture (void)
{
  HeraldEmailHeader header = plain_header;
  g_autoptr(MailPart) mail = NULL;
  g_autoptr(MailPart) film = NULL;

  header.sms = TRUE;
  header.mms = TRUE;
  header.inline_picture = TRUE;
  mail = write_mail (&header, "MK4: done", "MK4: cube is done.", "image/jpeg");
  g_assert_true (mail_part_is (mail, "multipart/mixed"));
  g_assert_true (mail_part_is (g_ptr_array_index (mail->parts, 0), "text/plain"));
  g_assert_true (mail_part_is (g_ptr_array_index (mail->parts, 1), "image/jpeg"));
  g_assert_null (mail_part_get (mail, "Subject"));

  film = write_mail (&header, "MK4: done", "MK4: cube is done.", "video/mp4");
  g_assert_cmpuint (film->parts->len, ==, 0);
}

/* A hidden copy is the mail that all get: whom it goes to is said in the envelope alone. */
static void
test_only_recipient_stands_for_all (void)
{
  HeraldEmailHeader header = plain_header;
  g_autoptr(MailPart) mail = NULL;

  header.only_recipient = "boss@example.org";
  mail = write_mail (&header, "MK4", "x", NULL);
  g_assert_cmpstr (mail_part_get (mail, "To"), ==, "boss@example.org");
  g_assert_null (mail_part_get (mail, "Cc"));
  g_assert_null (mail_part_get (mail, "Bcc"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/email-shapes/thread", test_mails_of_a_print_answer_to_one_that_never_was);
  g_test_add_func ("/email-shapes/no-thread", test_mail_about_no_print_answers_to_none);
  g_test_add_func ("/email-shapes/thread-key", test_thread_is_that_of_print_printer_and_channel);
  g_test_add_func ("/email-shapes/subject-of-print", test_subject_can_be_the_same_for_a_print);
  g_test_add_func ("/email-shapes/html", test_html_stands_beside_the_plain_text);
  g_test_add_func ("/email-shapes/picture-within", test_picture_is_shown_within_the_page);
  g_test_add_func ("/email-shapes/film", test_film_stays_an_attachment);
  g_test_add_func ("/email-shapes/sms", test_sms_has_nothing_but_what_it_must);
  g_test_add_func ("/email-shapes/sms-letters", test_sms_with_other_letters_says_which);
  g_test_add_func ("/email-shapes/sms-length", test_sms_that_is_too_long_is_cut);
  g_test_add_func ("/email-shapes/mms", test_mms_has_text_and_one_picture);
  g_test_add_func ("/email-shapes/only-recipient", test_only_recipient_stands_for_all);

  return g_test_run ();
}
