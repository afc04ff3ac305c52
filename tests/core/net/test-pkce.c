/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-pkce"

#include "core/net/pkce.h"

#include <string.h>

#define N_SECRETS 1000

/* RFC 7636 appendix B */
static void
test_challenge_is_that_of_the_rfc (void)
{
  g_autofree char *challenge = herald_pkce_make_challenge ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

  g_assert_cmpstr (challenge, ==, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

/* Section 4.1: 43 to 128 unreserved characters */
static void
test_secrets_are_verifiers_and_never_the_same (void)
{
  g_autoptr(GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < N_SECRETS; i++)
    {
      char *secret = herald_pkce_make_secret ();

      g_assert_cmpuint (strlen (secret), ==, 43);
      g_assert_cmpuint (strspn (secret, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), ==, 43);
      g_assert_true (g_hash_table_add (known, secret));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pkce/challenge", test_challenge_is_that_of_the_rfc);
  g_test_add_func ("/pkce/secrets", test_secrets_are_verifiers_and_never_the_same);

  return g_test_run ();
}
