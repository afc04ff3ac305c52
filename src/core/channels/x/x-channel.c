/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-channel"

#include "core/channels/x/x-channel.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/channels/x/x-login.h"

/**
 * HeraldXChannel:
 *
 * An account at X. Posts what it is given, with a picture if there is one.
 */
struct _HeraldXChannel
{
  HeraldChannel parent_instance;
};

G_DEFINE_FINAL_TYPE_WITH_CODE (HeraldXChannel,
                               herald_x_channel,
                               HERALD_TYPE_CHANNEL,
                               G_IMPLEMENT_INTERFACE (HERALD_TYPE_BROWSER_LOGIN, herald_x_login_implement))

/* HeraldChannel */

static void
herald_x_channel_deliver_async (HeraldChannel       *channel,
                                HeraldAttempt       *attempt,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_task_report_new_error (channel, callback, user_data, herald_x_channel_deliver_async, HERALD_ERROR,
                           HERALD_ERROR_SETTINGS, "%s", _("Posting to X is not available yet."));
}

static gboolean
herald_x_channel_deliver_finish (HeraldChannel  *channel,
                                 GAsyncResult   *result,
                                 GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
herald_x_channel_class_init (HeraldXChannelClass *klass)
{
  HeraldChannelClass *channel_class = HERALD_CHANNEL_CLASS (klass);

  channel_class->deliver_async = herald_x_channel_deliver_async;
  channel_class->deliver_finish = herald_x_channel_deliver_finish;
}

static void
herald_x_channel_init (HeraldXChannel *self)
{
}
