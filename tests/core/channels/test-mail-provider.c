/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-mail-provider"

#include "core/channels/email/setup/mail-provider.h"

#include <string.h>

#include "core/base/error.h"
#include "core/channels/email/setup/mail-setup.h"

#define NO_BREAK_SPACE "\xc2\xa0"

static const char *
get_id (const HeraldMailProvider *provider)
{
  return provider != NULL ? provider->id : NULL;
}

static void
test_a_provider_is_found_by_each_of_its_names (void)
{
  g_assert_cmpstr (get_id (herald_mail_provider_find_for_domain ("GoogleMail.com")), ==, "gmail");
  g_assert_cmpstr (get_id (herald_mail_provider_find_for_domain ("mygmail.com")), ==, NULL);
  g_assert_cmpstr (get_id (herald_mail_provider_find_for_domain ("sub.gmail.com")), ==, NULL);
  g_assert_cmpstr (get_id (herald_mail_provider_find_for_domain ("")), ==, NULL);

  g_assert_cmpstr (get_id (herald_mail_provider_find_for_mx ("aspmx.l.google.com")), ==, "gmail");
  g_assert_cmpstr (get_id (herald_mail_provider_find_for_mx ("made-example.mail.protection.outlook.com")), ==,
                   "microsoft-365");
  g_assert_cmpstr (get_id (herald_mail_provider_find_for_mx ("eur.olc.protection.outlook.com")), ==, "outlook");
  g_assert_cmpstr (get_id (herald_mail_provider_find_for_mx ("mx00.kundenserver.de")), ==, "ionos");
  g_assert_cmpstr (get_id (herald_mail_provider_find_for_mx ("mx2.zoho.com")), ==, "zoho-business");
  g_assert_cmpstr (get_id (herald_mail_provider_find_for_mx ("mx.evilgoogle.com")), ==, NULL);
  g_assert_cmpstr (get_id (herald_mail_provider_find_for_mx ("google.com.evil.example")), ==, NULL);

  g_assert_cmpstr (get_id (herald_mail_provider_find_for_host ("smtp-relay.gmail.com")), ==, "gmail");
  g_assert_cmpstr (get_id (herald_mail_provider_find_for_host ("smtp.made.example")), ==, NULL);
  g_assert_cmpstr (get_id (herald_mail_provider_find_for_host (NULL)), ==, NULL);
}

static void
test_every_row_is_whole (void)
{
  for (guint i = 0; i < herald_n_mail_providers; i++)
    {
      const HeraldMailProvider *provider = &herald_mail_providers[i];
      g_auto(GStrv) domains = g_strsplit (provider->domains, " ", -1);
      g_autofree char *host = herald_mail_setup_check_host (provider->host);
      g_autofree char *hint = herald_mail_provider_dup_hint (provider);

      g_assert_cmpstr (host, ==, provider->host);
      g_assert_cmpint (provider->security, !=, HERALD_SMTP_PLAIN);
      g_assert_cmpuint (provider->port, ==, provider->password == HERALD_MAIL_PASSWORD_BRIDGE ? 1025 :
                                            provider->security == HERALD_SMTP_TLS             ? 465 : 587);
      if (provider->password != HERALD_MAIL_PASSWORD_BRIDGE)
        g_assert_true (herald_mail_provider_find_for_host (provider->host) == provider);
      if (provider->password == HERALD_MAIL_PASSWORD_APP)
        g_assert_nonnull (provider->password_page);
      if (provider->password != HERALD_MAIL_PASSWORD_USUAL)
        g_assert_nonnull (hint);
      if (provider->password_page != NULL)
        g_assert_true (g_str_has_prefix (provider->password_page, "https://"));
      if (provider->hint != NULL)
        g_assert_true (g_str_has_suffix (provider->hint, "."));

      /* No address belongs to two */
      for (char **domain = domains; *domain != NULL && **domain != '\0'; domain++)
        g_assert_true (herald_mail_provider_find_for_domain (*domain) == provider);
    }
}

static void
test_a_pasted_password_loses_what_the_page_has_added (void)
{
  static const struct
  {
    const char *host;
    const char *pasted;
    const char *password;
  } rows[] = {
    { "smtp.gmail.com", "abcd efgh ijkl mnop", "abcdefghijklmnop" },
    { "smtp.gmail.com", "abcd" NO_BREAK_SPACE "efgh" NO_BREAK_SPACE "ijkl" NO_BREAK_SPACE "mnop\r\n", "abcdefghijklmnop" },
    { "smtp.gmail.com", "abcdefghijklmnop", "abcdefghijklmnop" },
    { "smtp.mail.me.com", " abcd-efgh-ijkl-mnop\n", "abcd-efgh-ijkl-mnop" },
    { "smtp.mail.yahoo.com", "abcd efgh ijkl mnop", "abcdefghijklmnop" },
    { "smtp.fastmail.com", "abcd efgh 1jkl mnop", "abcdefgh1jklmnop" },
    /* Words of a person who has a server of his own */
    { "mail.made.example", "blue bird over wall", "blue bird over wall" },
    { "mail.gmx.net", "pass word", "pass word" },
    { "mail.made.example", "abcd" NO_BREAK_SPACE "efgh" NO_BREAK_SPACE "ijkl" NO_BREAK_SPACE "mnop", "abcdefghijklmnop" },
    { "mail.made.example", "abcd" NO_BREAK_SPACE "efgh", "abcd" NO_BREAK_SPACE "efgh" },
    { NULL, "\xef\xbb\xbfgeheim\xe2\x80\x8b\n", "geheim" },
    { NULL, "grüße öö", "grüße öö" },
    { NULL, "\xff ", "\xff " },
    { "smtp.gmail.com", "  ", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *password = herald_mail_provider_clean_password (rows[i].host, rows[i].pasted);

      g_assert_cmpstr (password, ==, rows[i].password);
    }
}

static void
test_only_a_refused_login_is_explained (void)
{
  g_autoptr(GError) refused = g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED, "Refused.");
  g_autoptr(GError) stranger = g_error_copy (refused);
  g_autoptr(GError) busy = g_error_new_literal (HERALD_ERROR, HERALD_ERROR_BUSY, "Busy.");
  g_autofree char *once = NULL;

  herald_error_set_reply (refused, 535, "5.7.8 no");
  herald_mail_provider_explain (refused, "smtp.gmail.com");
  g_assert_true (g_str_has_prefix (refused->message, "Refused. It takes only an app password"));
  g_assert_nonnull (strstr (refused->message, "https://myaccount.google.com/apppasswords"));
  g_assert_cmpstr (herald_error_get_reply (refused), ==, "5.7.8 no");

  once = g_strdup (refused->message);
  herald_mail_provider_explain (refused, "smtp.gmail.com");
  g_assert_cmpstr (refused->message, ==, once);

  herald_mail_provider_explain (stranger, "mail.made.example");
  g_assert_cmpstr (stranger->message, ==, "Refused.");
  herald_mail_provider_explain (busy, "smtp.gmail.com");
  g_assert_cmpstr (busy->message, ==, "Busy.");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mail-provider/names", test_a_provider_is_found_by_each_of_its_names);
  g_test_add_func ("/mail-provider/rows", test_every_row_is_whole);
  g_test_add_func ("/mail-provider/password", test_a_pasted_password_loses_what_the_page_has_added);
  g_test_add_func ("/mail-provider/explain", test_only_a_refused_login_is_explained);

  return g_test_run ();
}
