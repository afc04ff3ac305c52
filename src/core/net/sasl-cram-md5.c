/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-sasl-cram-md5"

#include "core/net/sasl-mechanism.h"

#include <string.h>

/* RFC 2195: the user, and the server's question signed with the password. */
static GString *
step (HeraldSasl  *self,
      guint        i,
      GString     *challenge,
      GError     **error)
{
  g_autofree char *digest = NULL;
  GString *answer;

  /* Without a question anybody could play the answer again. */
  if (challenge == NULL || challenge->len == 0)
    return herald_sasl_fail (error);

  digest = g_compute_hmac_for_data (G_CHECKSUM_MD5, (const guchar *) self->password, strlen (self->password),
                                    (const guchar *) challenge->str, challenge->len);
  answer = herald_sasl_answer_new (self->user);
  g_string_append_c (answer, ' ');

  return g_string_append (answer, digest);
}

const HeraldSaslMechanism herald_sasl_cram_md5 = {
  .name = "CRAM-MD5",
  .n_steps = 1,
  .step = step,
};
