/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-channel"

#include "core/channels/x/x-channel.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/channels/x/x-account.h"
#include "core/channels/x/x-description.h"
#include "core/channels/x/x-login.h"
#include "core/channels/x/x-media.h"
#include "core/channels/x/x-pace.h"
#include "core/channels/x/x-post.h"
#include "core/channels/x/x-settings.h"
#include "core/channels/x/x-token-answer.h"
#include "core/channels/x/x-token-keeper.h"

/* How often a message is put off for a picture that X has no time for, and how long a pause X may ask for: news that
 * are told at all are better than news that have grown old waiting for their picture. */
#define PICTURE_TRIES 3
#define PICTURE_PAUSE_MAX_S (5 * 60)

/**
 * HeraldXChannel:
 *
 * An account at X. Posts what it is given, with a picture if there is one. A
 * picture that X does not take stops no message, unless the settings want it so.
 */
struct _HeraldXChannel
{
  HeraldChannel parent_instance;

  HeraldXClient *client;
};

G_DEFINE_FINAL_TYPE_WITH_CODE (HeraldXChannel,
                               herald_x_channel,
                               HERALD_TYPE_CHANNEL,
                               G_IMPLEMENT_INTERFACE (HERALD_TYPE_BROWSER_LOGIN, herald_x_login_implement))

/* A delivery, or a question whose account it is. */
typedef struct
{
  HeraldAttempt *attempt; /* (nullable) */
  char *server;
  HeraldXKeys *keys;
  HeraldXVisit visit; /* borrows from the above */
  char *media_id;
  gboolean is_renewed; /* its token was refused once */
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_clear_object (&call->attempt);
  g_clear_pointer (&call->keys, herald_x_keys_free);
  g_free (call->server);
  g_free (call->media_id);
  g_free (call);
}

static Call *
call_new (HeraldAttempt *attempt)
{
  Call *call = g_new0 (Call, 1);

  g_set_object (&call->attempt, attempt);

  return call;
}

/* Takes the task. Server and credentials are those of one moment. */
static void
find_keys (GTask               *task,
           GAsyncReadyCallback  callback)
{
  HeraldChannel *channel = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);

  g_free (call->server);
  call->server = g_strdup (herald_x_settings_get_server (channel));
  herald_x_keys_find_async (channel, g_task_get_cancellable (task), callback, task);
}

static gboolean
take_keys (Call          *call,
           HeraldChannel *channel,
           GAsyncResult  *result,
           GError       **error)
{
  g_clear_pointer (&call->keys, herald_x_keys_free);
  call->keys = herald_x_keys_find_finish (channel, result, error);
  call->visit = (HeraldXVisit) { .server = call->server, .keys = call->keys, .attempt = call->attempt };

  return call->keys != NULL;
}

/* A token that X has refused before its time is renewed, once; then everything is done again. Takes the task, unless nothing
 * is gained by that. */
static gboolean
begin_again (GTask               *task,
             GError             **error,
             GAsyncReadyCallback  callback)
{
  HeraldChannel *channel = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  GError *ended;

  if (call->keys->bearer == NULL || herald_error_get_reply_code (*error) != SOUP_STATUS_UNAUTHORIZED)
    return FALSE;
  if (call->is_renewed)
    {
      ended = herald_x_token_answer_make_ended ();
      herald_error_set_reply (ended, SOUP_STATUS_UNAUTHORIZED, herald_error_get_reply (*error));
      g_error_free (*error);
      *error = ended;
      return FALSE;
    }

  call->is_renewed = TRUE;
  g_clear_error (error);
  g_clear_pointer (&call->media_id, g_free);
  if (call->attempt != NULL)
    herald_attempt_set_remark (call->attempt, NULL);
  herald_x_token_keeper_refuse (channel, call->keys->bearer);
  find_keys (task, callback);

  return TRUE;
}

static void on_keys_ready (GObject      *object,
                           GAsyncResult *result,
                           gpointer      user_data);

/* The post */

/* It may be the picture that X does not like about it: then the words are tried alone. */
static void
note_refusal (HeraldChannel *channel,
              Call          *call,
              const GError  *error)
{
  if (call->media_id != NULL && g_error_matches (error, HERALD_ERROR, HERALD_ERROR_REJECTED) &&
      herald_error_get_reply_code (error) == SOUP_STATUS_BAD_REQUEST &&
      herald_x_settings_get_boolean (channel, "without-picture"))
    herald_attempt_set_keeps_picture (call->attempt, FALSE);
}

static void
on_post_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  GError *error = NULL;

  if (herald_x_post_send_finish (HERALD_X_CLIENT (object), result, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (begin_again (task, &error, on_keys_ready))
    {
      g_steal_pointer (&task);
      return;
    }

  note_refusal (g_task_get_source_object (task), g_task_get_task_data (task), error);
  g_task_return_error (task, error);
}

/* Takes the task. */
static void
post (GTask *task)
{
  HeraldXChannel *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);

  herald_x_post_send_async (self->client, &call->visit, call->media_id, g_task_get_cancellable (task), on_post_ready,
                            task);
}

/* A post that was refused, for its token alone, has been an answer: whatever fails before the next one, nothing is there. */
static void
fail_before_post (GTask  *task,
                  GError *taken_error)
{
  Call *call = g_task_get_task_data (task);
  HeraldErrorScope scope = herald_error_get_scope (taken_error);

  if (taken_error->domain == HERALD_ERROR && herald_attempt_is_committed (call->attempt) &&
      (taken_error->code == HERALD_ERROR_UNREACHABLE || taken_error->code == HERALD_ERROR_PROTOCOL))
    {
      taken_error->code = HERALD_ERROR_BUSY;
      herald_error_set_scope (taken_error, scope);
    }

  g_task_return_error (task, taken_error);
}

/* Its picture */

static gboolean
may_go_without (HeraldChannel *channel,
                Call          *call,
                const GError  *error)
{
  if (error->domain != HERALD_ERROR || !herald_x_settings_get_boolean (channel, "without-picture"))
    return FALSE;

  switch ((HeraldError) error->code)
    {
    case HERALD_ERROR_REJECTED:
      return TRUE;
    case HERALD_ERROR_UNREACHABLE:
    case HERALD_ERROR_BUSY:
    case HERALD_ERROR_PROTOCOL:
      return herald_attempt_get_n_tries (call->attempt) >= PICTURE_TRIES ||
             herald_error_get_retry_after (error) > PICTURE_PAUSE_MAX_S;
    case HERALD_ERROR_UNAUTHORIZED:
    case HERALD_ERROR_NO_CREDIT:
    case HERALD_ERROR_SETTINGS:
    case HERALD_ERROR_UNTRUSTED:
    case HERALD_ERROR_AMBIGUOUS:
    default:
      return FALSE;
    }
}

static void
on_description_ready (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Call *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!herald_x_description_send_finish (HERALD_X_CLIENT (object), result, &error) && error->domain == HERALD_ERROR)
    {
      /* Translators: a sentence that says why */
      g_autofree char *remark = g_strdup_printf (_("X has not taken the description of the picture: %s"), error->message);

      herald_attempt_set_remark (call->attempt, remark);
    }

  post (g_steal_pointer (&task));
}

static void
on_upload_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldChannel *channel = g_task_get_source_object (task);
  HeraldXClient *client = HERALD_X_CLIENT (object);
  Call *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autofree char *remark = NULL;

  call->media_id = herald_x_media_upload_finish (client, result, &error);
  if (call->media_id == NULL && begin_again (task, &error, on_keys_ready))
    {
      g_steal_pointer (&task);
      return;
    }
  if (call->media_id == NULL && !may_go_without (channel, call, error))
    {
      fail_before_post (task, g_steal_pointer (&error));
      return;
    }
  if (call->media_id == NULL)
    {
      /* Translators: a sentence that says why */
      remark = g_strdup_printf (_("No picture: %s"), error->message);
      herald_attempt_set_remark (call->attempt, remark);
    }
  else if (herald_x_settings_get_boolean (channel, "describe-pictures") &&
           !herald_attachment_is_film (herald_attempt_get_attachment (call->attempt)))
    {
      GCancellable *cancellable = g_task_get_cancellable (task);

      herald_x_description_send_async (client, &call->visit, call->media_id, cancellable, on_description_ready,
                                       g_steal_pointer (&task));
      return;
    }

  post (g_steal_pointer (&task));
}

/* HeraldChannel */

static void
on_keys_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldXChannel *self = HERALD_X_CHANNEL (object);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;

  if (!take_keys (call, HERALD_CHANNEL (self), result, &error))
    fail_before_post (task, error);
  else if (herald_attempt_get_attachment (call->attempt) != NULL)
    herald_x_media_upload_async (self->client, &call->visit, cancellable, on_upload_ready, g_steal_pointer (&task));
  else
    post (g_steal_pointer (&task));
}

static void
herald_x_channel_deliver_async (HeraldChannel       *channel,
                                HeraldAttempt       *attempt,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (channel, cancellable, callback, user_data);

  herald_attempt_set_keeps_picture (attempt, TRUE);
  g_task_set_task_data (task, call_new (attempt), call_free);
  find_keys (g_steal_pointer (&task), on_keys_ready);
}

static gboolean
herald_x_channel_deliver_finish (HeraldChannel  *channel,
                                 GAsyncResult   *result,
                                 GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void on_account_keys_ready (GObject      *object,
                                   GAsyncResult *result,
                                   gpointer      user_data);

static void
on_account_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  GError *error = NULL;
  char *sentence = herald_x_account_ask_finish (HERALD_X_CLIENT (object), result, &error);

  if (sentence != NULL)
    g_task_return_pointer (task, sentence, g_free);
  else if (begin_again (task, &error, on_account_keys_ready))
    g_steal_pointer (&task);
  else
    g_task_return_error (task, error);
}

static void
on_account_keys_ready (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  GCancellable *cancellable = g_task_get_cancellable (task);
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;

  if (take_keys (call, HERALD_CHANNEL (object), result, &error))
    herald_x_account_ask_async (HERALD_X_CHANNEL (object)->client, &call->visit, cancellable, on_account_ready,
                                g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static void
herald_x_channel_verify_async (HeraldChannel       *channel,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (channel, cancellable, callback, user_data);

  g_task_set_task_data (task, call_new (NULL), call_free);
  find_keys (g_steal_pointer (&task), on_account_keys_ready);
}

static char *
herald_x_channel_verify_finish (HeraldChannel  *channel,
                                GAsyncResult   *result,
                                GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Credentials of X are not for a stand-in, nor the other way round. */
static char *
herald_x_channel_dup_secret_origin (HeraldChannel *channel)
{
  return g_strdup (herald_x_settings_get_server (channel));
}

/* GObject */

static void
herald_x_channel_dispose (GObject *object)
{
  HeraldXChannel *self = HERALD_X_CHANNEL (object);

  g_clear_object (&self->client);

  G_OBJECT_CLASS (herald_x_channel_parent_class)->dispose (object);
}

static void
herald_x_channel_class_init (HeraldXChannelClass *klass)
{
  HeraldChannelClass *channel_class = HERALD_CHANNEL_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_x_channel_dispose;
  channel_class->deliver_async = herald_x_channel_deliver_async;
  channel_class->deliver_finish = herald_x_channel_deliver_finish;
  channel_class->verify_async = herald_x_channel_verify_async;
  channel_class->verify_finish = herald_x_channel_verify_finish;
  channel_class->dup_secret_origin = herald_x_channel_dup_secret_origin;
  herald_x_pace_implement (channel_class);
}

static void
herald_x_channel_init (HeraldXChannel *self)
{
  self->client = herald_x_client_new ();
}
