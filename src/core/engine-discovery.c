/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-engine-discovery"

#include "core/engine-discovery.h"

#include "core/engine-private.h"
#include "core/printers/octoprint/octoprint-discovery.h"

static void
on_discovery_ready (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  GError *error = NULL;
  GPtrArray *found = herald_octoprint_discovery_finish (result, &error);

  if (found != NULL)
    g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * herald_engine_discover_async:
 *
 * Looks for servers in the local network. Sends no key to anybody, and changes
 * nothing.
 */
void
herald_engine_discover_async (HeraldEngine        *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, herald_engine_discover_async);
  herald_octoprint_discovery_async (self->http, cancellable, on_discovery_ready, task);
}

/**
 * herald_engine_discover_finish:
 *
 * Returns: (transfer full) (element-type HeraldFoundPrinter): by name; %NULL with
 *   HERALD_ERROR_UNREACHABLE if this computer is in no network
 */
GPtrArray *
herald_engine_discover_finish (HeraldEngine  *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
