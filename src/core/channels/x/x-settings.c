/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-settings"

#include "core/channels/x/x-settings.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/channels/x/x-channel.h"
#include "core/channels/x/x-client.h"
#include "core/channels/x/x-credentials.h"
#include "core/channels/x/x-guide.h"
#include "core/channels/x/x-steps.h"

static const char *const login_choices[] = { "keys", "browser", NULL };

static const char *const login_labels[] = { N_("Four codes"), N_("Sign in with the browser"), NULL };

static const HeraldChannelField fields[] = {
  { "login", HERALD_FIELD_CHOICE, HERALD_FIELD_PLAIN, N_("Login"),
    N_("Four codes of an app of your own (keys), or a login on X's page (browser). Both need an app."), "keys",
    login_choices, login_labels },
  { HERALD_X_API_KEY_FIELD, HERALD_FIELD_TEXT, HERALD_FIELD_SECRET, N_("API key"), NULL, NULL, NULL },
  { HERALD_X_API_SECRET_FIELD, HERALD_FIELD_TEXT, HERALD_FIELD_SECRET, N_("API key secret"), NULL, NULL, NULL },
  { HERALD_X_ACCESS_TOKEN_FIELD, HERALD_FIELD_TEXT, HERALD_FIELD_SECRET, N_("Access token"),
    N_("Create it after the app has got “Read and write”, or it may only read."), NULL, NULL },
  { HERALD_X_ACCESS_SECRET_FIELD, HERALD_FIELD_TEXT, HERALD_FIELD_SECRET, N_("Access token secret"), NULL, NULL, NULL },
  { "client-id", HERALD_FIELD_TEXT, HERALD_FIELD_PLAIN, N_("Client ID"),
    N_("Only for the login in the browser."), NULL, NULL },
  { HERALD_X_CLIENT_SECRET_FIELD, HERALD_FIELD_TEXT, HERALD_FIELD_SECRET, N_("Client secret"),
    N_("Only for the login in the browser, and only if X shows you one."), NULL, NULL },
  { "describe-pictures", HERALD_FIELD_BOOLEAN, HERALD_FIELD_PLAIN, N_("Describe pictures for people who cannot see"),
    N_("X takes half a cent for each description."), "false", NULL },
  { "without-picture", HERALD_FIELD_BOOLEAN, HERALD_FIELD_PLAIN, N_("Post the text alone if X refuses the picture"),
    NULL, "true", NULL },
  { "premium", HERALD_FIELD_BOOLEAN, HERALD_FIELD_PLAIN, N_("The account may post long texts"),
    N_("X Premium: 25,000 characters instead of 280."), "false", NULL },
  { HERALD_X_POSTS_PER_DAY, HERALD_FIELD_COUNT, HERALD_FIELD_PLAIN, N_("Posts in a day"),
    N_("The last fifth of them is kept for failures. What is more is put together in one post or left out."), "15", NULL },
  { HERALD_X_BUDGET_DAY, HERALD_FIELD_MONEY, HERALD_FIELD_PLAIN, N_("What a day may cost"),
    N_("In US dollars, like 0.50; a fifth of it is kept for failures. Empty for no limit. A day ends at your midnight."), NULL,
    NULL },
  { HERALD_X_BUDGET_MONTH, HERALD_FIELD_MONEY, HERALD_FIELD_PLAIN, N_("What a month may cost"),
    N_("In US dollars, like 5; a fifth of it is kept for failures. Empty for no limit."), NULL, NULL },
  { "server", HERALD_FIELD_TEXT, HERALD_FIELD_PLAIN, N_("Server"),
    N_("Only for trying out: a stand-in for X on this computer."), HERALD_X_SERVER, NULL },
};

/* X takes 5 MB for a picture and 512 MB for a film (August 2026). */
static const HeraldPictureForm picture_form = {
  .max_bytes = 5 * 1000 * 1000,
  .max_side = 2048,
  .film_max_bytes = 64 * 1024 * 1024,
};

/* A description is half a cent (August 2026). */
static const HeraldPictureForm described_picture_form = {
  .max_bytes = 5 * 1000 * 1000,
  .max_side = 2048,
  .film_max_bytes = 64 * 1024 * 1024,
  .price = 5000,
};

const HeraldChannelType herald_x_channel_type = {
  .id = "x",
  .name = N_("X (Twitter)"),
  .reach = HERALD_REACH_PUBLIC,
  .form = "x",
  .picture = &picture_form,
  .get_gtype = herald_x_channel_get_type,
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .check = herald_x_settings_check,
  .is_serial = TRUE,
  .steps = herald_x_steps,
  .dup_secret = herald_x_credentials_dup,
  .check_secrets = herald_x_credentials_check,
  .guide = herald_x_guide,
  .link = "https://x.com/i/web/status/",
  .check_price = N_("X takes $0.010 for it."),
};

const char *
herald_x_settings_get_server (HeraldChannel *channel)
{
  return herald_channel_get_setting (channel, "server");
}

gboolean
herald_x_settings_uses_oauth2 (HeraldChannel *channel)
{
  return g_strcmp0 (herald_channel_get_setting (channel, "login"), "browser") == 0;
}

gboolean
herald_x_settings_get_boolean (HeraldChannel *channel,
                               const char    *name)
{
  return g_strcmp0 (herald_channel_get_setting (channel, name), "true") == 0;
}

const HeraldPictureForm *
herald_x_settings_get_picture_form (HeraldChannel *channel)
{
  return herald_x_settings_get_boolean (channel, "describe-pictures") ? &described_picture_form : &picture_form;
}

/* A key in clear goes nowhere but to this computer. */
static gboolean
is_server (const char *text)
{
  g_autoptr(GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  g_autoptr(GInetAddress) address = NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL ||
      g_uri_get_fragment (uri) != NULL)
    return FALSE;
  if (g_str_equal (g_uri_get_scheme (uri), "https"))
    return TRUE;

  address = g_inet_address_new_from_string (g_uri_get_host (uri));
  return g_str_equal (g_uri_get_scheme (uri), "http") && address != NULL && g_inet_address_get_is_loopback (address);
}

/**
 * herald_x_settings_check:
 * @settings: each field is right by itself
 *
 * Returns: whether they are enough to post by; if not, @error is HERALD_ERROR_SETTINGS
 */
gboolean
herald_x_settings_check (HeraldValues  *settings,
                         GError       **error)
{
  const char *server = herald_values_get (settings, "server");
  const char *client_id = herald_values_get (settings, "client-id");

  if (server != NULL && *server != '\0' && !is_server (server))
    {
      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                   _("“server” cannot be “%s”. It must be an address with https, or one of this computer like "
                     "http://127.0.0.1:8080"), server);
      return FALSE;
    }
  if (g_strcmp0 (herald_values_get (settings, "login"), "browser") == 0 && (client_id == NULL || *client_id == '\0'))
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("“client-id” is missing: X's console shows it under “OAuth 2.0 Client ID”"));
      return FALSE;
    }

  return TRUE;
}
