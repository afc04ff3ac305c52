/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-engine-address"

#include "core/engine-address.h"

#include "core/engine-private.h"
#include "core/printers/octoprint/address-search.h"

static void
on_search_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  GError *error = NULL;
  char *url = herald_address_search_finish (result, &error);

  if (url != NULL)
    g_task_return_pointer (task, url, g_free);
  else
    g_task_return_error (task, error);
}

/**
 * herald_engine_find_address_async:
 * @typed: what a person calls the server, as short as `octopi`
 *
 * Finds out what is missing of an address, which takes a few seconds at most.
 */
void
herald_engine_find_address_async (HeraldEngine        *self,
                                  const char          *typed,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, herald_engine_find_address_async);
  herald_address_search_async (self->http, typed, cancellable, on_search_ready, task);
}

/**
 * herald_engine_find_address_finish:
 *
 * Returns: (transfer full): the whole address, also if nothing answers there now; %NULL with
 *   HERALD_ERROR_SETTINGS if it can be none
 */
char *
herald_engine_find_address_finish (HeraldEngine  *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
