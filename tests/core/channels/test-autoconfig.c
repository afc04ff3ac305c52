/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-autoconfig"

#include "core/channels/email/setup/autoconfig.h"

#include <string.h>

#include "core/base/error.h"

#define ADDRESS "ada+3d@made.example"

#define SERVER(host, port, socket, more) \
  "<outgoingServer type='smtp'><hostname>" host "</hostname><port>" port "</port><socketType>" socket "</socketType>" \
  more "</outgoingServer>"
#define PASSWORD "<authentication>password-cleartext</authentication>"
#define TOKEN "<authentication>OAuth2</authentication>"
#define ADDRESS_AS_USER "<username>%EMAILADDRESS%</username>"
#define DESCRIPTION(servers) \
  "<?xml version='1.0' encoding='UTF-8'?><clientConfig version='1.1'><emailProvider id='made.example'>" \
  "<domain>made.example</domain><displayName>Made Mail</displayName>" servers "</emailProvider></clientConfig>"

static HeraldMailSetup *
read_description (const char *xml)
{
  g_autoptr(GError) error = NULL;
  HeraldMailSetup *setup = herald_autoconfig_read (xml, strlen (xml), ADDRESS, &error);

  g_assert_no_error (error);

  return setup;
}

static void
assert_refused (const char *xml,
                gsize       length)
{
  g_autoptr(GError) error = NULL;
  HeraldMailSetup *setup = herald_autoconfig_read (xml, length, ADDRESS, &error);

  g_assert_null (setup);
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_PROTOCOL);
}

static void
assert_server (const char         *xml,
               const char         *host,
               guint               port,
               HeraldSmtpSecurity  security,
               const char         *user,
               HeraldMailPassword  password)
{
  g_autoptr(HeraldMailSetup) setup = read_description (xml);

  g_assert_cmpstr (setup->host, ==, host);
  g_assert_cmpuint (setup->port, ==, port);
  g_assert_cmpint (setup->security, ==, security);
  g_assert_cmpstr (setup->user, ==, user);
  g_assert_cmpint (setup->password, ==, password);
}

static void
test_a_single_server_is_read (void)
{
  g_autoptr(HeraldMailSetup) setup = NULL;

  setup = read_description (
      DESCRIPTION ("<incomingServer type='imap'><hostname>imap.made.example</hostname><port>993</port>"
                   "<socketType>SSL</socketType></incomingServer>"
                   SERVER (" smtp.made.example\n", "465", "SSL", ADDRESS_AS_USER PASSWORD)
                   "<documentation url='http://made.example/plain'/><documentation url='https://made.example/help'>"
                   "<descr lang='en'>Help</descr></documentation><unknown><deeper>x</deeper></unknown>"));

  g_assert_cmpstr (setup->host, ==, "smtp.made.example");
  g_assert_cmpuint (setup->port, ==, 465);
  g_assert_cmpint (setup->security, ==, HERALD_SMTP_TLS);
  g_assert_cmpstr (setup->user, ==, ADDRESS);
  g_assert_cmpint (setup->password, ==, HERALD_MAIL_PASSWORD_USUAL);
  g_assert_cmpstr (setup->name, ==, "Made Mail");
  g_assert_cmpstr (setup->page, ==, "https://made.example/help");
  g_assert_null (setup->provider);
}

static void
test_the_best_of_several_is_chosen (void)
{
  assert_server (DESCRIPTION (SERVER ("a.made.example", "587", "STARTTLS", ADDRESS_AS_USER PASSWORD)
                              SERVER ("b.made.example", "465", "SSL", ADDRESS_AS_USER PASSWORD)
                              SERVER ("c.made.example", "465", "SSL", ADDRESS_AS_USER PASSWORD)),
                 "b.made.example", 465, HERALD_SMTP_TLS, ADDRESS, HERALD_MAIL_PASSWORD_USUAL);
  assert_server (DESCRIPTION (SERVER ("a.made.example", "465", "SSL", ADDRESS_AS_USER TOKEN)
                              SERVER ("b.made.example", "587", "STARTTLS", ADDRESS_AS_USER TOKEN PASSWORD)),
                 "b.made.example", 587, HERALD_SMTP_STARTTLS, ADDRESS, HERALD_MAIL_PASSWORD_USUAL);
  assert_server (DESCRIPTION (SERVER ("a.made.example", "25", "plain", ADDRESS_AS_USER PASSWORD)
                              SERVER ("b.made.example", "587", "STARTTLS", ADDRESS_AS_USER PASSWORD)),
                 "b.made.example", 587, HERALD_SMTP_STARTTLS, ADDRESS, HERALD_MAIL_PASSWORD_USUAL);
}

static void
test_a_server_that_takes_only_tokens_says_so (void)
{
  assert_server (DESCRIPTION (SERVER ("a.made.example", "587", "STARTTLS", ADDRESS_AS_USER TOKEN)), "a.made.example",
                 587, HERALD_SMTP_STARTTLS, ADDRESS, HERALD_MAIL_PASSWORD_NONE);
}

static void
test_user_names_have_many_forms (void)
{
  static const struct
  {
    const char *xml;
    const char *user;
  } rows[] = {
    { DESCRIPTION (SERVER ("s.made.example", "465", "SSL", "<username>%EMAILLOCALPART%</username>" PASSWORD)), "ada+3d" },
    { DESCRIPTION (SERVER ("s.made.example", "465", "SSL", "<username>%EMAILLOCALPART%.%EMAILDOMAIN%</username>" PASSWORD)),
      "ada+3d.made.example" },
    { DESCRIPTION (SERVER ("s.made.example", "465", "SSL", "<username>shared</username>" PASSWORD)), "shared" },
    { DESCRIPTION (SERVER ("s.made.example", "465", "SSL", PASSWORD)), ADDRESS },
    { DESCRIPTION (SERVER ("s.made.example", "465", "SSL", "")), ADDRESS },
    { DESCRIPTION (SERVER ("s.made.example", "465", "SSL", "<authentication>none</authentication>")), NULL },
    { DESCRIPTION (SERVER ("s.made.example", "465", "SSL", ADDRESS_AS_USER "<authentication>client-IP-address</authentication>")),
      NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(HeraldMailSetup) setup = read_description (rows[i].xml);

      g_assert_cmpstr (setup->user, ==, rows[i].user);
    }
}

static void
test_a_known_provider_is_recognised_by_its_server (void)
{
  g_autoptr(HeraldMailSetup) setup =
    read_description (DESCRIPTION (SERVER ("SMTP.gmail.com", "465", "SSL", ADDRESS_AS_USER TOKEN PASSWORD)));

  g_assert_nonnull (setup->provider);
  g_assert_cmpstr (setup->provider->id, ==, "gmail");
  g_assert_cmpint (setup->password, ==, HERALD_MAIL_PASSWORD_APP);
}

static void
test_a_domain_of_any_script_is_taken (void)
{
  assert_server (DESCRIPTION (SERVER ("smtp.bücher.example.", "465", "SSL", ADDRESS_AS_USER PASSWORD)),
                 "smtp.xn--bcher-kva.example", 465, HERALD_SMTP_TLS, ADDRESS, HERALD_MAIL_PASSWORD_USUAL);
  assert_server ("\xef\xbb\xbf" DESCRIPTION (SERVER ("%EMAILDOMAIN%", "465", "SSL", ADDRESS_AS_USER PASSWORD)),
                 "made.example", 465, HERALD_SMTP_TLS, ADDRESS, HERALD_MAIL_PASSWORD_USUAL);
}

static void
test_nonsense_is_refused (void)
{
  static const char *const rows[] = {
    "",
    "<html><body>Not found</body></html>",
    "<clientConfig>",
    "<clientConfig/>",
    DESCRIPTION (""),
    DESCRIPTION (SERVER ("a b.example", "465", "SSL", PASSWORD)),
    DESCRIPTION (SERVER ("-a.example", "465", "SSL", PASSWORD)),
    DESCRIPTION (SERVER ("a..example", "465", "SSL", PASSWORD)),
    DESCRIPTION (SERVER ("a.example/x", "465", "SSL", PASSWORD)),
    DESCRIPTION (SERVER ("fe80::1%eth0", "465", "SSL", PASSWORD)),
    DESCRIPTION (SERVER ("fe80::1%a b", "465", "SSL", PASSWORD)),
    DESCRIPTION (SERVER ("", "465", "SSL", PASSWORD)),
    DESCRIPTION (SERVER ("a.example", "0", "SSL", PASSWORD)),
    DESCRIPTION (SERVER ("a.example", "70000", "SSL", PASSWORD)),
    DESCRIPTION (SERVER ("a.example", "-1", "SSL", PASSWORD)),
    DESCRIPTION (SERVER ("a.example", "4 65", "SSL", PASSWORD)),
    DESCRIPTION (SERVER ("a.example", "", "SSL", PASSWORD)),
    DESCRIPTION (SERVER ("a.example", "25", "plain", PASSWORD)),
    DESCRIPTION (SERVER ("a.example", "465", "", PASSWORD)),
    DESCRIPTION (SERVER ("a.example", "465", "SSL", "<authentication>GSSAPI</authentication>")),
    DESCRIPTION (SERVER ("a.example", "465", "SSL", "<username>%CUSTOMERNUMBER%</username>" PASSWORD)),
    DESCRIPTION (SERVER ("a.example", "465", "SSL", "<username>a&#10;b</username>" PASSWORD)),
    DESCRIPTION (SERVER ("a.example", "465", "SSL", "<username>a\xe2\x80\xae" "b</username>" PASSWORD)),
    DESCRIPTION ("<outgoingServer type='ews'><hostname>a.example</hostname><port>465</port>"
                 "<socketType>SSL</socketType></outgoingServer>"),
    "<clientConfig>" SERVER ("a.example", "465", "SSL", PASSWORD) "</clientConfig>",
    "<!DOCTYPE x [<!ENTITY a 'aaaa'>]>" DESCRIPTION (SERVER ("&a;.example", "465", "SSL", PASSWORD)),
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_refused (rows[i], strlen (rows[i]));
}

static void
test_what_is_too_much_is_refused (void)
{
  g_autoptr(GString) many = g_string_new ("<clientConfig><emailProvider id='x'>");
  g_autoptr(GString) deep = g_string_new ("<clientConfig><emailProvider id='x'>");
  g_autoptr(GString) large = g_string_new (DESCRIPTION (SERVER ("a.example", "465", "SSL", PASSWORD)));
  g_autoptr(GString) endless = g_string_new ("<clientConfig><emailProvider id='x'><outgoingServer type='smtp'><hostname>");

  for (guint i = 0; i < 100; i++)
    g_string_append (many, SERVER ("a.example", "465", "SSL", PASSWORD));
  assert_refused (many->str, many->len);

  for (guint i = 0; i < 1000; i++)
    g_string_append (deep, "<a>");
  assert_refused (deep->str, deep->len);

  while (large->len <= HERALD_AUTOCONFIG_MAX_BYTES)
    g_string_append (large, "<!-- -->");
  assert_refused (large->str, large->len);

  for (guint i = 0; i < 5000; i++)
    g_string_append (endless, "abc.");
  g_string_append (endless, "</hostname><port>465</port><socketType>SSL</socketType></outgoingServer></emailProvider>"
                            "</clientConfig>");
  assert_refused (endless->str, endless->len);
}

static void
test_a_description_cut_anywhere_is_refused (void)
{
  static const char xml[] = DESCRIPTION (SERVER ("a.example", "465", "SSL", ADDRESS_AS_USER PASSWORD));

  for (gsize length = 0; length < strlen (xml); length++)
    assert_refused (xml, length);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/autoconfig/single", test_a_single_server_is_read);
  g_test_add_func ("/autoconfig/best", test_the_best_of_several_is_chosen);
  g_test_add_func ("/autoconfig/tokens", test_a_server_that_takes_only_tokens_says_so);
  g_test_add_func ("/autoconfig/users", test_user_names_have_many_forms);
  g_test_add_func ("/autoconfig/provider", test_a_known_provider_is_recognised_by_its_server);
  g_test_add_func ("/autoconfig/scripts", test_a_domain_of_any_script_is_taken);
  g_test_add_func ("/autoconfig/nonsense", test_nonsense_is_refused);
  g_test_add_func ("/autoconfig/too-much", test_what_is_too_much_is_refused);
  g_test_add_func ("/autoconfig/cut", test_a_description_cut_anywhere_is_refused);

  return g_test_run ();
}
