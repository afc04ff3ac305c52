/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-account"

#include "core/net/smtp-account.h"

#include "core/base/log.h"

/**
 * herald_smtp_account_new:
 * @content: copied; its secrets are told to the log's redactor
 *
 * Returns: (transfer full): an account
 */
HeraldSmtpAccount *
herald_smtp_account_new (const HeraldSmtpAccount *content)
{
  HeraldSmtpAccount *self = g_rc_box_new0 (HeraldSmtpAccount);

  *self = *content;
  self->host = g_strdup (content->host);
  self->user = g_strdup (content->user);
  self->password = g_strdup (content->password);
  self->token = g_strdup (content->token);
  self->certificate = g_strdup (content->certificate);
  if (self->authorities != NULL)
    g_object_ref (self->authorities);

  herald_log_add_secret (self->password);
  if (self->token != NULL)
    herald_log_add_passing_secret (self->token);

  return self;
}

HeraldSmtpAccount *
herald_smtp_account_ref (HeraldSmtpAccount *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  HeraldSmtpAccount *self = data;

  g_free (self->host);
  g_free (self->user);
  herald_sasl_wipe (self->password);
  herald_sasl_wipe (self->token);
  g_free (self->certificate);
  g_clear_object (&self->authorities);
}

void
herald_smtp_account_unref (HeraldSmtpAccount *self)
{
  g_rc_box_release_full (self, clear);
}

gboolean
herald_smtp_account_logs_in (const HeraldSmtpAccount *self)
{
  return self->user != NULL && self->auth != HERALD_SMTP_AUTH_NONE;
}

/**
 * herald_smtp_account_equal:
 *
 * Returns: whether a connection made for the one may be used for the other
 */
gboolean
herald_smtp_account_equal (const HeraldSmtpAccount *self,
                           const HeraldSmtpAccount *other)
{
  return g_strcmp0 (self->host, other->host) == 0 && self->port == other->port &&
         self->security == other->security && self->auth == other->auth &&
         g_strcmp0 (self->user, other->user) == 0 && g_strcmp0 (self->password, other->password) == 0 &&
         g_strcmp0 (self->token, other->token) == 0 && self->authorities == other->authorities &&
         g_strcmp0 (self->certificate, other->certificate) == 0;
}
