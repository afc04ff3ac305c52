/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-email-message"

#include "core/channels/email/email-message.h"

#include <string.h>

static const HeraldEmailHeader plain_header = {
  .from = "herald@example.org",
  .to = "maker@example.org",
  .key = "0123456789abcdef",
};

static char *
write_message (const char              *title,
               const char              *text,
               const char              *printer_name,
               const HeraldEmailHeader *header)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldMessage) message = herald_message_new (&(HeraldMessage) {
    .kind = HERALD_KIND_PRINT_DONE,
    .printer_name = (char *) printer_name,
    .title = (char *) title,
    .text = (char *) text,
    .created_ms = G_GINT64_CONSTANT (1795228393000),
  });
  g_autoptr(GBytes) bytes = herald_email_message_write (message, NULL, header, &error);
  gsize length;
  const char *data;

  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &length);

  return g_strndup (data, length);
}

/* The value of a header field, unfolded; the field must be there exactly once. */
static char *
get_field (const char *mail,
           const char *name)
{
  g_autofree char *header = g_strndup (mail, (gsize) (strstr (mail, "\r\n\r\n") - mail));
  g_autofree char *pattern = g_strdup_printf ("(?mi)^%s: ((?:.|\\r\\n[ \\t])*)", name);
  g_autoptr(GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  char *value;

  g_assert_true (g_regex_match (regex, header, 0, &match));
  value = g_match_info_fetch (match, 1);
  g_assert_false (g_match_info_next (match, NULL));

  return g_strstrip (value);
}

static guint
count_fields (const char *mail)
{
  g_autofree char *header = g_strndup (mail, (gsize) (strstr (mail, "\r\n\r\n") - mail));
  g_auto(GStrv) lines = g_strsplit (header, "\r\n", -1);
  guint n = 0;

  for (char **line = lines; *line != NULL; line++)
    n += **line != ' ' && **line != '\t';

  return n;
}

static void
test_header_is_complete (void)
{
  g_autofree char *mail = write_message ("MK3: print finished", "cube is done.", "MK3", &plain_header);
  g_autofree char *from = get_field (mail, "From");
  g_autofree char *to = get_field (mail, "To");
  g_autofree char *subject = get_field (mail, "Subject");
  g_autofree char *id = get_field (mail, "Message-Id");
  g_autofree char *automatic = get_field (mail, "Auto-Submitted");
  g_autofree char *version = get_field (mail, "MIME-Version");
  g_autofree char *date = get_field (mail, "Date");

  g_assert_cmpstr (from, ==, "MK3 <herald@example.org>");
  g_assert_cmpstr (to, ==, "maker@example.org");
  g_assert_cmpstr (subject, ==, "MK3: print finished");
  g_assert_cmpstr (id, ==, "<0123456789abcdef@example.org>");
  g_assert_cmpstr (automatic, ==, "auto-generated");
  g_assert_cmpstr (version, ==, "1.0");
  g_assert_nonnull (strstr (date, " Nov 2026 "));
  g_assert_nonnull (strstr (mail, "\r\n\r\ncube is done.\r\n"));
}

static void
test_same_message_is_the_same_bytes (void)
{
  g_autofree char *first = write_message ("Ä", "Grüße 🎉", "MK3", &plain_header);
  g_autofree char *second = NULL;

  g_usleep (1100 * 1000);
  second = write_message ("Ä", "Grüße 🎉", "MK3", &plain_header);

  g_assert_cmpstr (first, ==, second);
}

static void
test_hostile_texts_stay_texts (void)
{
  static const char *const hostile[] = {
    "a\r\nBcc: evil@example.org", "a\nX-Evil: 1", "a\r\n\r\nbody", "\xff\xfe", "\x01\x02", "a\u202eb", "",
    "=?utf-8?q?x?=", "\"<evil@example.org>\", ",
  };
  g_autofree char *harmless = write_message ("a", "b", "c", &plain_header);
  g_autofree char *long_text = g_strnfill (10000, 'x');

  for (guint i = 0; i <= G_N_ELEMENTS (hostile); i++)
    {
      const char *text = i < G_N_ELEMENTS (hostile) ? hostile[i] : long_text;
      g_autofree char *mail = write_message (text, text, text, &plain_header);
      g_autofree char *to = get_field (mail, "To");
      g_auto(GStrv) lines = g_strsplit (mail, "\r\n", -1);

      g_assert_cmpuint (count_fields (mail), ==, count_fields (harmless));
      g_assert_cmpstr (to, ==, "maker@example.org");
      for (char **line = lines; *line != NULL; line++)
        {
          g_assert_cmpuint (strlen (*line), <=, 998);
          g_assert_null (strpbrk (*line, "\r\n"));
        }
    }
}

static void
test_copies_are_seen_and_hidden_copies_are_not (void)
{
  HeraldEmailHeader header = plain_header;
  g_autofree char *mail = NULL;
  g_autofree char *to = NULL;
  g_autofree char *cc = NULL;

  header.to = "a@example.org, B <b@example.org>,";
  header.cc = "c@example.org";
  mail = write_message ("t", "x", "", &header);
  to = get_field (mail, "To");
  cc = get_field (mail, "Cc");

  g_assert_cmpstr (to, ==, "a@example.org, b@example.org");
  g_assert_cmpstr (cc, ==, "c@example.org");
  g_assert_null (strstr (mail, "Bcc"));
}

static void
test_phone_gets_a_short_text_alone (void)
{
  HeraldEmailHeader header = plain_header;
  g_autofree char *long_text = g_strnfill (1000, 'x');
  g_autofree char *mail = NULL;

  header.sms = TRUE;
  mail = write_message ("Title", long_text, "MK3", &header);

  g_assert_null (strstr (mail, "Subject"));
  g_assert_cmpuint (strlen (strstr (mail, "\r\n\r\n")), <, 400);
}

static void
test_lists_of_addresses_as_people_type_them (void)
{
  static const struct
  {
    const char *list;
    const char *addresses;
  } rows[] = {
    { "a@example.org", "a@example.org" },
    { "Anna <a@example.org>, b@example.org", "a@example.org b@example.org" },
    { " a@example.org ,, A@example.org, ", "a@example.org" },
    { ", , ", "" },
    { "", "" },
    { NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto(GStrv) addresses = herald_email_message_dup_addresses (rows[i].list);
      g_autofree char *joined = g_strjoinv (" ", addresses);

      g_assert_cmpstr (joined, ==, rows[i].addresses);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/email-message/header", test_header_is_complete);
  g_test_add_func ("/email-message/same-bytes", test_same_message_is_the_same_bytes);
  g_test_add_func ("/email-message/hostile", test_hostile_texts_stay_texts);
  g_test_add_func ("/email-message/copies", test_copies_are_seen_and_hidden_copies_are_not);
  g_test_add_func ("/email-message/sms", test_phone_gets_a_short_text_alone);
  g_test_add_func ("/email-message/addresses", test_lists_of_addresses_as_people_type_them);

  return g_test_run ();
}
