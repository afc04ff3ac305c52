/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-email-route"

#include "core/channels/email/email-route.h"

#include "core/base/log.h"
#include "core/channels/email/email-settings.h"
#include "core/channels/email/setup/mail-provider.h"

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

static void
on_password_ready (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autofree char *stored = NULL;
  g_autofree char *password = NULL;
  HeraldChannel *channel = g_task_get_source_object (task);

  stored = herald_secret_store_lookup_finish (HERALD_SECRET_STORE (object), result, &error);
  if (stored == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  password = herald_mail_provider_clean_password (herald_channel_get_setting (channel, "host"), stored);
  herald_log_add_secret (password);
  g_task_return_pointer (task, make_smtp_route (channel, password), (GDestroyNotify) herald_email_route_free);
}

/**
 * herald_email_route_find_async:
 *
 * Looks up password or token. Ends with a HERALD_ERROR if there is none.
 */
void
herald_email_route_find_async (HeraldChannel       *channel,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (channel, cancellable, callback, user_data);
  g_autofree char *origin = NULL;

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
 * Returns: (transfer full): the server that the password belongs to
 */
char *
herald_email_route_dup_origin (HeraldChannel *channel)
{
  const char *host = herald_channel_get_setting (channel, "host");

  return g_strdup_printf ("smtp://%s:%u", host != NULL ? host : "", herald_email_settings_get_port (channel));
}
