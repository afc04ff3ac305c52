/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-engine-mail-setup"

#include "core/engine-mail-setup.h"

#include "core/channels/email/setup/mail-search.h"
#include "core/engine-private.h"

static void
on_search_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  GError *error = NULL;
  HeraldMailSetup *setup = herald_mail_search_finish (result, &error);

  if (setup != NULL)
    g_task_return_pointer (task, setup, (GDestroyNotify) herald_mail_setup_free);
  else
    g_task_return_error (task, error);
}

void
herald_engine_find_mail_server_async (HeraldEngine        *self,
                                      const char          *address,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, herald_engine_find_mail_server_async);
  herald_mail_search_async (self->http, address, cancellable, on_search_ready, task);
}

HeraldMailSetup *
herald_engine_find_mail_server_finish (HeraldEngine  *self,
                                       GAsyncResult  *result,
                                       GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
