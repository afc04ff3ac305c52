/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-sasl"

#include "core/net/sasl.h"

#include <string.h>

#include "core/base/error.h"
#include "core/net/sasl-name.h"

#define RFC_7677_NONCE "rOprNGfwEbeRWgbNEkqO"
#define RFC_7677_TERMS "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"

static HeraldSasl *
make (const HeraldSaslMechanism *mechanism,
      const char                *user,
      const char                *secret)
{
  const HeraldSaslIdentity identity = {
    .user = user,
    .password = secret,
    .token = secret,
    .host = "server.example.com",
    .port = 143,
  };

  return herald_sasl_new (mechanism, &identity);
}

/* What a server says, in plain; the answer in plain, or NULL with an error */
static char *
step (HeraldSasl  *sasl,
      const char  *challenge,
      GError     **error)
{
  g_autofree char *encoded = challenge != NULL
                               ? g_base64_encode ((const guchar *) challenge, strlen (challenge))
                               : NULL;
  g_autofree char *answer = herald_sasl_step (sasl, encoded, error);
  g_autofree guchar *plain = NULL;
  gsize length = 0;

  if (answer == NULL)
    return NULL;
  plain = g_base64_decode (answer, &length);

  return g_strndup ((const char *) plain, length);
}

static void
test_documents_are_followed (void)
{
  static const struct
  {
    const HeraldSaslMechanism *mechanism;
    const char *user;
    const char *secret;
    const char *challenges[3]; /* "-" for none */
    const char *answers[3];
  } rows[] = {
    /* RFC 4616 4, without its authorization identity */
    { &herald_sasl_plain, "tim", "tanstaaftanstaaf", { "-" }, { "AHRpbQB0YW5zdGFhZnRhbnN0YWFm" } },
    { &herald_sasl_login, "tim", "tanstaaftanstaaf", { "VXNlcm5hbWU6", "UGFzc3dvcmQ6" },
      { "dGlt", "dGFuc3RhYWZ0YW5zdGFhZg==" } },
    { &herald_sasl_login, "tim", "tanstaaftanstaaf", { "Username:", "" }, { "dGlt", "dGFuc3RhYWZ0YW5zdGFhZg==" } },
    /* RFC 2195 2 */
    { &herald_sasl_cram_md5, "tim", "tanstaaftanstaaf",
      { "PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+" },
      { "dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw" } },
    /* Google: OAuth 2.0 Mechanism, with its refusal */
    { &herald_sasl_xoauth2, "someuser@example.com", "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg",
      { "-", "eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIG1hYyIsInNjb3BlIjoiaHR0cHM6Ly9tYWlsLmdvb2dsZS5jb20vIn0K" },
      { "dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0"
        "Q2cBAQ==", "" } },
    /* RFC 7628 4.1 and 4.3 */
    { &herald_sasl_oauthbearer, "user@example.com", "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==",
      { "-", "eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIiwic2NvcGUiOiJleGFtcGxlX3Njb3BlIn0=" },
      { "bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyIHZGOWRmdDRxbVRjMk52"
        "YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB", "AQ==" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(HeraldSasl) sasl = make (rows[i].mechanism, rows[i].user, rows[i].secret);

      g_assert_cmpint (herald_sasl_speaks_first (sasl), ==, g_str_equal (rows[i].challenges[0], "-"));
      for (guint n = 0; n < 3 && rows[i].answers[n] != NULL; n++)
        {
          const char *challenge = rows[i].challenges[n];
          g_autoptr(GError) error = NULL;
          g_autofree char *answer = herald_sasl_step (sasl, g_str_equal (challenge, "-") ? NULL : challenge, &error);

          g_assert_no_error (error);
          g_assert_cmpstr (answer, ==, rows[i].answers[n]);
        }
      g_assert_true (herald_sasl_check_success (sasl, NULL));
    }
}

/* RFC 7677 3 */
static void
test_scram_is_followed_and_proves_the_server (void)
{
  g_autoptr(HeraldSasl) sasl = make (&herald_sasl_scram_sha_256, "user", "pencil");
  g_autoptr(GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *final = NULL;
  g_autofree char *end = NULL;

  herald_sasl_set_nonce (sasl, RFC_7677_NONCE);
  g_assert_true (herald_sasl_is_slow (sasl));
  first = step (sasl, NULL, &error);
  g_assert_cmpstr (first, ==, "n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
  g_assert_false (herald_sasl_check_success (sasl, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNTRUSTED);
  g_clear_error (&error);

  final = step (sasl, RFC_7677_TERMS, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (final, ==, "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                              "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
  g_assert_false (herald_sasl_check_success (sasl, NULL));

  end = step (sasl, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (end, ==, "");
  g_assert_true (herald_sasl_check_success (sasl, NULL));
}

static void
test_scram_believes_no_liar (void)
{
  static const struct
  {
    const char *terms;
    const char *end;
    HeraldError code;
  } rows[] = {
    { "r=somebodyelse,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", NULL, HERALD_ERROR_UNTRUSTED },
    { "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", NULL, HERALD_ERROR_UNTRUSTED },
    { "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1", NULL, HERALD_ERROR_UNTRUSTED },
    { "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=2147483648", NULL, HERALD_ERROR_UNTRUSTED },
    { "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=-1", NULL, HERALD_ERROR_PROTOCOL },
    { "r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096", NULL, HERALD_ERROR_PROTOCOL },
    { "r=rOprNGfwEbeRWgbNEkqOx,s=W2*,i=4096", NULL, HERALD_ERROR_PROTOCOL },
    { "m=new,r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", NULL, HERALD_ERROR_PROTOCOL },
    { "i=4096,s=W22ZaJ0SNY7soEsUEjb6gQ==,r=rOprNGfwEbeRWgbNEkqOx", NULL, HERALD_ERROR_PROTOCOL },
    { "", NULL, HERALD_ERROR_PROTOCOL },
    { "e=unknown-user", NULL, HERALD_ERROR_UNAUTHORIZED },
    { RFC_7677_TERMS, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G5=", HERALD_ERROR_UNTRUSTED },
    { RFC_7677_TERMS, "v=", HERALD_ERROR_UNTRUSTED },
    { RFC_7677_TERMS, "", HERALD_ERROR_UNTRUSTED },
    { RFC_7677_TERMS, "e=invalid-proof", HERALD_ERROR_UNAUTHORIZED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(HeraldSasl) sasl = make (&herald_sasl_scram_sha_256, "user", "pencil");
      g_autoptr(GError) error = NULL;
      g_autofree char *first = NULL;
      g_autofree char *final = NULL;

      herald_sasl_set_nonce (sasl, RFC_7677_NONCE);
      first = step (sasl, NULL, NULL);
      final = step (sasl, rows[i].terms, &error);
      if (rows[i].end != NULL)
        {
          g_assert_no_error (error);
          g_assert_null (step (sasl, rows[i].end, &error));
        }
      g_assert_error (error, HERALD_ERROR, (int) rows[i].code);
      g_assert_false (herald_sasl_check_success (sasl, NULL));
    }
}

static void
test_scram_names_are_escaped_and_nonces_differ (void)
{
  g_autoptr(HeraldSasl) sasl = make (&herald_sasl_scram_sha_256, "a=b,c\xc2\xad", "x");
  g_autoptr(HeraldSasl) other = make (&herald_sasl_scram_sha_256, "a=b,c", "x");
  g_autofree char *first = step (sasl, NULL, NULL);
  g_autofree char *second = step (other, NULL, NULL);

  g_assert_true (g_str_has_prefix (first, "n,,n=a=3Db=2Cc,r="));
  g_assert_cmpuint (strlen (first), ==, strlen ("n,,n=a=3Db=2Cc,r=") + 32);
  g_assert_cmpstr (first, !=, second);
}

/* No mechanism goes on forever, and none signs what it cannot read. */
static void
test_answers_come_to_an_end (void)
{
  static const HeraldSaslMechanism *const mechanisms[] = {
    &herald_sasl_plain, &herald_sasl_login, &herald_sasl_cram_md5, &herald_sasl_scram_sha_256, &herald_sasl_xoauth2,
    &herald_sasl_oauthbearer,
  };
  g_autoptr(HeraldSasl) cram = make (&herald_sasl_cram_md5, "tim", "x");
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    {
      g_autoptr(HeraldSasl) sasl = make (mechanisms[i], "tim", "x");
      guint n_answers = 0;

      g_clear_error (&error);
      while (error == NULL)
        {
          g_autofree char *answer = herald_sasl_step (sasl, "PDE4OTY+", &error);

          n_answers++;
          g_assert_cmpuint (n_answers, <=, 4);
        }
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_PROTOCOL);
    }

  g_clear_error (&error);
  g_assert_null (herald_sasl_step (cram, "no base64!", &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_PROTOCOL);
}

static void
test_complaint_about_a_token_is_kept (void)
{
  static const char *const nothing[] = { "", "[]", "{\"status\":7}", "{\"sta", "\xff\xfe" };
  g_autoptr(HeraldSasl) sasl = make (&herald_sasl_oauthbearer, "tim", "x");
  g_autofree char *first = step (sasl, NULL, NULL);
  g_autofree char *second = step (sasl, "{\"status\":\"invalid_\\u0007token\"}", NULL);

  g_assert_cmpstr (second, ==, "\001");
  g_assert_cmpstr (herald_sasl_get_complaint (sasl), ==, "invalid_token");

  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    {
      g_autoptr(HeraldSasl) other = make (&herald_sasl_xoauth2, "tim", "x");
      g_autofree char *begin = step (other, NULL, NULL);
      g_autofree char *end = step (other, nothing[i], NULL);

      g_assert_cmpstr (end, ==, "");
      g_assert_null (herald_sasl_get_complaint (other));
    }
}

/* RFC 4013 3 */
static void
test_same_letters_are_brought_together (void)
{
  static const char *const rows[][2] = {
    { "I\xc2\xadX", "IX" }, { "user", "user" },         { "USER", "USER" },
    { "\xc2\xaa", "a" },    { "\xe2\x85\xa8", "IX" },   { "\x07", NULL },
    { "\xd8\xa7\x31", NULL }, { "pa\xcc\x88ss", "p\xc3\xa4ss" }, { "a\xe3\x80\x80" "b\\\"", "a b\\\"" },
    { "", "" },             { "\xff", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *prepared = herald_sasl_prepare (rows[i][0]);

      g_assert_cmpstr (prepared, ==, rows[i][1]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sasl/documents", test_documents_are_followed);
  g_test_add_func ("/sasl/scram", test_scram_is_followed_and_proves_the_server);
  g_test_add_func ("/sasl/scram-liars", test_scram_believes_no_liar);
  g_test_add_func ("/sasl/scram-names", test_scram_names_are_escaped_and_nonces_differ);
  g_test_add_func ("/sasl/end", test_answers_come_to_an_end);
  g_test_add_func ("/sasl/complaint", test_complaint_about_a_token_is_kept);
  g_test_add_func ("/sasl/prepare", test_same_letters_are_brought_together);

  return g_test_run ();
}
