/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-smtp-rules"

#include <string.h>

#include "core/base/error.h"
#include "core/net/smtp-address.h"
#include "core/net/smtp-capabilities.h"
#include "core/net/smtp-reply.h"
#include "core/net/smtp-verdict.h"

/* Feeds the bytes one by one, as slowly as a network can. */
static HeraldSmtpReply *
parse (const char  *bytes,
       GError     **error)
{
  g_autoptr(HeraldSmtpParser) parser = herald_smtp_parser_new ();
  HeraldSmtpReply *reply = NULL;
  GError *local_error = NULL;

  for (const char *p = bytes; *p != '\0' && reply == NULL && local_error == NULL; p++)
    {
      gsize used = 0;

      reply = herald_smtp_parser_feed (parser, p, 1, &used, &local_error);
    }
  if (local_error != NULL)
    g_propagate_error (error, local_error);

  return reply;
}

static void
test_replies_of_one_and_many_lines (void)
{
  static const struct
  {
    const char *bytes;
    int code;
    const char *enhanced;
    const char *text;
  } rows[] = {
    { "250 OK\r\n", 250, NULL, "OK" },
    { "250\r\n", 250, NULL, "" },
    { "250 OK\n", 250, NULL, "OK" },
    { "250-one\r\n250-two\r\n250 three\r\n", 250, NULL, "one two three" },
    { "550 5.1.1 No such user\r\n", 550, "5.1.1", "5.1.1 No such user" },
    { "550-5.1.1 No such\r\n550 5.1.1 user\r\n", 550, "5.1.1", "5.1.1 No such user" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(HeraldSmtpReply) reply = parse (rows[i].bytes, &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      g_assert_nonnull (reply);
      text = herald_smtp_reply_dup_text (reply);
      g_assert_cmpint (reply->code, ==, rows[i].code);
      g_assert_cmpstr (reply->enhanced, ==, rows[i].enhanced);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_what_is_no_reply_is_refused (void)
{
  static const char *const nonsense[] = {
    "HTTP/1.1 400 Bad Request\r\n", "25 OK\r\n", "abc\r\n", "\r\n", "250-one\r\n550 two\r\n", "9999 x\r\n", "099 x\r\n",
  };
  g_autoptr(GString) endless = g_string_new (NULL);
  g_autofree char *long_line = g_strnfill (HERALD_SMTP_REPLY_MAX_LINE_BYTES + 10, 'x');

  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (parse (nonsense[i], &error));
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_PROTOCOL);
    }

  for (guint i = 0; i <= HERALD_SMTP_REPLY_MAX_LINES; i++)
    g_string_append (endless, "250-again\r\n");
  g_string_append_printf (endless, "250 end\r\n");
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *line = g_strconcat ("250 ", long_line, "\r\n", NULL);
      g_autoptr(GError) error = NULL;

      g_assert_null (parse (i == 0 ? endless->str : line, &error));
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_PROTOCOL);
    }
}

static void
test_capabilities_are_read (void)
{
  g_autoptr(HeraldSmtpReply) reply = parse ("250-mx.example.org hello\r\n250-SIZE 1000\r\n250-starttls\r\n"
                                            "250-AUTH LOGIN plain\r\n250-AUTH=LOGIN\r\n250 8BITMIME\r\n", NULL);
  HeraldSmtpCapabilities capabilities = { 0 };
  g_autoptr(GError) error = NULL;

  herald_smtp_capabilities_read (&capabilities, reply);
  g_assert_true (capabilities.starttls);
  g_assert_true (capabilities.eight_bit_mime);
  g_assert_false (capabilities.smtp_utf8);
  g_assert_cmpuint (capabilities.size_bytes, ==, 1000);
  g_assert_nonnull (strstr (capabilities.mechanisms, "PLAIN"));

  g_assert_true (herald_smtp_capabilities_check (&capabilities, 1000, FALSE, &error));
  g_assert_no_error (error);
  g_assert_false (herald_smtp_capabilities_check (&capabilities, 1001, FALSE, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_REJECTED);
  g_clear_error (&error);
  g_assert_false (herald_smtp_capabilities_check (&capabilities, 10, TRUE, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_REJECTED);
  herald_smtp_capabilities_clear (&capabilities);
}

static void
test_each_refusal_says_what_to_do (void)
{
  static const struct
  {
    HeraldSmtpStep step;
    const char *bytes;
    HeraldError code;
  } rows[] = {
    { HERALD_SMTP_STEP_GREETING, "421 busy\r\n", HERALD_ERROR_UNREACHABLE },
    { HERALD_SMTP_STEP_GREETING, "554 go away\r\n", HERALD_ERROR_UNREACHABLE },
    { HERALD_SMTP_STEP_TLS, "454 not now\r\n", HERALD_ERROR_UNREACHABLE },
    { HERALD_SMTP_STEP_TLS, "501 no\r\n", HERALD_ERROR_UNTRUSTED },
    { HERALD_SMTP_STEP_LOGIN, "535 5.7.8 wrong\r\n", HERALD_ERROR_UNAUTHORIZED },
    { HERALD_SMTP_STEP_LOGIN, "534 5.7.9 app password\r\n", HERALD_ERROR_UNAUTHORIZED },
    { HERALD_SMTP_STEP_LOGIN, "454 4.7.0 later\r\n", HERALD_ERROR_BUSY },
    { HERALD_SMTP_STEP_SENDER, "530 login first\r\n", HERALD_ERROR_UNAUTHORIZED },
    { HERALD_SMTP_STEP_SENDER, "553 not yours\r\n", HERALD_ERROR_SETTINGS },
    { HERALD_SMTP_STEP_RECIPIENT, "450 greylisted\r\n", HERALD_ERROR_BUSY },
    { HERALD_SMTP_STEP_RECIPIENT, "550 5.1.1 unknown\r\n", HERALD_ERROR_REJECTED },
    { HERALD_SMTP_STEP_DATA, "552 too big\r\n", HERALD_ERROR_REJECTED },
    { HERALD_SMTP_STEP_COMMITTING, "451 later\r\n", HERALD_ERROR_BUSY },
    { HERALD_SMTP_STEP_COMMITTING, "554 spam\r\n", HERALD_ERROR_REJECTED },
    { HERALD_SMTP_STEP_COMMITTING, "354 go on\r\n", HERALD_ERROR_AMBIGUOUS },
    { HERALD_SMTP_STEP_SENDER, "354 go on\r\n", HERALD_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(HeraldSmtpReply) reply = parse (rows[i].bytes, NULL);
      g_autoptr(GError) error = herald_smtp_verdict_on_reply (rows[i].step, reply);

      g_assert_error (error, HERALD_ERROR, (int) rows[i].code);
      g_assert_cmpuint (strlen (error->message), >, 20);
      g_assert_cmpint (herald_error_get_reply_code (error), ==, reply->code);
      g_assert_nonnull (herald_error_get_reply (error));
    }
}

static void
test_only_after_the_dot_is_a_break_ambiguous (void)
{
  g_autoptr(GError) broken = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "x");
  g_autoptr(GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");

  for (int step = HERALD_SMTP_STEP_CONNECT; step <= HERALD_SMTP_STEP_COMMITTING; step++)
    {
      g_autoptr(GError) error = herald_smtp_verdict_on_failure ((HeraldSmtpStep) step, broken);
      g_autoptr(GError) ours = herald_smtp_verdict_on_failure ((HeraldSmtpStep) step, cancelled);

      HeraldError expected = step == HERALD_SMTP_STEP_COMMITTING ? HERALD_ERROR_AMBIGUOUS
                                                                 : HERALD_ERROR_UNREACHABLE;

      g_assert_error (error, HERALD_ERROR, (int) expected);
      g_assert_error (ours, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static void
test_addresses_are_made_fit_for_the_wire (void)
{
  static const struct
  {
    const char *address;
    const char *wire;
  } rows[] = {
    { "name@example.org", "name@example.org" },
    { "na.me+tag@example.org", "na.me+tag@example.org" },
    { "name@b\303\274cher.example", "name@xn--bcher-kva.example" },
    { "name@[192.0.2.1]", "name@[192.0.2.1]" },
    { "a@b\r\nRCPT TO:<evil@example.org>", NULL },
    { "a b@example.org", NULL },
    { "<a@example.org>", NULL },
    { "@example.org", NULL },
    { "name@", NULL },
    { "name", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *wire = herald_smtp_address_normalize (rows[i].address, &error);

      g_assert_cmpstr (wire, ==, rows[i].wire);
      if (wire == NULL)
        g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/smtp-rules/reply", test_replies_of_one_and_many_lines);
  g_test_add_func ("/smtp-rules/nonsense", test_what_is_no_reply_is_refused);
  g_test_add_func ("/smtp-rules/capabilities", test_capabilities_are_read);
  g_test_add_func ("/smtp-rules/verdict", test_each_refusal_says_what_to_do);
  g_test_add_func ("/smtp-rules/ambiguity", test_only_after_the_dot_is_a_break_ambiguous);
  g_test_add_func ("/smtp-rules/addresses", test_addresses_are_made_fit_for_the_wire);

  return g_test_run ();
}
