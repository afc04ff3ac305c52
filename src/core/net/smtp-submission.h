/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/net/smtp-auth.h"
#include "core/net/smtp-verdict.h"

G_BEGIN_DECLS

typedef enum
{
  HERALD_SMTP_TLS,
  HERALD_SMTP_STARTTLS,
  HERALD_SMTP_PLAIN,
} HeraldSmtpSecurity;

/**
 * HeraldSmtpSubmission:
 * @user: (nullable): %NULL to send without logging in
 * @password: (nullable): a secret
 * @authorities: (nullable): whom to trust; %NULL for the system's authorities
 * @sender: address of the envelope
 * @recipient: address of the envelope
 * @message: a whole message (RFC 5322)
 * @enter_step: (nullable): told how far it has come
 * @commit: called once, right before the byte after which nobody can take the message back;
 *   if it fails, that byte is not sent
 *
 * One message to one recipient, and the account to send it with.
 */
typedef struct
{
  char *host;
  guint16 port;
  HeraldSmtpSecurity security;
  HeraldSmtpAuth auth;
  char *user;
  char *password;
  GTlsDatabase *authorities;
  char *sender;
  char *recipient;
  GBytes *message;
  void (*enter_step) (HeraldSmtpStep step,
                      gpointer       user_data);
  gboolean (*commit) (gpointer   user_data,
                      GError   **error);
  gpointer user_data;
} HeraldSmtpSubmission;

HeraldSmtpSubmission *herald_smtp_submission_new  (void);
void                  herald_smtp_submission_free (HeraldSmtpSubmission *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldSmtpSubmission, herald_smtp_submission_free)

G_END_DECLS
