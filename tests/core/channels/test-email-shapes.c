/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-email-shapes"

#include <string.h>

#include "core/outbox/install-key.h"
#include "letter-fixture.h"

static void
test_mails_of_a_print_answer_to_one_that_never_was (void)
{
  HeraldEmailHeader later = letter_header;
  g_autoptr(MailPart) one = letter_read (&letter_header, "MK4: print started", "x", NULL);
  g_autoptr(MailPart) other = NULL;

  later.key = "00000000aaaaaaaa";
  other = letter_read (&later, "MK4: print finished", "y", NULL);

  g_assert_cmpstr (mail_part_get (one, "References"), ==, "<fedcba9876543210@example.org>");
  g_assert_cmpstr (mail_part_get (one, "In-Reply-To"), ==, "<fedcba9876543210@example.org>");
  g_assert_cmpstr (mail_part_get (other, "References"), ==, mail_part_get (one, "References"));
  g_assert_cmpstr (mail_part_get (other, "Message-ID"), !=, mail_part_get (one, "Message-ID"));
}

static void
test_mail_about_no_print_answers_to_none (void)
{
  HeraldEmailHeader header = letter_header;
  g_autoptr(MailPart) mail = NULL;

  header.thread = NULL;
  mail = letter_read (&header, "MK4: ready", "x", NULL);
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
  HeraldEmailHeader header = letter_header;
  g_autoptr(MailPart) one = NULL;
  g_autoptr(MailPart) other = NULL;
  g_autofree char *text = NULL;

  header.names_print = TRUE;
  one = letter_read (&header, "MK4: print started", "It runs.", NULL);
  other = letter_read (&header, "MK4: print finished", "It is done.", NULL);
  text = mail_part_dup_text (other);

  g_assert_cmpstr (mail_part_get (one, "Subject"), ==, "MK4: cube.gcode");
  g_assert_cmpstr (mail_part_get (other, "Subject"), ==, "MK4: cube.gcode");
  g_assert_cmpstr (text, ==, "MK4: print finished\n\nIt is done.\n");
}

static void
test_html_stands_beside_the_plain_text (void)
{
  HeraldEmailHeader header = letter_header;
  g_autoptr(MailPart) mail = NULL;
  g_autofree char *page = NULL;

  header.html = TRUE;
  mail = letter_read (&header, "1 < 2 & \"3\"", "<script>alert('x')</script>\n\nA & B", NULL);

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
  HeraldEmailHeader header = letter_header;
  g_autoptr(MailPart) mail = NULL;
  MailPart *related;
  g_autofree char *page = NULL;

  header.inline_picture = TRUE;
  mail = letter_read (&header, "MK4: print finished", "x", "image/jpeg");
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
  HeraldEmailHeader header = letter_header;
  g_autoptr(MailPart) mail = NULL;

  header.inline_picture = TRUE;
  header.html = TRUE;
  mail = letter_read (&header, "MK4: film", "x", "video/mp4");
  g_assert_true (mail_part_is (mail, "multipart/mixed"));
  g_assert_true (mail_part_is (g_ptr_array_index (mail->parts, 0), "multipart/alternative"));
}

/* A hidden copy is the mail that all get: whom it goes to is said in the envelope alone. */
static void
test_only_recipient_stands_for_all (void)
{
  HeraldEmailHeader header = letter_header;
  g_autoptr(MailPart) mail = NULL;

  header.only_recipient = "boss@example.org";
  mail = letter_read (&header, "MK4", "x", NULL);
  g_assert_cmpstr (mail_part_get (mail, "To"), ==, "boss@example.org");
  g_assert_null (mail_part_get (mail, "Cc"));
  g_assert_null (mail_part_get (mail, "Bcc"));
}

/* The text of a mail whose first attempt began so many seconds after it was worded */
static char *
read_late (gint64 late_s)
{
  HeraldEmailHeader header = letter_header;
  g_autoptr(HeraldMessage) message = letter_make_message ("MK4", "It is done.");
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(MailPart) mail = NULL;
  gsize length = 0;
  const char *data;

  header.begun_ms = message->created_ms + late_s * 1000;
  bytes = herald_email_message_write (message, NULL, &header, NULL);
  data = g_bytes_get_data (bytes, &length);
  mail = mail_part_read (data, length);

  return mail_part_dup_text (mail);
}

static void
test_late_mail_says_so (void)
{
  static const struct
  {
    gint64 late_s;
    const char *text;
  } rows[] = {
    { 0, "It is done.\n" },
    { 599, "It is done.\n" },
    { 600, "It is done.\n\n(Sent 10 minutes late: it was not possible earlier.)\n" },
    { 119 * 60 + 59, "It is done.\n\n(Sent 119 minutes late: it was not possible earlier.)\n" },
    { 3 * 3600 + 1800, "It is done.\n\n(Sent 3 hours late: it was not possible earlier.)\n" },
    { 8 * 24 * 3600, "It is done.\n" },
    { -3600, "It is done.\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = read_late (rows[i].late_s);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
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
  g_test_add_func ("/email-shapes/late", test_late_mail_says_so);
  g_test_add_func ("/email-shapes/only-recipient", test_only_recipient_stands_for_all);

  return g_test_run ();
}
