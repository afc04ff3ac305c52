/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-verify"

#include "core/channels/channel.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

/**
 * herald_channel_can_verify:
 *
 * Returns: whether herald_channel_verify_async() asks anybody
 */
gboolean
herald_channel_can_verify (HeraldChannel *self)
{
  g_return_val_if_fail (HERALD_IS_CHANNEL (self), FALSE);

  return HERALD_CHANNEL_GET_CLASS (self)->verify_async != NULL;
}

/**
 * herald_channel_verify_async:
 *
 * Asks the other side whether the credentials are right. No message is sent by that.
 */
void
herald_channel_verify_async (HeraldChannel       *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (HERALD_IS_CHANNEL (self));

  if (herald_channel_can_verify (self))
    HERALD_CHANNEL_GET_CLASS (self)->verify_async (self, cancellable, callback, user_data);
  else
    g_task_report_new_error (self, callback, user_data, herald_channel_verify_async, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                             "%s", _("This kind of channel can only be checked by sending something: test it."));
}

/**
 * herald_channel_verify_finish:
 *
 * Returns: (transfer full): whose the credentials are, and what speaks against them, in sentences; %NULL with a
 *   HERALD_ERROR
 */
char *
herald_channel_verify_finish (HeraldChannel  *self,
                              GAsyncResult   *result,
                              GError        **error)
{
  if (g_async_result_is_tagged (result, herald_channel_verify_async))
    return g_task_propagate_pointer (G_TASK (result), error);

  return HERALD_CHANNEL_GET_CLASS (self)->verify_finish (self, result, error);
}
