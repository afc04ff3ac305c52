/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-smtp-auth"

#include "core/net/smtp-auth.h"

#include "core/base/error.h"
#include "core/net/smtp-auth-memory.h"

#define FIRST HERALD_SMTP_AUTH_PLAIN
#define LAST HERALD_SMTP_AUTH_OAUTHBEARER
#define NOTHING HERALD_SMTP_AUTH_AUTO

static const char *
get_name (HeraldSmtpAuth auth)
{
  return auth == NOTHING ? "nothing" : herald_sasl_mechanism_get_name (herald_smtp_auth_get_mechanism (auth));
}

/* The choice in words, independent of how it is made: the order for what the account has. */
static HeraldSmtpAuth
expect_choice (guint    offered,
               gboolean has_password,
               gboolean has_token,
               gboolean encrypted)
{
  static const HeraldSmtpAuth tokens[] = { HERALD_SMTP_AUTH_XOAUTH2, HERALD_SMTP_AUTH_OAUTHBEARER };
  static const HeraldSmtpAuth inside[] = { HERALD_SMTP_AUTH_SCRAM_SHA_256, HERALD_SMTP_AUTH_PLAIN,
                                           HERALD_SMTP_AUTH_LOGIN, HERALD_SMTP_AUTH_CRAM_MD5 };
  static const HeraldSmtpAuth clear[] = { HERALD_SMTP_AUTH_SCRAM_SHA_256, HERALD_SMTP_AUTH_CRAM_MD5,
                                          HERALD_SMTP_AUTH_PLAIN, HERALD_SMTP_AUTH_LOGIN };

  for (guint i = 0; has_token && i < G_N_ELEMENTS (tokens); i++)
    {
      if ((offered & (1u << tokens[i])) != 0)
        return tokens[i];
    }
  for (guint i = 0; has_password && i < G_N_ELEMENTS (inside); i++)
    {
      HeraldSmtpAuth auth = encrypted ? inside[i] : clear[i];

      if ((offered & (1u << auth)) != 0)
        return auth;
    }

  return NOTHING;
}

static char *
write_offer (guint offered)
{
  g_autoptr(GString) list = g_string_new ("GSSAPI");

  /* Backwards: the server's order means nothing. */
  for (int auth = LAST; auth >= (int) FIRST; auth--)
    {
      if ((offered & (1u << auth)) != 0)
        g_string_append_printf (list, " %s", get_name ((HeraldSmtpAuth) auth));
    }

  return g_string_free (g_steal_pointer (&list), FALSE);
}

/* Every set of offers, with and without password, token and encryption: 512 cases */
static void
test_strongest_is_chosen (void)
{
  guint n_cases = 0;

  for (guint set = 0; set < 1u << (LAST - FIRST + 1); set++)
    {
      for (guint have = 0; have < 8; have++)
        {
          g_autofree char *offered = write_offer (set << FIRST);
          g_autoptr(GError) error = NULL;
          HeraldSmtpAuthCase choice = {
            .offered = offered,
            .has_password = (have & 1) != 0,
            .has_token = (have & 2) != 0,
            .encrypted = (have & 4) != 0,
          };
          HeraldSmtpAuth expected = expect_choice (set << FIRST, choice.has_password, choice.has_token,
                                                   choice.encrypted);
          HeraldSmtpAuth chosen = herald_smtp_auth_choose (&choice, &error);

          g_assert_cmpstr (get_name (chosen), ==, get_name (expected));
          if (expected == NOTHING)
            g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED);
          else
            g_assert_no_error (error);
          n_cases++;
        }
    }
  g_assert_cmpuint (n_cases, ==, 512);
}

/* Whoever names a way gets that way or none. */
static void
test_what_is_wanted_is_done_or_nothing (void)
{
  for (HeraldSmtpAuth auth = FIRST; auth <= LAST; auth++)
    {
      guint all = ((1u << (LAST + 1)) - 1) & ~((1u << FIRST) - 1);
      g_autofree char *everything = write_offer (all);
      g_autofree char *others = write_offer (all & ~(1u << auth));
      g_autoptr(GError) error = NULL;
      HeraldSmtpAuthCase choice = {
        .wanted = auth, .offered = everything, .has_password = TRUE, .has_token = TRUE, .encrypted = TRUE,
      };
      HeraldSmtpReply unknown = { .code = 504 };

      g_assert_cmpstr (get_name (herald_smtp_auth_choose (&choice, &error)), ==, get_name (auth));
      g_assert_no_error (error);
      g_assert_cmpint (herald_smtp_auth_choose_again (&choice, auth, &unknown), ==, NOTHING);

      choice.offered = others;
      g_assert_cmpint (herald_smtp_auth_choose (&choice, &error), ==, NOTHING);
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED);
      g_clear_error (&error);

      choice.offered = everything;
      choice.has_password = choice.has_token = FALSE;
      g_assert_cmpint (herald_smtp_auth_choose (&choice, &error), ==, NOTHING);
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
    }
}

static void
test_refusal_is_answered_once_at_most (void)
{
  static const struct
  {
    const char *offered;
    HeraldSmtpAuth refused;
    int code;
    const char *enhanced;
    HeraldSmtpAuth next;
  } rows[] = {
    { "SCRAM-SHA-256 CRAM-MD5 PLAIN LOGIN", HERALD_SMTP_AUTH_SCRAM_SHA_256, 535, "5.7.8", HERALD_SMTP_AUTH_PLAIN },
    { "SCRAM-SHA-256 CRAM-MD5 LOGIN", HERALD_SMTP_AUTH_SCRAM_SHA_256, 535, NULL, HERALD_SMTP_AUTH_LOGIN },
    { "SCRAM-SHA-256 CRAM-MD5", HERALD_SMTP_AUTH_SCRAM_SHA_256, 535, NULL, NOTHING },
    { "CRAM-MD5 PLAIN", HERALD_SMTP_AUTH_CRAM_MD5, 535, NULL, HERALD_SMTP_AUTH_PLAIN },
    { "SCRAM-SHA-256 PLAIN", HERALD_SMTP_AUTH_SCRAM_SHA_256, 454, "4.7.0", NOTHING },
    { "SCRAM-SHA-256 CRAM-MD5", HERALD_SMTP_AUTH_SCRAM_SHA_256, 504, NULL, HERALD_SMTP_AUTH_CRAM_MD5 },
    { "PLAIN LOGIN", HERALD_SMTP_AUTH_PLAIN, 535, "5.7.8", NOTHING },
    { "PLAIN LOGIN", HERALD_SMTP_AUTH_PLAIN, 534, "5.7.9", NOTHING },
    { "PLAIN LOGIN", HERALD_SMTP_AUTH_PLAIN, 504, NULL, HERALD_SMTP_AUTH_LOGIN },
    { "PLAIN LOGIN", HERALD_SMTP_AUTH_PLAIN, 501, "5.5.4", HERALD_SMTP_AUTH_LOGIN },
    { "PLAIN LOGIN", HERALD_SMTP_AUTH_LOGIN, 504, NULL, NOTHING },
    { "XOAUTH2 OAUTHBEARER PLAIN", HERALD_SMTP_AUTH_XOAUTH2, 535, NULL, NOTHING },
    { "XOAUTH2 OAUTHBEARER PLAIN", HERALD_SMTP_AUTH_XOAUTH2, 504, NULL, HERALD_SMTP_AUTH_OAUTHBEARER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      HeraldSmtpAuthCase choice = { .offered = rows[i].offered, .has_password = TRUE, .has_token = TRUE,
                                    .encrypted = TRUE };
      HeraldSmtpReply reply = { .code = rows[i].code, .enhanced = (char *) rows[i].enhanced };

      g_assert_cmpstr (get_name (herald_smtp_auth_choose_again (&choice, rows[i].refused, &reply)), ==,
                       get_name (rows[i].next));
    }
}

static void
test_what_has_worked_comes_first (void)
{
  HeraldSmtpAuthCase choice = { .offered = "SCRAM-SHA-256 PLAIN", .has_password = TRUE, .encrypted = TRUE,
                                .known = HERALD_SMTP_AUTH_PLAIN };
  HeraldSmtpAccount account = { .host = (char *) "mx.example.org", .port = 465, .user = (char *) "ada" };
  HeraldSmtpAccount other = { .host = (char *) "mx.example.org", .port = 465, .user = (char *) "ben" };

  g_assert_cmpint (herald_smtp_auth_choose (&choice, NULL), ==, HERALD_SMTP_AUTH_PLAIN);
  choice.offered = "SCRAM-SHA-256 LOGIN";
  g_assert_cmpint (herald_smtp_auth_choose (&choice, NULL), ==, HERALD_SMTP_AUTH_SCRAM_SHA_256);

  g_assert_cmpint (herald_smtp_auth_memory_get (&account), ==, NOTHING);
  herald_smtp_auth_memory_set (&account, HERALD_SMTP_AUTH_PLAIN);
  g_assert_cmpint (herald_smtp_auth_memory_get (&account), ==, HERALD_SMTP_AUTH_PLAIN);
  g_assert_cmpint (herald_smtp_auth_memory_get (&other), ==, NOTHING);
  herald_smtp_auth_memory_set (&account, NOTHING);
  g_assert_cmpint (herald_smtp_auth_memory_get (&account), ==, NOTHING);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/smtp-auth/strongest", test_strongest_is_chosen);
  g_test_add_func ("/smtp-auth/wanted", test_what_is_wanted_is_done_or_nothing);
  g_test_add_func ("/smtp-auth/again", test_refusal_is_answered_once_at_most);
  g_test_add_func ("/smtp-auth/known", test_what_has_worked_comes_first);

  return g_test_run ();
}
