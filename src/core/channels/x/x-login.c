/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-login"

#include "core/channels/x/x-login.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/channels/x/x-app.h"
#include "core/channels/x/x-token-keeper.h"
#include "core/channels/x/x-token-request.h"
#include "core/net/loopback-receiver.h"
#include "core/net/pkce.h"
#include "core/net/sasl.h"
#include "core/net/time-limit.h"

#define CODE_MAX_BYTES 2048
#define ADDRESS_MAX_BYTES 8192
#define WORDS_MAX_CHARS 300

#define LOGIN_KEY "herald-x-login"

/* Registered by nobody at IANA */
const guint16 herald_x_login_ports[] = { 48721, 48722, 48723, 0 };

/* A login, from the page until its tokens are in the keyring. The channel knows the one that is under way. */
typedef struct
{
  GTask *task; /* owns this; NULL once it goes on by itself */
  HeraldBrowserLoginFunc on_page;
  gpointer page_data;
  HeraldXApp *app;
  HeraldLoopbackReceiver *receiver;
  char *verifier;
  char *state;
  HeraldTimeLimit *limit; /* for the person */
  GSource *ended;
} Login;

static void
stop_waiting (Login *self)
{
  if (self->ended != NULL)
    g_source_destroy (self->ended);
  g_clear_pointer (&self->ended, g_source_unref);
  g_clear_pointer (&self->limit, herald_time_limit_free);
}

static void
login_free (Login *self)
{
  stop_waiting (self);
  g_clear_pointer (&self->app, herald_x_app_free);
  g_clear_pointer (&self->receiver, herald_loopback_receiver_free);
  herald_sasl_wipe (self->verifier);
  herald_sasl_wipe (self->state);
  g_free (self);
}

/* Takes the task, and the error if there is one. Told in the browser, too. */
static void
end (GTask  *task,
     GError *taken_error)
{
  Login *self = g_task_get_task_data (task);
  const char *words = _("You have signed in. You can close this page.");

  if (taken_error != NULL)
    words = taken_error->domain == HERALD_ERROR ? taken_error->message : _("The login was given up.");

  g_object_set_data (g_task_get_source_object (task), LOGIN_KEY, NULL);
  stop_waiting (self);
  if (self->receiver != NULL)
    herald_loopback_receiver_answer (self->receiver, taken_error == NULL, words);
  if (taken_error != NULL)
    g_task_return_error (task, taken_error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* The last step: the tokens go into the keyring. */

static void
on_keep_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = G_TASK (user_data);
  GError *error = NULL;

  herald_sasl_wipe (herald_x_token_keeper_find_finish (HERALD_CHANNEL (source), result, &error));
  end (task, error);
}

static void
on_exchange_ready (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  GTask *task = G_TASK (user_data);
  HeraldChannel *channel = g_task_get_source_object (task);
  GError *error = NULL;
  HeraldXTokens *tokens = herald_x_token_request_finish (result, &error);

  if (tokens == NULL)
    {
      end (task, error);
      return;
    }

  herald_x_token_keeper_take (channel, tokens);
  herald_x_token_keeper_find_async (channel, g_task_get_cancellable (task), on_keep_ready, task);
}

/* The third step: what the browser came back with */

static void
exchange (Login      *self,
          const char *code)
{
  GTask *task = g_steal_pointer (&self->task);

  stop_waiting (self);
  herald_log_add_passing_secret (code);
  herald_x_token_request_exchange_async (self->app, code, self->verifier,
                                         herald_loopback_receiver_get_address (self->receiver),
                                         g_task_get_cancellable (task), on_exchange_ready, task);
}

static void
give_up (Login      *self,
         const char *reason)
{
  g_autofree char *clean = herald_text_clean (reason, WORDS_MAX_CHARS);
  GError *error;

  if (g_str_equal (reason, "access_denied"))
    error = g_error_new_literal (HERALD_ERROR, HERALD_ERROR_REJECTED,
                                 _("The login was not allowed on X's page."));
  else
    error = g_error_new (HERALD_ERROR, HERALD_ERROR_REJECTED, _("X has refused the login: %s"), clean);
  end (g_steal_pointer (&self->task), error);
}

static gboolean
take_query (Login       *self,
            const char  *query,
            GError     **error)
{
  g_autoptr(GHashTable) values = g_uri_parse_params (query, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  const char *state = values != NULL ? g_hash_table_lookup (values, "state") : NULL;
  const char *code = values != NULL ? g_hash_table_lookup (values, "code") : NULL;
  const char *refusal = values != NULL ? g_hash_table_lookup (values, "error") : NULL;

  if (g_strcmp0 (state, self->state) != 0)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_REJECTED,
                           _("This address belongs to another login. Open the page of this one, and sign in there."));
      return FALSE;
    }
  if (self->task == NULL)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_REJECTED, _("This login is just being finished."));
      return FALSE;
    }
  if (refusal != NULL)
    {
      give_up (self, refusal);
      return TRUE;
    }
  if (code == NULL || *code == '\0' || strlen (code) > CODE_MAX_BYTES)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_REJECTED,
                           _("There is no code in this address. Copy all of it."));
      return FALSE;
    }

  exchange (self, code);
  return TRUE;
}

static gboolean
on_query (const char *query,
          gpointer    user_data)
{
  return take_query (user_data, query, NULL);
}

/* The second step: a person, at X */

static gboolean
on_wait_ended (GCancellable *cancellable,
               gpointer      user_data)
{
  Login *self = user_data;
  GError *error;

  if (herald_time_limit_is_over (self->limit))
    error = g_error_new_literal (HERALD_ERROR, HERALD_ERROR_REJECTED,
                                 _("Nobody has signed in in time. Please begin once more."));
  else
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  end (g_steal_pointer (&self->task), error);

  return G_SOURCE_REMOVE;
}

static void
wait_for_person (Login *self)
{
  self->limit = herald_time_limit_new (HERALD_BROWSER_LOGIN_LIMIT_S * 1000, g_task_get_cancellable (self->task));
  self->ended = g_cancellable_source_new (herald_time_limit_get_cancellable (self->limit));
  g_source_set_callback (self->ended, G_SOURCE_FUNC (on_wait_ended), self, NULL);
  g_source_attach (self->ended, g_task_get_context (self->task));
}

static void
on_app_ready (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Login *self = user_data;
  g_autofree char *challenge = herald_pkce_make_challenge (self->verifier);
  g_autofree char *page = NULL;
  GError *error = NULL;

  self->app = herald_x_app_find_finish (HERALD_CHANNEL (source), result, &error);
  if (self->app != NULL)
    self->receiver = herald_loopback_receiver_new (herald_x_login_ports, HERALD_X_LOGIN_PATH, on_query, self, &error);
  if (self->receiver == NULL)
    {
      end (g_steal_pointer (&self->task), error);
      return;
    }

  page = herald_x_app_dup_page (self->app, herald_loopback_receiver_get_address (self->receiver), self->state, challenge);
  wait_for_person (self);
  self->on_page (page, self->page_data);
}

/* HeraldBrowserLogin */

static void
herald_x_login_log_in_async (HeraldBrowserLogin     *channel,
                             HeraldBrowserLoginFunc  on_page,
                             gpointer                page_data,
                             GCancellable           *cancellable,
                             GAsyncReadyCallback     callback,
                             gpointer                user_data)
{
  g_autoptr(GTask) task = g_task_new (channel, cancellable, callback, user_data);
  Login *self;

  if (g_object_get_data (G_OBJECT (channel), LOGIN_KEY) != NULL)
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_BUSY, "%s",
                               _("A login of this channel is under way. Finish it, or wait for some minutes."));
      return;
    }

  self = g_new0 (Login, 1);
  self->on_page = on_page;
  self->page_data = page_data;
  self->verifier = herald_pkce_make_secret ();
  self->state = herald_pkce_make_secret ();
  herald_log_add_passing_secret (self->verifier);
  g_object_set_data (G_OBJECT (channel), LOGIN_KEY, self);
  g_task_set_task_data (task, self, (GDestroyNotify) login_free);
  self->task = g_steal_pointer (&task);
  herald_x_app_find_async (HERALD_CHANNEL (channel), cancellable, on_app_ready, self);
}

static gboolean
herald_x_login_log_in_finish (HeraldBrowserLogin  *channel,
                              GAsyncResult        *result,
                              GError             **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Also what somebody has copied with spaces around it; but no other place than ours. */
static gboolean
herald_x_login_take_address (HeraldBrowserLogin  *channel,
                             const char          *address,
                             GError             **error)
{
  Login *self = g_object_get_data (G_OBJECT (channel), LOGIN_KEY);
  const char *ours = self != NULL && self->receiver != NULL ? herald_loopback_receiver_get_address (self->receiver) : NULL;
  char *copy;
  gboolean is_taken;

  if (ours == NULL)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_REJECTED, _("No login of this channel is under way."));
      return FALSE;
    }

  copy = g_strstrip (g_strndup (address, ADDRESS_MAX_BYTES));
  if (g_str_has_prefix (copy, ours) && copy[strlen (ours)] == '?')
    {
      copy[strcspn (copy, "#")] = '\0';
      is_taken = take_query (self, copy + strlen (ours) + 1, error);
    }
  else
    {
      g_set_error (error, HERALD_ERROR, HERALD_ERROR_REJECTED,
                   _("This is not where X sends the browser: that address begins with “%s?”."), ours);
      is_taken = FALSE;
    }
  herald_sasl_wipe (copy);

  return is_taken;
}

static void
herald_x_login_forget (HeraldBrowserLogin *channel)
{
  herald_x_token_keeper_close (HERALD_CHANNEL (channel));
}

void
herald_x_login_implement (HeraldBrowserLoginInterface *iface)
{
  iface->log_in_async = herald_x_login_log_in_async;
  iface->log_in_finish = herald_x_login_log_in_finish;
  iface->take_address = herald_x_login_take_address;
  iface->forget = herald_x_login_forget;
}
