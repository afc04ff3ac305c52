/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-address-search"

#include "core/printers/octoprint/address-search.h"

#include "core/printers/octoprint/octoprint-url.h"

/* A first version: it asks nobody and takes the first guess. */
void
herald_address_search_async (HeraldHttpClient    *http,
                             const char          *typed,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (http, cancellable, callback, user_data);
  GError *error = NULL;
  char *url = herald_octoprint_url_normalise (typed, &error);

  g_task_set_source_tag (task, herald_address_search_async);
  if (url != NULL)
    g_task_return_pointer (task, url, g_free);
  else
    g_task_return_error (task, error);
}

char *
herald_address_search_finish (GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
