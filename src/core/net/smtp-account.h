/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/net/smtp-auth.h"

G_BEGIN_DECLS

typedef enum
{
  HERALD_SMTP_TLS,
  HERALD_SMTP_STARTTLS,
  HERALD_SMTP_PLAIN,
} HeraldSmtpSecurity;

/**
 * HeraldSmtpAccount:
 * @host: name or address of the server
 * @user: (nullable): %NULL to send without logging in
 * @password: (nullable): a secret
 * @token: (nullable): a secret: what XOAUTH2 and OAUTHBEARER show instead of a password
 * @authorities: (nullable): whom to trust; %NULL for the system's authorities
 * @certificate: (nullable): the only key to accept, whatever the authorities say: its fingerprint
 *   as in #HeraldCertificate
 *
 * A mail account: where to send by, and as whom. Never changed once it is made.
 */
typedef struct
{
  char *host;
  guint16 port;
  HeraldSmtpSecurity security;
  HeraldSmtpAuth auth;
  char *user;
  char *password;
  char *token;
  GTlsDatabase *authorities;
  char *certificate;
} HeraldSmtpAccount;

HeraldSmtpAccount *herald_smtp_account_new   (const HeraldSmtpAccount *content);
HeraldSmtpAccount *herald_smtp_account_ref   (HeraldSmtpAccount       *self);
void               herald_smtp_account_unref (HeraldSmtpAccount       *self);
gboolean           herald_smtp_account_logs_in (const HeraldSmtpAccount *self);
gboolean           herald_smtp_account_equal (const HeraldSmtpAccount *self,
                                              const HeraldSmtpAccount *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldSmtpAccount, herald_smtp_account_unref)

G_END_DECLS
