/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-token-keeper"

#include "core/channels/x/x-token-keeper.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/channels/x/x-app.h"
#include "core/channels/x/x-settings.h"
#include "core/channels/x/x-token-answer.h"
#include "core/channels/x/x-token-request.h"
#include "core/net/sasl.h"

/* A request that has just begun shall not end without leave. */
#define MARGIN_S 60

#define KEEPER_KEY "herald-x-token-keeper"

/*
 * The tokens of one channel. X's refresh tokens are good for one time: so there is one who renews, whom nobody but the end
 * of the program interrupts, and a new pair is kept until it is in the keyring, however long that takes. It lives as long as
 * its channel.
 */
typedef struct
{
  HeraldChannel *channel;
  HeraldXTokens *tokens; /* NULL until the keyring was asked */
  gboolean is_unsaved;   /* the keyring has no tokens, or older ones */
  guint n_pairs;         /* so many there have been */
  guint saving;          /* the number of the one that is on its way into the keyring */
  char *refused;         /* an access token that X does not take any more */
  GQueue waiting;        /* Waiter */
  gboolean is_busy;
  gboolean is_closed;    /* the channel is removed */
  HeraldXApp *app;       /* while it is busy */
} Keeper;

/* Somebody who wants a token. */
typedef struct
{
  GTask *task;
  GSource *cancelled;
} Waiter;

static void
waiter_free (Waiter *self)
{
  if (self->cancelled != NULL)
    g_source_destroy (self->cancelled);
  g_clear_pointer (&self->cancelled, g_source_unref);
  g_clear_object (&self->task);
  g_free (self);
}

static void
keeper_free (gpointer data)
{
  Keeper *self = data;

  g_clear_pointer (&self->tokens, herald_x_tokens_free);
  herald_sasl_wipe (self->refused);
  g_clear_pointer (&self->app, herald_x_app_free);
  g_free (self);
}

static Keeper *
get_keeper (HeraldChannel *channel)
{
  Keeper *self = g_object_get_data (G_OBJECT (channel), KEEPER_KEY);

  if (self == NULL)
    {
      self = g_new0 (Keeper, 1);
      self->channel = channel;
      g_queue_init (&self->waiting);
      g_object_set_data_full (G_OBJECT (channel), KEEPER_KEY, self, keeper_free);
    }

  return self;
}

static void
take (Keeper        *self,
      HeraldXTokens *taken_tokens)
{
  g_clear_pointer (&self->tokens, herald_x_tokens_free);
  self->tokens = taken_tokens;
  self->is_unsaved = TRUE;
  self->n_pairs++;
}

/* Ends the work: every waiter gets the token, or @error. */
static void
settle (Keeper       *self,
        const GError *error)
{
  GQueue waiting = self->waiting;
  char *access = error == NULL ? g_strdup (self->tokens->access) : NULL;

  self->is_busy = FALSE;
  g_clear_pointer (&self->app, herald_x_app_free);
  g_queue_init (&self->waiting);
  while (!g_queue_is_empty (&waiting))
    {
      Waiter *waiter = g_queue_pop_head (&waiting);

      if (error != NULL)
        g_task_return_error (waiter->task, g_error_copy (error));
      else
        g_task_return_pointer (waiter->task, g_strdup (access), (GDestroyNotify) herald_sasl_wipe);
      waiter_free (waiter);
    }
  herald_sasl_wipe (access);
}

/* Whether the tokens are for what is set now */
static gboolean
has_tokens (Keeper *self)
{
  return self->tokens != NULL &&
         herald_x_tokens_fit (self->tokens, herald_x_settings_get_server (self->channel),
                              herald_channel_get_setting (self->channel, "client-id"));
}

static gboolean
is_good (Keeper              *self,
         const HeraldXTokens *tokens)
{
  return tokens->expires_s - MARGIN_S > g_get_real_time () / G_USEC_PER_SEC &&
         g_strcmp0 (tokens->access, self->refused) != 0;
}

static void work (Keeper *self);

/* The last step: into the keyring */

static void
on_store_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(HeraldChannel) channel = HERALD_CHANNEL (g_steal_pointer (&user_data));
  Keeper *self = get_keeper (channel);
  g_autoptr(GError) error = NULL;

  if (!herald_secret_store_store_finish (HERALD_SECRET_STORE (source), result, &error))
    {
      settle (self, error);
      return;
    }

  if (self->saving == self->n_pairs)
    self->is_unsaved = FALSE;

  /* Also if it ends within the minute: a pair that is new is used, or there would be no end of it. */
  if (!self->is_unsaved && has_tokens (self))
    settle (self, NULL);
  else
    work (self);
}

static void
save (Keeper *self)
{
  g_autofree char *origin = herald_channel_dup_secret_origin (self->channel);
  char *text = herald_x_tokens_to_text (self->tokens);

  self->saving = self->n_pairs;
  herald_secret_store_store_async (herald_channel_get_secret_store (self->channel), herald_channel_get_id (self->channel),
                                   HERALD_X_TOKENS_SECRET, origin, text, NULL, on_store_ready,
                                   g_object_ref (self->channel));
  herald_sasl_wipe (text);
}

/* The third step: X */

static void
on_refresh_ready (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(HeraldChannel) channel = HERALD_CHANNEL (g_steal_pointer (&user_data));
  Keeper *self = get_keeper (channel);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldXTokens) tokens = herald_x_token_request_finish (result, &error);

  /* Somebody has signed in meanwhile: that is newer. */
  if (self->is_unsaved)
    {
      work (self);
      return;
    }
  if (tokens == NULL)
    {
      settle (self, error);
      return;
    }

  g_debug ("%s: the login at X was renewed", herald_channel_get_id (channel));
  take (self, g_steal_pointer (&tokens));
  work (self);
}

/* The second step: what is in the keyring. It is asked each time, for it may be closed: then no token is spent. */

static void
fail_without_login (Keeper *self)
{
  g_autoptr(GError) error = g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED,
                                                 _("Nobody has signed in at X for this account. Please sign in."));

  settle (self, error);
}

/* Returns (nullable) (transfer full) */
static HeraldXTokens *
read_tokens (Keeper *self,
             char   *taken_text)
{
  g_autoptr(HeraldXTokens) tokens = taken_text != NULL ? herald_x_tokens_from_text (taken_text) : NULL;

  herald_sasl_wipe (taken_text);
  if (tokens == NULL || !herald_x_tokens_fit (tokens, self->app->server, self->app->client_id))
    return NULL;

  herald_log_add_passing_secret (tokens->access);
  herald_log_add_passing_secret (tokens->refresh);

  return g_steal_pointer (&tokens);
}

static void
on_lookup_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(HeraldChannel) channel = HERALD_CHANNEL (g_steal_pointer (&user_data));
  Keeper *self = get_keeper (channel);
  HeraldSecretStore *secrets = HERALD_SECRET_STORE (source);
  g_autoptr(GError) error = NULL;
  char *text = herald_secret_store_lookup_finish (secrets, result, &error);

  if (self->is_unsaved)
    {
      herald_sasl_wipe (text);
      work (self);
      return;
    }
  if (text == NULL && herald_secret_store_get_state (secrets) != HERALD_SECRETS_READY)
    {
      settle (self, error);
      return;
    }

  g_clear_pointer (&self->tokens, herald_x_tokens_free);
  self->tokens = read_tokens (self, text);
  if (self->tokens == NULL)
    fail_without_login (self);
  else if (is_good (self, self->tokens))
    settle (self, NULL);
  else
    herald_x_token_request_refresh_async (self->app, self->tokens, NULL, on_refresh_ready, g_steal_pointer (&channel));
}

/* The first step: the app */

static void
on_app_ready (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  HeraldChannel *channel = HERALD_CHANNEL (source);
  Keeper *self = get_keeper (channel);
  g_autofree char *origin = NULL;
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&self->app, herald_x_app_free);
  self->app = herald_x_app_find_finish (channel, result, &error);
  if (self->app == NULL)
    {
      settle (self, error);
      return;
    }

  origin = herald_channel_dup_secret_origin (channel);
  herald_secret_store_lookup_async (herald_channel_get_secret_store (channel), herald_channel_get_id (channel),
                                    HERALD_X_TOKENS_SECRET, origin, NULL, on_lookup_ready, g_object_ref (channel));
}

static void
fail_closed (Keeper *self)
{
  g_autoptr(GError) error = g_error_new_literal (HERALD_ERROR, HERALD_ERROR_SETTINGS, _("This channel has been removed."));

  settle (self, error);
}

/* Goes on with what is to be done next. */
static void
work (Keeper *self)
{
  if (self->is_closed)
    {
      fail_closed (self);
      return;
    }

  self->is_busy = TRUE;
  if (self->is_unsaved && !has_tokens (self))
    self->is_unsaved = FALSE; /* Of another app than the one that is set now: nobody wants them. */

  if (self->is_unsaved)
    save (self);
  else if (has_tokens (self) && is_good (self, self->tokens))
    settle (self, NULL);
  else
    herald_x_app_find_async (self->channel, NULL, on_app_ready, NULL);
}

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      user_data)
{
  Waiter *waiter = user_data;
  Keeper *self = get_keeper (g_task_get_source_object (waiter->task));

  g_queue_remove (&self->waiting, waiter);
  g_task_return_new_error (waiter->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  waiter_free (waiter);

  return G_SOURCE_REMOVE;
}

void
herald_x_token_keeper_find_async (HeraldChannel       *channel,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  Keeper *self = get_keeper (channel);
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->task = g_task_new (channel, cancellable, callback, user_data);
  if (cancellable != NULL)
    {
      waiter->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (waiter->cancelled, G_SOURCE_FUNC (on_cancelled), waiter, NULL);
      g_source_attach (waiter->cancelled, g_task_get_context (waiter->task));
    }
  g_queue_push_tail (&self->waiting, waiter);
  if (!self->is_busy)
    work (self);
}

char *
herald_x_token_keeper_find_finish (HeraldChannel  *channel,
                                   GAsyncResult   *result,
                                   GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
herald_x_token_keeper_refuse (HeraldChannel *channel,
                              const char    *access)
{
  Keeper *self = get_keeper (channel);

  herald_sasl_wipe (self->refused);
  self->refused = g_strdup (access);
}

void
herald_x_token_keeper_take (HeraldChannel *channel,
                            HeraldXTokens *taken_tokens)
{
  take (get_keeper (channel), taken_tokens);
}

void
herald_x_token_keeper_close (HeraldChannel *channel)
{
  get_keeper (channel)->is_closed = TRUE;
}
