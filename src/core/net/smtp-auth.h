/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/net/sasl.h"
#include "core/net/smtp-reply.h"

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
 * HeraldSmtpAuthCase:
 * @wanted: what the account says
 * @offered: (nullable): the server's mechanisms, upper case, separated by spaces
 * @has_password: whether the account has one that is not empty
 * @has_token: whether the account has one
 * @encrypted: whether nobody can listen in because of TLS, not because it is this very computer
 * @known: what has worked with this account before; AUTO if that is not known
 *
 * All that decides how to log in.
 */
typedef struct
{
  HeraldSmtpAuth wanted;
  const char *offered;
  gboolean has_password;
  gboolean has_token;
  gboolean encrypted;
  HeraldSmtpAuth known;
} HeraldSmtpAuthCase;

gboolean                   herald_smtp_auth_from_text     (const char                *text,
                                                           HeraldSmtpAuth            *auth);
const HeraldSaslMechanism *herald_smtp_auth_get_mechanism (HeraldSmtpAuth             auth);
gboolean                   herald_smtp_auth_takes_token   (HeraldSmtpAuth             auth);

HeraldSmtpAuth             herald_smtp_auth_choose        (const HeraldSmtpAuthCase  *choice,
                                                           GError                   **error);
HeraldSmtpAuth             herald_smtp_auth_choose_again  (const HeraldSmtpAuthCase  *choice,
                                                           HeraldSmtpAuth             refused,
                                                           const HeraldSmtpReply     *reply);

G_END_DECLS
