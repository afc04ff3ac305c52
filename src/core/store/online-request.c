/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-online-request"

#include "core/store/online-request.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/text.h"

#define GOA "org.gnome.OnlineAccounts"
#define NOT_AUTHORIZED GOA ".Error.NotAuthorized"

#define REPLY_MAX_CHARS 300

static void
request_clear (gpointer data)
{
  HeraldOnlineRequest *self = data;

  g_clear_pointer (&self->words, g_free);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->outer, g_source_unref);
  g_clear_object (&self->bus);
  g_clear_pointer (&self->account, herald_online_account_unref);
  g_clear_pointer (&self->secret, g_free);
}

static void
fail_silent (HeraldOnlineRequest *self)
{
  herald_online_request_fail (self, HERALD_ERROR_UNREACHABLE, _("The Online Accounts of your desktop do not answer"));
}

static gboolean
on_answer_timeout (gpointer user_data)
{
  g_autoptr(HeraldOnlineRequest) request = g_rc_box_acquire (user_data);

  request->timeout = 0;
  fail_silent (request);
  g_cancellable_cancel (request->cancellable);

  return G_SOURCE_REMOVE;
}

static gboolean
on_outer_cancelled (GCancellable *outer,
                    gpointer      user_data)
{
  g_autoptr(HeraldOnlineRequest) request = g_rc_box_acquire (user_data);
  g_autoptr(GTask) task = herald_online_request_conclude (request);

  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  g_cancellable_cancel (request->cancellable);

  return G_SOURCE_REMOVE;
}

/**
 * herald_online_request_new:
 * @take_task: (transfer full): ends with the answer; the request is its data
 * @cancellable: (nullable): ends the request early
 *
 * Returns: (transfer full): a request; it needs a limit before it asks anything
 */
HeraldOnlineRequest *
herald_online_request_new (GTask        *take_task,
                           GCancellable *cancellable)
{
  HeraldOnlineRequest *self = g_rc_box_new0 (HeraldOnlineRequest);

  self->task = take_task;
  self->cancellable = g_cancellable_new ();
  g_task_set_task_data (take_task, g_rc_box_acquire (self), (GDestroyNotify) herald_online_request_unref);
  if (cancellable != NULL)
    {
      self->outer = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->outer, G_SOURCE_FUNC (on_outer_cancelled), self, NULL);
      g_source_attach (self->outer, g_task_get_context (take_task));
    }

  return self;
}

void
herald_online_request_unref (HeraldOnlineRequest *self)
{
  g_rc_box_release_full (self, request_clear);
}

/**
 * herald_online_request_set_limit:
 * @seconds: how long the next answer may take, from now
 */
void
herald_online_request_set_limit (HeraldOnlineRequest *self,
                                 guint                seconds)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add_seconds (seconds, on_answer_timeout, self);
}

/**
 * herald_online_request_call:
 * @arguments: (nullable): of @method
 * @callback: gets a reference to the request
 */
void
herald_online_request_call (HeraldOnlineRequest *self,
                            const char          *path,
                            const char          *interface,
                            const char          *method,
                            GVariant            *arguments,
                            const char          *reply_type,
                            GAsyncReadyCallback  callback)
{
  g_dbus_connection_call (self->bus, GOA, path, interface, method, arguments, G_VARIANT_TYPE (reply_type),
                          G_DBUS_CALL_FLAGS_NONE, G_MAXINT, self->cancellable, callback, g_rc_box_acquire (self));
}

/**
 * herald_online_request_conclude:
 *
 * Returns: (transfer full): the task, to be returned at once
 */
GTask *
herald_online_request_conclude (HeraldOnlineRequest *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->outer != NULL)
    g_source_destroy (self->outer);
  g_clear_pointer (&self->outer, g_source_unref);

  return g_steal_pointer (&self->task);
}

/**
 * herald_online_request_fail:
 * @code: a #HeraldError
 */
void
herald_online_request_fail (HeraldOnlineRequest *self,
                            int                  code,
                            const char          *sentence)
{
  g_autoptr(GTask) task = herald_online_request_conclude (self);

  g_task_return_new_error (task, HERALD_ERROR, code, "%s", sentence);
}

/**
 * herald_online_request_fail_unauthorized:
 *
 * The account has been found, but gives no token or password.
 */
void
herald_online_request_fail_unauthorized (HeraldOnlineRequest *self)
{
  g_autofree char *sentence =
    /* Translators: an address */
    g_strdup_printf (_("The account “%s” does not let OctoHerald in. Open Settings → Online Accounts and sign in again"),
                     self->account->name);

  herald_online_request_fail (self, HERALD_ERROR_UNAUTHORIZED, sentence);
}

/* It failed, and says why: the network, the provider or the keyring. */
static void
fail_with_words (HeraldOnlineRequest *self,
                 const GError        *failure)
{
  g_autoptr(GTask) task = herald_online_request_conclude (self);
  g_autofree char *words = herald_text_clean (failure->message, REPLY_MAX_CHARS);
  GError *error = g_error_new (HERALD_ERROR, HERALD_ERROR_UNREACHABLE,
                               /* Translators: an address */
                               _("Your desktop could not get access to the account “%s” just now"),
                               self->account->name);

  herald_error_set_reply (error, 0, words);
  g_task_return_error (task, error);
}

static gboolean
is_absent (const char *remote)
{
  static const char *const names[] = {
    "org.freedesktop.DBus.Error.ServiceUnknown",
    "org.freedesktop.DBus.Error.NameHasNoOwner",
    "org.freedesktop.DBus.Error.UnknownMethod",
    "org.freedesktop.DBus.Error.UnknownObject",
    NULL,
  };

  return g_strv_contains (names, remote) || g_str_has_prefix (remote, "org.freedesktop.DBus.Error.Spawn.");
}

/**
 * herald_online_request_fail_with_error:
 * @failure: what a call over the bus ended with; as long as there is no account, it is about all of them
 */
void
herald_online_request_fail_with_error (HeraldOnlineRequest *self,
                                       GError              *failure)
{
  g_autofree char *remote = g_dbus_error_get_remote_error (failure);

  g_debug ("Online Accounts: %s", failure->message);
  g_dbus_error_strip_remote_error (failure);
  if (remote == NULL || g_str_equal (remote, "org.freedesktop.DBus.Error.NoReply"))
    fail_silent (self);
  else if (self->account == NULL && is_absent (remote))
    herald_online_request_fail (self, HERALD_ERROR_SETTINGS,
                                _("This desktop has no Online Accounts (they are a part of GNOME). Set up the channel "
                                  "with the mail server of your provider instead"));
  else if (self->account == NULL)
    fail_silent (self);
  else if (g_str_equal (remote, NOT_AUTHORIZED))
    herald_online_request_fail_unauthorized (self);
  else
    fail_with_words (self, failure);
}
