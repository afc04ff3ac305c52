/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-sasl-plain"

#include "core/net/sasl-mechanism.h"

/* The two that hand the password over as it is. Neither looks at what is asked: the words differ from
 * server to server, and some ask in words that are no base64. */

static GString *
step_plain (HeraldSasl  *self,
            guint        i,
            GString     *challenge,
            GError     **error)
{
  GString *answer = herald_sasl_answer_new ("");

  /* RFC 4616: nobody to act for, NUL, user, NUL, password */
  g_string_append_c (answer, '\0');
  g_string_append (answer, self->user);
  g_string_append_c (answer, '\0');

  return g_string_append (answer, self->password);
}

const HeraldSaslMechanism herald_sasl_plain = {
  .name = "PLAIN",
  .n_steps = 1,
  .speaks_first = TRUE,
  .step = step_plain,
};

/* draft-murchison-sasl-login: the user, then the password. */
static GString *
step_login (HeraldSasl  *self,
            guint        i,
            GString     *challenge,
            GError     **error)
{
  return herald_sasl_answer_new (i == 0 ? self->user : self->password);
}

const HeraldSaslMechanism herald_sasl_login = {
  .name = "LOGIN",
  .n_steps = 2,
  .step = step_login,
};
