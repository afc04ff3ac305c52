/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-login"

#include "service/bus/channel-login.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/channels/browser-login.h"
#include "service/bus/arguments.h"
#include "service/bus/names.h"
#include "service/bus/page-request.h"

/* An address with a code and a state is some hundred letters. */
#define ADDRESS_MAX_BYTES 8192

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
  HeraldPageRequest *request; /* (nullable): the login that is open */
};

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
on_page (const char *page,
         gpointer    user_data)
{
  HeraldPageRequest *request = user_data;
  g_autofree char *until = NULL;

  if (request->owner == NULL)
    return;

  until = herald_text_format_time (g_get_real_time () / 1000 + HERALD_BROWSER_LOGIN_LIMIT_S * 1000);
  show (request->owner, "waiting", "", until);
  herald_page_request_answer_page (request, page);
}

static void
on_login_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  HeraldPageRequest *request = user_data;
  HeraldChannelLogin *self = request->owner;
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
    herald_page_request_answer_error (request, error);
  herald_page_request_free (request);
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
  g_autoptr(GError) error = NULL;

  if (!check_kind (self, &error))
    {
      herald_names_return_error (taken_invocation, error);
      return;
    }
  if (self->request != NULL)
    {
      herald_page_request_join (self->request, taken_invocation);
      return;
    }

  self->request = herald_page_request_new (self, taken_invocation);
  show (self, "waiting", "", "");
  herald_browser_login_start_async (HERALD_BROWSER_LOGIN (self->channel), on_page, self->request,
                                    self->request->cancellable, on_login_ready, self->request);
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
  HeraldPageRequest *request = g_steal_pointer (&self->request);

  if (request == NULL)
    return;

  show (self, "", "", "");
  herald_page_request_withdraw (request, _("The login was given up"));
}
