/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  HERALD_SMTP_AUTH_AUTO,
  HERALD_SMTP_AUTH_NONE,
  HERALD_SMTP_AUTH_PLAIN,
  HERALD_SMTP_AUTH_LOGIN,
  HERALD_SMTP_AUTH_CRAM_MD5,
  HERALD_SMTP_AUTH_SCRAM_SHA_256,
  HERALD_SMTP_AUTH_XOAUTH2,
  HERALD_SMTP_AUTH_OAUTHBEARER,
} HeraldSmtpAuth;

/**
 * HeraldSmtpMechanism:
 * @name: as registered for SASL
 * @n_answers: how many lines we send after the command
 * @initial: whether the first of them may ride on the command (RFC 4954 4)
 * @answer: (transfer full): line @i in plain; @challenge is what the server asked, decoded
 */
typedef struct
{
  const char *name;
  HeraldSmtpAuth auth;
  guint n_answers;
  gboolean initial;
  GBytes *(*answer) (guint       i,
                     GBytes     *challenge,
                     const char *user,
                     const char *password);
} HeraldSmtpMechanism;

gboolean                   herald_smtp_auth_from_text (const char                *text,
                                                       HeraldSmtpAuth            *auth);
const HeraldSmtpMechanism *herald_smtp_auth_require   (HeraldSmtpAuth             wanted,
                                                       const char                *offered,
                                                       GError                   **error);
char                      *herald_smtp_auth_answer    (const HeraldSmtpMechanism *mechanism,
                                                       guint                      i,
                                                       const char                *challenge,
                                                       const char                *user,
                                                       const char                *password);

G_END_DECLS
