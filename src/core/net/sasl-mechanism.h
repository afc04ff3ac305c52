/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/net/sasl.h"

G_BEGIN_DECLS

/**
 * HeraldSaslMechanism:
 * @name: as registered for SASL
 * @n_steps: the most answers it gives
 * @speaks_first: whether the first answer comes before any challenge
 * @is_slow: whether a step may take so long that it must not be made on the main thread
 * @step: (transfer full): answer @i, from 0, in plain; @challenge is what the server asked, NULL if
 *   it speaks first or if it was no base64. HERALD_ERROR_UNAUTHORIZED says that the server has refused
 * @check_success: (nullable): whether the server's yes may be believed
 *
 * A way to log in (RFC 4422). All that differs from one to the next.
 */
struct _HeraldSaslMechanism
{
  const char *name;
  guint n_steps;
  gboolean speaks_first;
  gboolean is_slow;
  GString *(*step) (HeraldSasl  *self,
                    guint        i,
                    GString     *challenge,
                    GError     **error);
  gboolean (*check_success) (HeraldSasl  *self,
                             GError     **error);
};

/**
 * HeraldSasl:
 * @nonce: (nullable): ours
 * @transcript: (nullable): what both sides have said so far, for mechanisms that sign it
 * @proof: (nullable): what the server must show in the end
 * @is_proven: whether it has
 * @complaint: (nullable): what a server says is wrong with a token
 *
 * One login under way: what was said, and what to say next. It waits for nothing.
 */
struct _HeraldSasl
{
  const HeraldSaslMechanism *mechanism;
  char *user;
  char *password;
  char *token;
  char *host;
  guint16 port;
  guint n_answers;

  char *nonce;
  GString *transcript;
  char *proof;
  gboolean is_proven;
  char *complaint;
};

GString *herald_sasl_answer_new  (const char  *text);
void     herald_sasl_answer_free (GString     *answer);
GString *herald_sasl_fail        (GError     **error);

G_END_DECLS
