/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-email-route"

#include "core/channels/email/email-route.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/channels/email/email-settings.h"
#include "core/channels/email/setup/mail-provider.h"
#include "core/store/online-accounts.h"

static const HeraldSmtpSecurity securities[] = {
  [HERALD_ONLINE_TLS] = HERALD_SMTP_TLS,
  [HERALD_ONLINE_STARTTLS] = HERALD_SMTP_STARTTLS,
  [HERALD_ONLINE_PLAIN] = HERALD_SMTP_PLAIN,
};

static gboolean
wants_login (HeraldChannel *channel)
{
  const char *user = herald_channel_get_setting (channel, "user");

  return user != NULL && g_strcmp0 (herald_channel_get_setting (channel, "auth"), "none") != 0;
}

static HeraldEmailRoute *
make_smtp_route (HeraldChannel *channel,
                 const char    *password)
{
  HeraldEmailRoute *self = g_new0 (HeraldEmailRoute, 1);
  HeraldSmtpAccount account = {
    .host = (char *) herald_channel_get_setting (channel, "host"),
    .port = herald_email_settings_get_port (channel),
    .security = herald_email_settings_get_security (channel),
    .user = (char *) (password != NULL ? herald_channel_get_setting (channel, "user") : NULL),
    .password = (char *) password,
    .certificate = (char *) herald_channel_get_setting (channel, "certificate"),
  };

  herald_smtp_auth_from_text (herald_channel_get_setting (channel, "auth"), &account.auth);
  self->smtp = herald_smtp_account_new (&account);

  return self;
}

/* Whoever names no way to log in and has stored no password needs none, even if there is a user name. That the
 * keyring cannot be asked is something else. */
static gboolean
may_go_without_password (HeraldChannel     *channel,
                         HeraldSecretStore *store,
                         const GError      *error)
{
  const char *auth = herald_channel_get_setting (channel, "auth");

  return g_error_matches (error, HERALD_ERROR, HERALD_ERROR_SETTINGS) &&
         herald_secret_store_get_state (store) == HERALD_SECRETS_READY &&
         (auth == NULL || g_str_equal (auth, "auto"));
}

static void
on_password_ready (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldSecretStore *store = HERALD_SECRET_STORE (object);
  g_autoptr(GError) error = NULL;
  g_autofree char *stored = NULL;
  g_autofree char *password = NULL;
  HeraldChannel *channel = g_task_get_source_object (task);

  stored = herald_secret_store_lookup_finish (store, result, &error);
  if (stored == NULL && !may_go_without_password (channel, store, error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (stored != NULL)
    password = herald_mail_provider_clean_password (herald_channel_get_setting (channel, "host"), stored);
  herald_log_add_secret (password);
  g_task_return_pointer (task, make_smtp_route (channel, password), (GDestroyNotify) herald_email_route_free);
}

/* Accounts of the desktop */

static HeraldSmtpAccount *
make_smtp_account (HeraldChannel             *channel,
                   const HeraldOnlineAccount *online,
                   const char                *secret)
{
  gboolean has_token = online->login == HERALD_ONLINE_TOKEN;
  HeraldSmtpAccount account = {
    .host = online->host,
    .port = online->port,
    .security = securities[online->security],
    .user = secret != NULL ? online->user : NULL,
    .password = (char *) (has_token ? NULL : secret),
    .token = (char *) (has_token ? secret : NULL),
    .certificate = (char *) herald_channel_get_setting (channel, "certificate"),
  };

  herald_smtp_auth_from_text (herald_channel_get_setting (channel, "auth"), &account.auth);

  return herald_smtp_account_new (&account);
}

static void
on_sign_in_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autofree char *secret = NULL;
  g_autoptr(HeraldOnlineAccount) online = herald_online_accounts_sign_in_finish (result, &secret, &error);
  HeraldEmailRoute *self = NULL;

  if (online == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  self = g_new0 (HeraldEmailRoute, 1);
  self->address = g_strdup (online->address);
  if (online->way == HERALD_ONLINE_BY_GRAPH)
    self->graph_token = g_steal_pointer (&secret);
  else
    self->smtp = make_smtp_account (g_task_get_source_object (task), online, secret);
  g_task_return_pointer (task, self, (GDestroyNotify) herald_email_route_free);
}

static const char *
get_online_account (HeraldChannel *channel)
{
  return herald_channel_get_setting (channel, "account");
}

/**
 * herald_email_route_find_async:
 *
 * Looks up password or token. Ends with a HERALD_ERROR if there is none and a way to log in is chosen, or if the
 * keyring cannot be asked.
 */
void
herald_email_route_find_async (HeraldChannel       *channel,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (channel, cancellable, callback, user_data);
  const char *online = get_online_account (channel);
  g_autofree char *origin = NULL;

  if (online != NULL)
    {
      herald_online_accounts_sign_in_async (online, HERALD_ONLINE_AS_IS, cancellable, on_sign_in_ready,
                                            g_steal_pointer (&task));
      return;
    }
  if (!wants_login (channel))
    {
      g_task_return_pointer (task, make_smtp_route (channel, NULL), (GDestroyNotify) herald_email_route_free);
      return;
    }

  origin = herald_email_route_dup_origin (channel);
  herald_secret_store_lookup_async (herald_channel_get_secret_store (channel), herald_channel_get_id (channel),
                                    HERALD_EMAIL_PASSWORD_FIELD, origin, cancellable, on_password_ready,
                                    g_steal_pointer (&task));
}

/**
 * herald_email_route_find_finish:
 *
 * Returns: (transfer full): how to send; %NULL with a HERALD_ERROR
 */
HeraldEmailRoute *
herald_email_route_find_finish (HeraldChannel  *channel,
                                GAsyncResult   *result,
                                GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * herald_email_route_can_renew:
 * @failure: what sending by it ended with
 *
 * Returns: whether a new token may help. A password that is wrong stays wrong.
 */
gboolean
herald_email_route_can_renew (HeraldEmailRoute *self,
                              const GError     *failure)
{
  return herald_email_route_get_token (self) != NULL &&
         g_error_matches (failure, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED);
}

/**
 * herald_email_route_renew_async:
 *
 * Has the desktop look after the token of the channel's account, and fetches it.
 */
void
herald_email_route_renew_async (HeraldChannel       *channel,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  herald_online_accounts_sign_in_async (get_online_account (channel), HERALD_ONLINE_RENEW, cancellable,
                                        on_sign_in_ready, g_task_new (channel, cancellable, callback, user_data));
}

/**
 * herald_email_route_explain:
 * @at_login: whether that was before the login went through
 * @failure: what sending ended with
 *
 * Returns: (transfer full): the same, with what to do about a refused login that is the desktop's, or at a provider
 *   that is known
 */
GError *
herald_email_route_explain (HeraldChannel *channel,
                            gboolean       at_login,
                            const GError  *failure)
{
  const char *online = get_online_account (channel);
  GError *error;

  if (online == NULL)
    {
      error = g_error_copy (failure);
      herald_mail_provider_explain (error, herald_channel_get_setting (channel, "host"));
      return error;
    }

  /* Only for a refused login: what Graph says by name needs something else done. */
  if (!at_login || !g_error_matches (failure, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED) ||
      herald_error_get_reply_code (failure) == 403)
    return g_error_copy (failure);

  error = g_error_new (HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED,
                       /* Translators: an address */
                       _("The mail server does not accept the login of the account “%s”. Open Settings → Online Accounts "
                         "and sign in again."),
                       online);
  herald_error_set_reply (error, herald_error_get_reply_code (failure), herald_error_get_reply (failure));

  return error;
}

/**
 * herald_email_route_get_token:
 *
 * Returns: (nullable): the token it would log in with
 */
const char *
herald_email_route_get_token (HeraldEmailRoute *self)
{
  return self->smtp != NULL ? self->smtp->token : self->graph_token;
}

void
herald_email_route_free (HeraldEmailRoute *self)
{
  g_clear_pointer (&self->smtp, herald_smtp_account_unref);
  g_free (self->graph_token);
  g_free (self->address);
  g_free (self);
}

/**
 * herald_email_route_dup_origin:
 *
 * Returns: (transfer full): the server that the password belongs to; an account of the desktop needs none
 */
char *
herald_email_route_dup_origin (HeraldChannel *channel)
{
  const char *online = get_online_account (channel);
  const char *host = herald_channel_get_setting (channel, "host");

  if (online != NULL)
    return g_strdup_printf ("online-account:%s", online);

  return g_strdup_printf ("smtp://%s:%u", host != NULL ? host : "", herald_email_settings_get_port (channel));
}
