/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-email-hostile"

#include <string.h>

#include "fuzz/mail-check.h"

/* What strangers, or somebody who was in a hurry, may have called a printer or a file. */
static const char *const texts[] = {
  "a\r\nBcc: evil@example.org",
  "a\nBcc: evil@example.org",
  "a\rBcc: evil@example.org",
  "a\r\n\r\nbody",
  "a\n.\nMAIL FROM:<x>",
  "a\v\f\x1b[31mb",
  "\x01\x02\x7f",
  "\xc2\x85next\xc2\x9f",
  "a\xe2\x80\xa8" "b\xe2\x80\xa9" "c",
  "a\xe2\x80\xae" "exe.jpg",
  "\xe2\x81\xa6x\xe2\x81\xa9\xef\xbb\xbf",
  "\xff\xfe\x80",
  "\xed\xa0\x80",
  "",
  " ",
  "=?utf-8?q?x?=",
  "=?utf-8?b?QmFuaw==?= <evil@example.org>",
  "a =?utf-8?q?x?= b =?us-ascii?q?y",
  "?==?=?",
  "\"<evil@example.org>\", ",
  "evil@example.org>, <x",
  "(comment) a;b:c,d\\",
  "\\\"",
  "--=_0123456789abcdef.mixed",
  "--=_0123456789abcdef.mixed--",
  "From me",
  ".",
  "<img src=x onerror=alert(1)>",
  "</title></body></html>&lt;&#x3c;",
  "javascript:alert('x')\" onload=\"y",
  "a                                                                                            b",
  "👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦",
  "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字",
};

static const HeraldEmailHeader plain_header = {
  .from = "herald@example.org",
  .to = "maker@example.org",
  .key = "0123456789abcdef",
  .thread = "fedcba9876543210",
};

static void
check (const char              *text,
       const HeraldEmailHeader *header)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("picture", 7);
  HeraldAttachment picture = {
    .path = (char *) "/nowhere",
    .media_type = (char *) "image/jpeg",
    .suffix = (char *) "jpg",
    .bytes = bytes,
    .n_bytes = 7,
  };
  HeraldMessage content = {
    .kind = HERALD_KIND_PRINT_DONE,
    .printer_name = (char *) text,
    .title = (char *) text,
    .text = (char *) text,
    .file = (char *) text,
    .created_ms = G_GINT64_CONSTANT (1795228393000),
  };
  g_autoptr(HeraldMessage) message = herald_message_new (&content);
  g_autoptr(HeraldAttachment) attachment = herald_attachment_new (&picture);
  g_autoptr(GBytes) with = mail_check (message, attachment, header);
  g_autoptr(GBytes) without = mail_check (message, NULL, header);

  g_assert_cmpuint (g_bytes_get_size (with), >, 0);
  g_assert_cmpuint (g_bytes_get_size (without), >, 0);
}

static void
check_all_looks (const char *text)
{
  for (guint look = 0; look < 1 << 6; look++)
    {
      HeraldEmailHeader header = plain_header;

      header.sms = (look & 1) != 0;
      header.mms = (look & 2) != 0;
      header.html = (look & 4) != 0;
      header.inline_picture = (look & 8) != 0;
      header.names_print = (look & 16) != 0;
      header.from_name = look & 32 ? text : NULL;
      check (text, &header);
    }
}

static void
test_words_of_strangers_stay_words (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    check_all_looks (texts[i]);
}

static void
test_long_words_of_strangers_end_somewhere (void)
{
  g_autofree char *letters = g_strnfill (2 * 1024 * 1024, 'x');
  g_autofree char *spaces = g_strnfill (100 * 1000, ' ');
  GString *emoji = g_string_new (NULL);

  for (guint i = 0; i < 50 * 1000; i++)
    g_string_append (emoji, "🎉");
  check (letters, &plain_header);
  check (spaces, &plain_header);
  check (emoji->str, &plain_header);
  g_string_free (emoji, TRUE);
}

/* Each break between lines, between words and between characters is at every place once. */
static void
test_every_length_is_folded_right (void)
{
  GString *ascii = g_string_new (NULL);
  GString *mixed = g_string_new (NULL);

  for (guint i = 0; i < 260; i++)
    {
      g_string_append_c (ascii, i % 7 == 6 ? ' ' : 'a');
      g_string_append (mixed, i % 5 == 4 ? " " : i % 3 == 0 ? "ä" : i % 3 == 1 ? "漢" : "🎉");
      check (ascii->str, &plain_header);
      check (mixed->str, &plain_header);
    }
  g_string_free (ascii, TRUE);
  g_string_free (mixed, TRUE);
}

static void
test_addresses_are_nothing_but_addresses (void)
{
  static const struct
  {
    const char *list;
    const char *addresses;
  } rows[] = {
    { "=?utf-8?q?a=40b=2Cevil?=@example.org", "" },
    { "a@example.org\r\nBcc: evil@example.org", "a@example.org" },
    { "\"a\r\nBcc: evil\"@example.org", "" },
    { "\"a,b\"@example.org", "\"a,b\"@example.org" },
    { "\"a<b>\"@example.org", "\"a<b>\"@example.org" },
    { "Anna (com, ment) <a@example.org>", "a@example.org" },
    { "friends: a@example.org, b@example.org;", "" },
    { "<@relay.example:a@example.org>", "a@example.org" },
    { "=?utf-8?q?a=40b=2Cevil?= <c@example.org>", "c@example.org" },
    { "=?utf-8?q?a=40b=2Cevil?=@example.org", "" },
    { "a@exam\xe2\x80\xaeple.org", "" },
    { "<>", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      HeraldEmailHeader header = plain_header;
      g_auto(GStrv) addresses = herald_email_message_dup_addresses (rows[i].list);
      g_autofree char *joined = g_strjoinv (" ", addresses);

      g_assert_cmpstr (joined, ==, rows[i].addresses);
      header.to = rows[i].list;
      header.cc = rows[i].list;
      check ("x", &header);
    }
}

/* It becomes part of the Message-ID. */
static void
test_odd_domain_of_the_sender_stays_out_of_the_ids (void)
{
  static const char *const senders[] = { "a@[192.0.2.1]", "root", "\"x@y>\"@example.org", "a@b\xc3\xbc" "cher.example" };

  for (gsize i = 0; i < G_N_ELEMENTS (senders); i++)
    {
      HeraldEmailHeader header = plain_header;

      header.from = senders[i];
      check ("x", &header);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/email-hostile/words", test_words_of_strangers_stay_words);
  g_test_add_func ("/email-hostile/long-words", test_long_words_of_strangers_end_somewhere);
  g_test_add_func ("/email-hostile/folding", test_every_length_is_folded_right);
  g_test_add_func ("/email-hostile/addresses", test_addresses_are_nothing_but_addresses);
  g_test_add_func ("/email-hostile/domains", test_odd_domain_of_the_sender_stays_out_of_the_ids);

  return g_test_run ();
}
