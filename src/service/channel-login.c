/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-login"

#include "service/channel-login.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/channels/browser-login.h"
#include "service/arguments.h"
#include "service/names.h"

/* An address with a code and a state is some hundred letters. */
#define ADDRESS_MAX_BYTES 8192

/*
 * One login, from asking until somebody has signed in. It lives until the channel has answered, also
 * when nobody waits for that any more.
 */
typedef struct
{
  HeraldChannelLogin *login;
  GCancellable *cancellable;
  GPtrArray *invocations;
  char *page;
} LoginRequest;

/**
 * HeraldChannelLogin:
 *
 * Has a person sign in for one channel, and shows on the bus how that goes.
 * There is never more than one login open; who asks meanwhile gets the page
 * of that one.
 */
struct _HeraldChannelLogin
{
  HeraldDBusChannel1 *object;
  HeraldEngine *engine;
  HeraldChannel *channel;
  LoginRequest *request;
};

static void
login_request_free (LoginRequest *self)
{
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->invocations, g_ptr_array_unref);
  g_clear_pointer (&self->page, g_free);
  g_free (self);
}

/* Told before any answer, so that whoever gets one finds the state that belongs to it. */
static void
show (HeraldChannelLogin *self,
      const char         *state,
      const char         *problem,
      const char         *until)
{
  herald_dbus_channel1_set_login_state (self->object, state);
  herald_dbus_channel1_set_login_problem (self->object, problem);
  herald_dbus_channel1_set_login_until (self->object, until);
  if (g_dbus_interface_skeleton_get_connection (G_DBUS_INTERFACE_SKELETON (self->object)) != NULL)
    g_dbus_interface_skeleton_flush (G_DBUS_INTERFACE_SKELETON (self->object));
}

static void
answer_page (LoginRequest *request)
{
  for (guint i = 0; i < request->invocations->len; i++)
    g_dbus_method_invocation_return_value (request->invocations->pdata[i], g_variant_new ("(s)", request->page));
  g_ptr_array_set_size (request->invocations, 0);
}

static void
answer_error (LoginRequest *request,
              const GError *error)
{
  for (guint i = 0; i < request->invocations->len; i++)
    herald_names_return_error (request->invocations->pdata[i], error);
  g_ptr_array_set_size (request->invocations, 0);
}

static void
on_page (const char *page,
         gpointer    user_data)
{
  LoginRequest *request = user_data;
  g_autofree char *until = NULL;

  if (request->login == NULL)
    return;

  until = herald_text_format_time (g_get_real_time () / 1000 + HERALD_BROWSER_LOGIN_LIMIT_S * 1000);
  request->page = g_strdup (page);
  show (request->login, "waiting", "", until);
  answer_page (request);
}

static void
on_login_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  LoginRequest *request = user_data;
  HeraldChannelLogin *self = request->login;
  g_autoptr(GError) error = NULL;
  gboolean done = herald_browser_login_start_finish (HERALD_BROWSER_LOGIN (source), result, &error);

  if (self != NULL)
    {
      const char *id = herald_channel_get_id (self->channel);

      self->request = NULL;
      g_message ("%s: %s", id, done ? "somebody has signed in" : error->message);
      show (self, done ? "done" : "failed", done ? "" : error->message, "");
      if (done)
        herald_outbox_resume (herald_engine_get_outbox (self->engine), id);
    }

  if (error != NULL)
    answer_error (request, error);
  login_request_free (request);
}

HeraldChannelLogin *
herald_channel_login_new (HeraldDBusChannel1 *object,
                          HeraldEngine       *engine,
                          HeraldChannel      *channel)
{
  HeraldChannelLogin *self = g_new0 (HeraldChannelLogin, 1);

  self->object = object;
  self->engine = g_object_ref (engine);
  self->channel = g_object_ref (channel);
  show (self, "", "", "");

  return self;
}

/**
 * herald_channel_login_free:
 *
 * Withdraws what is open.
 */
void
herald_channel_login_free (HeraldChannelLogin *self)
{
  herald_channel_login_withdraw (self);
  g_object_unref (self->channel);
  g_object_unref (self->engine);
  g_free (self);
}

static gboolean
check_kind (HeraldChannelLogin  *self,
            GError             **error)
{
  if (HERALD_IS_BROWSER_LOGIN (self->channel))
    return TRUE;

  g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                       _("For this channel nobody has to sign in with a browser."));
  return FALSE;
}

void
herald_channel_login_begin (HeraldChannelLogin    *self,
                            GDBusMethodInvocation *taken_invocation)
{
  LoginRequest *request = self->request;
  g_autoptr(GError) error = NULL;

  if (!check_kind (self, &error))
    {
      herald_names_return_error (taken_invocation, error);
      return;
    }
  if (request != NULL)
    {
      g_ptr_array_add (request->invocations, taken_invocation);
      if (request->page != NULL)
        answer_page (request);
      return;
    }

  request = g_new0 (LoginRequest, 1);
  request->login = self;
  request->cancellable = g_cancellable_new ();
  request->invocations = g_ptr_array_new ();
  g_ptr_array_add (request->invocations, taken_invocation);
  self->request = request;
  show (self, "waiting", "", "");
  herald_browser_login_start_async (HERALD_BROWSER_LOGIN (self->channel), on_page, request, request->cancellable,
                                    on_login_ready, request);
}

/* The address has a code in it that is as good as a password for half a minute. */
void
herald_channel_login_take_address (HeraldChannelLogin    *self,
                                   const char            *address,
                                   GDBusMethodInvocation *taken_invocation)
{
  g_autoptr(GError) error = NULL;

  if (check_kind (self, &error) && herald_arguments_check_text (address, ADDRESS_MAX_BYTES, &error) &&
      herald_browser_login_take_address (HERALD_BROWSER_LOGIN (self->channel), address, &error))
    g_dbus_method_invocation_return_value (taken_invocation, NULL);
  else
    herald_names_return_error (taken_invocation, error);
}

/**
 * herald_channel_login_withdraw:
 *
 * Nothing happens if nothing is open.
 */
void
herald_channel_login_withdraw (HeraldChannelLogin *self)
{
  LoginRequest *request = g_steal_pointer (&self->request);
  g_autoptr(GCancellable) cancellable = NULL;
  g_autoptr(GError) error = NULL;

  if (request == NULL)
    return;

  request->login = NULL;
  error = g_error_new_literal (HERALD_ERROR, HERALD_ERROR_REJECTED, _("The login was given up"));
  show (self, "", "", "");
  answer_error (request, error);

  /* The answer to this may come at once, and take the request with it */
  cancellable = g_object_ref (request->cancellable);
  g_cancellable_cancel (cancellable);
}
