/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-online-account"

#include "core/store/online-account.h"

#define ACCOUNT "'org.gnome.OnlineAccounts.Account': "
#define MAIL "'org.gnome.OnlineAccounts.Mail': "
#define TOKEN "'org.gnome.OnlineAccounts.OAuth2Based': @a{sv} {}"
#define PASSWORD "'org.gnome.OnlineAccounts.PasswordBased': @a{sv} {}"

#define ADA ACCOUNT "{'Id': <'account_1_0'>, 'ProviderType': <'imap_smtp'>, 'PresentationIdentity': <'ada@example.org'>}"

static HeraldOnlineAccount *
read_text (const char *text)
{
  g_autofree char *all = g_strdup_printf ("{%s}", text);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) interfaces = g_variant_parse (G_VARIANT_TYPE ("a{sa{sv}}"), all, NULL, NULL, &error);

  g_assert_no_error (error);

  return herald_online_account_read ("/org/gnome/OnlineAccounts/Accounts/account_1_0", interfaces);
}

/* With a mail interface that says nothing but this of its server */
static HeraldOnlineAccount *
read_server (const char *server)
{
  g_autofree char *text = g_strconcat (ADA ", " MAIL "{'SmtpSupported': <true>, ", server, "}", NULL);

  return read_text (text);
}

/* As goa-daemon 3.46 shows one: it claims both kinds of encryption. */
static void
test_google_speaks_tls_at_once (void)
{
  g_autoptr(HeraldOnlineAccount) account = read_text (
      ACCOUNT "{'Id': <'account_1_1'>, 'ProviderType': <'google'>, 'ProviderName': <'Google'>, "
      "'PresentationIdentity': <'bob@gmail.com'>, 'MailDisabled': <false>, 'AttentionNeeded': <false>}, "
      MAIL "{'EmailAddress': <'bob@gmail.com'>, 'SmtpSupported': <true>, 'SmtpHost': <'smtp.gmail.com'>, "
      "'SmtpUseAuth': <true>, 'SmtpAuthXoauth2': <true>, 'SmtpUseSsl': <true>, 'SmtpUseTls': <true>, "
      "'SmtpUserName': <'bob@gmail.com'>}, " TOKEN);

  g_assert_nonnull (account);
  g_assert_cmpstr (account->id, ==, "account_1_1");
  g_assert_cmpstr (account->provider_name, ==, "Google");
  g_assert_cmpstr (account->address, ==, "bob@gmail.com");
  g_assert_cmpstr (account->user, ==, "bob@gmail.com");
  g_assert_cmpstr (account->host, ==, "smtp.gmail.com");
  g_assert_cmpint (account->port, ==, 465);
  g_assert_cmpint (account->way, ==, HERALD_ONLINE_BY_SMTP);
  g_assert_cmpint (account->security, ==, HERALD_ONLINE_TLS);
  g_assert_cmpint (account->login, ==, HERALD_ONLINE_TOKEN);
  g_assert_null (herald_online_account_describe_problem (account));
  g_assert_true (herald_online_account_is_called (account, "Bob@Gmail.com"));
  g_assert_true (herald_online_account_is_called (account, "account_1_1"));
  g_assert_false (herald_online_account_is_called (account, "bob@gmail.co"));
}

static void
test_ports_follow_the_encryption (void)
{
  static const struct
  {
    const char *server;
    HeraldOnlineSecurity security;
    const char *host;
    guint16 port;
  } rows[] = {
    { "'SmtpHost': <'a.example'>, 'SmtpUseSsl': <true>", HERALD_ONLINE_TLS, "a.example", 465 },
    { "'SmtpHost': <'a.example'>, 'SmtpUseTls': <true>", HERALD_ONLINE_STARTTLS, "a.example", 587 },
    { "'SmtpHost': <'a.example'>", HERALD_ONLINE_PLAIN, "a.example", 25 },
    { "'SmtpHost': <'a.example:2525'>, 'SmtpUseTls': <true>", HERALD_ONLINE_STARTTLS, "a.example", 2525 },
    { "'SmtpHost': <'[::1]:2525'>", HERALD_ONLINE_PLAIN, "::1", 2525 },
    { "'SmtpHost': <'192.0.2.7'>", HERALD_ONLINE_PLAIN, "192.0.2.7", 25 },
    { "'SmtpHost': <'müller.example'>", HERALD_ONLINE_PLAIN, "müller.example", 25 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(HeraldOnlineAccount) account = read_server (rows[i].server);

      g_assert_cmpint (account->security, ==, rows[i].security);
      g_assert_cmpstr (account->host, ==, rows[i].host);
      g_assert_cmpint (account->port, ==, rows[i].port);
      g_assert_cmpint (account->problem, ==, HERALD_ONLINE_FINE);
    }
}

static void
test_nonsense_is_no_server (void)
{
  static const char *const servers[] = {
    "'SmtpHost': <''>",
    "'SmtpHost': <'a b.example'>",
    "'SmtpHost': <'a.example\\r\\nRCPT TO:<x@y>'>",
    "'SmtpHost': <'user@a.example'>",
    "'SmtpHost': <'a.example/x'>",
    "'SmtpHost': <'a.example:0'>",
    "'SmtpHost': <'a.example:99999'>",
    "'SmtpHost': <7>",
    "'SmtpPort': <7>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      g_autoptr(HeraldOnlineAccount) account = read_server (servers[i]);

      g_test_message ("%s", servers[i]);
      g_assert_cmpint (account->problem, ==, HERALD_ONLINE_NO_SERVER);
      g_assert_nonnull (herald_online_account_describe_problem (account));
    }
}

static void
test_nonsense_is_no_address (void)
{
  static const char *const addresses[] = {
    "", "ada", "@example.org", "ada@", "a@b@c", "ada@example.org, eve@example.org", "ada <ada@example.org>",
    "ada@example.org\\nBcc: eve@example.org", "ada @example.org",
  };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *text = g_strconcat ("'SmtpHost': <'a.example'>, 'EmailAddress': <'", addresses[i], "'>", NULL);
      g_autoptr(HeraldOnlineAccount) account = read_server (text);

      g_test_message ("%s", addresses[i]);
      g_assert_null (account->address);
    }
}

/* Microsoft 365 (GNOME 47 and later) has an address, and nothing of SMTP. */
static void
test_microsoft_goes_by_graph (void)
{
  g_autoptr(HeraldOnlineAccount) account = read_text (
      ACCOUNT "{'Id': <'account_1_2'>, 'ProviderType': <'ms_graph'>, 'PresentationIdentity': <'eve@outlook.com'>}, "
      MAIL "{'EmailAddress': <'eve@outlook.com'>}, " TOKEN);

  g_assert_cmpint (account->way, ==, HERALD_ONLINE_BY_GRAPH);
  g_assert_cmpint (account->login, ==, HERALD_ONLINE_TOKEN);
  g_assert_cmpint (account->problem, ==, HERALD_ONLINE_FINE);
}

static void
test_accounts_without_mail_are_none (void)
{
  g_assert_null (read_text (ADA));
  g_assert_null (read_text (MAIL "{'SmtpSupported': <true>, 'SmtpHost': <'a.example'>}"));
  g_assert_null (read_text (ADA ", " MAIL "{'EmailAddress': <'ada@example.org'>}"));
  g_assert_null (read_text (ACCOUNT "{'Id': <''>, 'ProviderType': <'google'>}, " MAIL "{'SmtpSupported': <true>}"));
  g_assert_null (read_text (ACCOUNT "{'Id': <'a b'>, 'ProviderType': <'google'>}, " MAIL "{'SmtpSupported': <true>}"));
}

static void
test_mail_switched_off_is_told (void)
{
  g_autoptr(HeraldOnlineAccount) account = read_text (
      ACCOUNT "{'Id': <'account_1_0'>, 'ProviderType': <'google'>, 'PresentationIdentity': <'bob@gmail.com'>, "
      "'MailDisabled': <true>}");

  g_assert_cmpint (account->problem, ==, HERALD_ONLINE_MAIL_OFF);
  g_assert_true (herald_online_account_is_called (account, "bob@gmail.com"));
}

static void
test_login_is_what_the_account_has (void)
{
  static const char mail[] = MAIL "{'SmtpSupported': <true>, 'SmtpHost': <'a.example'>, 'SmtpUseAuth': <true>, "
                                  "'EmailAddress': <'ada@example.org'>}";
  g_autofree char *with_password = g_strconcat (ADA ", ", mail, ", " PASSWORD, NULL);
  g_autofree char *with_nothing = g_strconcat (ADA ", ", mail, NULL);
  g_autoptr(HeraldOnlineAccount) password = read_text (with_password);
  g_autoptr(HeraldOnlineAccount) nothing = read_text (with_nothing);

  g_assert_cmpint (password->login, ==, HERALD_ONLINE_PASSWORD);
  g_assert_cmpstr (password->user, ==, "ada@example.org");
  g_assert_cmpint (nothing->login, ==, HERALD_ONLINE_NO_LOGIN);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/online-account/google", test_google_speaks_tls_at_once);
  g_test_add_func ("/online-account/ports", test_ports_follow_the_encryption);
  g_test_add_func ("/online-account/no-server", test_nonsense_is_no_server);
  g_test_add_func ("/online-account/no-address", test_nonsense_is_no_address);
  g_test_add_func ("/online-account/microsoft", test_microsoft_goes_by_graph);
  g_test_add_func ("/online-account/without-mail", test_accounts_without_mail_are_none);
  g_test_add_func ("/online-account/mail-off", test_mail_switched_off_is_told);
  g_test_add_func ("/online-account/login", test_login_is_what_the_account_has);

  return g_test_run ();
}
