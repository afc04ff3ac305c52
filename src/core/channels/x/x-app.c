/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-app"

#include "core/channels/x/x-app.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "core/base/error.h"
#include "core/channels/x/x-settings.h"
#include "core/channels/x/x-token-answer.h"
#include "core/net/sasl.h"

/* X itself asks at another host than the one that is posted to; a stand-in has but one. */
#define X_API_HOST "api.x.com"
#define X_PAGE_SERVER "https://x.com"

#define PAGE_PATH "/i/oauth2/authorize"
#define TOKEN_PATH "/2/oauth2/token"

void
herald_x_app_free (HeraldXApp *self)
{
  g_free (self->server);
  g_free (self->client_id);
  herald_sasl_wipe (self->client_secret);
  g_free (self);
}

/* No secret is none of the failures: a public client has none. The keyring tells by its state which one it was. */
static void
on_lookup_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldSecretStore *secrets = HERALD_SECRET_STORE (source);
  HeraldChannel *channel = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  char *secret = herald_secret_store_lookup_finish (secrets, result, &error);
  HeraldXApp *app;

  if (error != NULL && (error->domain != HERALD_ERROR ||
                        herald_secret_store_get_state (secrets) != HERALD_SECRETS_READY))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  app = g_new0 (HeraldXApp, 1);
  app->server = g_strdup (herald_x_settings_get_server (channel));
  app->client_id = g_strdup (herald_channel_get_setting (channel, "client-id"));
  app->client_secret = secret != NULL && *secret != '\0' ? g_steal_pointer (&secret) : NULL;
  herald_sasl_wipe (secret);
  g_task_return_pointer (task, app, (GDestroyNotify) herald_x_app_free);
}

void
herald_x_app_find_async (HeraldChannel       *channel,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (channel, cancellable, callback, user_data);
  const char *client_id = herald_channel_get_setting (channel, "client-id");
  g_autofree char *origin = NULL;

  if (!herald_x_settings_uses_oauth2 (channel) || client_id == NULL || *client_id == '\0')
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS, "%s",
                               _("This account does not use the login in the browser. Choose that first, with the client ID "
                                 "of your app."));
      return;
    }

  origin = herald_channel_dup_secret_origin (channel);
  herald_secret_store_lookup_async (herald_channel_get_secret_store (channel), herald_channel_get_id (channel),
                                    HERALD_X_CLIENT_SECRET_FIELD, origin, cancellable, on_lookup_ready,
                                    g_steal_pointer (&task));
}

HeraldXApp *
herald_x_app_find_finish (HeraldChannel  *channel,
                          GAsyncResult   *result,
                          GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * herald_x_app_dup_page:
 * @redirect_uri: one of those that are registered at X, letter by letter
 * @state: comes back with the answer
 * @challenge: of the verifier that the code will be exchanged with
 *
 * RFC 6749 section 4.1.1, RFC 7636 section 4.3
 *
 * Returns: (transfer full): an address for a browser; nothing in it is a secret
 */
char *
herald_x_app_dup_page (const HeraldXApp *self,
                       const char       *redirect_uri,
                       const char       *state,
                       const char       *challenge)
{
  g_autoptr(GUri) server = g_uri_parse (self->server, G_URI_FLAGS_NONE, NULL);
  gboolean is_x = server != NULL && g_strcmp0 (g_uri_get_host (server), X_API_HOST) == 0;
  g_autofree char *base = g_uri_resolve_relative (is_x ? X_PAGE_SERVER : self->server, PAGE_PATH, G_URI_FLAGS_NONE, NULL);
  g_autofree char *query = soup_form_encode ("response_type", "code",
                                             "client_id", self->client_id,
                                             "redirect_uri", redirect_uri,
                                             "scope", HERALD_X_SCOPES,
                                             "state", state,
                                             "code_challenge", challenge,
                                             "code_challenge_method", "S256",
                                             NULL);
  /* Not every page takes a plus for a space. */
  g_autoptr(GString) escaped = g_string_new (query);

  g_string_replace (escaped, "+", "%20", 0);

  return g_strconcat (base, "?", escaped->str, NULL);
}

char *
herald_x_app_dup_token_url (const HeraldXApp *self)
{
  return g_uri_resolve_relative (self->server, TOKEN_PATH, G_URI_FLAGS_NONE, NULL);
}
