/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-email-phones"

#include <string.h>

#include "letter-fixture.h"

static void
test_sms_has_nothing_but_what_it_must (void)
{
  HeraldEmailHeader header = letter_header;
  g_autoptr(GBytes) mail = NULL;
  gsize length = 0;
  const char *data;

  header.sms = TRUE;
  header.html = TRUE;
  header.only_recipient = "5550100@sms.example";
  mail = letter_write (&header, "MK4: print finished", "MK4: cube is done.", NULL);
  data = g_bytes_get_data (mail, &length);
  g_assert_true (g_str_has_prefix (data, "From: herald@example.org\r\nTo: 5550100@sms.example\r\nDate: "));
  g_assert_nonnull (g_strstr_len (data, (gssize) length,
                                  "\r\nMessage-ID: <0123456789abcdef@example.org>\r\n\r\nMK4: cube is done.\r\n"));
}

static void
test_sms_with_other_letters_says_which (void)
{
  HeraldEmailHeader header = letter_header;
  g_autoptr(MailPart) mail = NULL;

  header.sms = TRUE;
  mail = letter_read (&header, "", "MK4: größe ist da", NULL);
  g_assert_cmpstr (mail_part_get (mail, "Content-Type"), ==, "text/plain; charset=utf-8");
}

/* Words that were made for a mail, before somebody said that it goes to phones */
static void
test_sms_that_is_too_long_is_cut (void)
{
  HeraldEmailHeader header = letter_header;
  g_autofree char *words = g_strnfill (200, 'x');
  g_autoptr(MailPart) mail = NULL;
  g_autofree char *text = NULL;

  header.sms = TRUE;
  mail = letter_read (&header, "", words, NULL);
  text = mail_part_dup_text (mail);
  g_assert_cmpuint (strlen (text), ==, 121);
  g_assert_true (g_str_has_suffix (text, "x...\n"));
}

static void
test_mms_has_text_and_one_picture (void)
{
  HeraldEmailHeader header = letter_header;
  g_autoptr(MailPart) mail = NULL;
  g_autoptr(MailPart) film = NULL;

  header.sms = TRUE;
  header.mms = TRUE;
  header.inline_picture = TRUE;
  mail = letter_read (&header, "MK4: done", "MK4: cube is done.", "image/jpeg");
  g_assert_true (mail_part_is (mail, "multipart/mixed"));
  g_assert_true (mail_part_is (g_ptr_array_index (mail->parts, 0), "text/plain"));
  g_assert_true (mail_part_is (g_ptr_array_index (mail->parts, 1), "image/jpeg"));
  g_assert_null (mail_part_get (mail, "Subject"));

  film = letter_read (&header, "MK4: done", "MK4: cube is done.", "video/mp4");
  g_assert_cmpuint (film->parts->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/email-phones/sms", test_sms_has_nothing_but_what_it_must);
  g_test_add_func ("/email-phones/sms-letters", test_sms_with_other_letters_says_which);
  g_test_add_func ("/email-phones/sms-length", test_sms_that_is_too_long_is_cut);
  g_test_add_func ("/email-phones/mms", test_mms_has_text_and_one_picture);

  return g_test_run ();
}
