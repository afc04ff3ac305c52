/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-fuzz-sasl"

#include "fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/net/sasl-name.h"
#include "core/net/sasl.h"

#define ANSWERS_MAX 3

/* More are refused or take their time, which is not what is looked for. */
#define ITERATIONS_MAX 5000

static const HeraldSaslMechanism *const mechanisms[] = {
  &herald_sasl_plain, &herald_sasl_login, &herald_sasl_cram_md5, &herald_sasl_scram_sha_256, &herald_sasl_xoauth2,
  &herald_sasl_oauthbearer,
};

static gboolean
would_take_long (const char *challenge)
{
  const char *field = strstr (challenge, "i=");
  guint64 iterations = field != NULL ? g_ascii_strtoull (field + 2, NULL, 10) : 0;

  return iterations > ITERATIONS_MAX && iterations <= 1000000;
}

static void
check_name (const char *text)
{
  g_autofree char *prepared = herald_sasl_prepare (text);
  g_autofree char *escaped = herald_sasl_name_escape (text);

  g_assert_null (strchr (escaped, ','));
  if (prepared == NULL)
    return;
  g_assert_true (g_utf8_validate (prepared, -1, NULL));
  for (const char *p = prepared; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
}

/* What a server asks while we log in, parted by the byte ff; a piece that begins with "!" goes as it is, the others
 * as base64. The first byte is the mechanism. Answers are base64 and come to an end, an error says what to do, and
 * nobody is believed to know the password, which is made by chance. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *password = g_strdup_printf ("%08x%08x", g_random_int (), g_random_int ());
  HeraldSaslIdentity identity = { "ada", password, password, "mx.example.org", 465 };
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data + 1, size - 1) : NULL;
  g_auto(GStrv) challenges = text != NULL ? g_strsplit (text, "\xff", 8) : NULL;
  g_autoptr(HeraldSasl) sasl = NULL;
  g_autoptr(GError) error = NULL;
  const HeraldSaslMechanism *mechanism;
  guint n_answers = 0;

  if (size == 0)
    return 0;

  mechanism = mechanisms[data[0] % G_N_ELEMENTS (mechanisms)];
  sasl = herald_sasl_new (mechanism, &identity);
  herald_sasl_set_nonce (sasl, "nonce");
  if (herald_sasl_speaks_first (sasl))
    {
      g_autofree char *first = herald_sasl_step (sasl, NULL, &error);

      n_answers++;
      g_assert_nonnull (first);
    }

  for (guint i = 0; challenges[i] != NULL && error == NULL; i++)
    {
      const char *plain = challenges[i];
      g_autofree char *encoded = g_base64_encode ((const guchar *) plain, strlen (plain));
      g_autofree char *answer = NULL;

      check_name (plain);
      if (would_take_long (plain))
        return 0;
      answer = herald_sasl_step (sasl, *plain == '!' ? plain + 1 : encoded, &error);
      g_assert_true ((answer != NULL) == (error == NULL));
      if (answer != NULL)
        g_assert_cmpuint (strspn (answer, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="), ==,
                          strlen (answer));
      n_answers += answer != NULL;
    }

  g_assert_cmpuint (n_answers, <=, ANSWERS_MAX);
  g_assert_true (error == NULL || error->domain == HERALD_ERROR);
  fuzz_check_text (herald_sasl_get_complaint (sasl), 61);
  if (mechanism == &herald_sasl_scram_sha_256)
    g_assert_false (herald_sasl_check_success (sasl, NULL));

  return 0;
}
