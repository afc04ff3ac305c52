/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-access"

#include "core/printers/octoprint/octoprint-access.h"

#include "core/base/error.h"
#include "core/printers/octoprint/application-key.h"

typedef struct
{
  HeraldSecretStore *secrets;
  HeraldAccessFunc on_page;
  gpointer page_data;
} AccessCall;

static void
access_call_free (AccessCall *call)
{
  g_object_unref (call->secrets);
  g_free (call);
}

static void
on_store_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldPrinter *printer = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;

  if (!herald_secret_store_store_finish (HERALD_SECRET_STORE (object), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  herald_printer_stop (printer);
  herald_printer_start (printer);
  g_task_return_boolean (task, TRUE);
}

/* It is given out once only: nothing may come between getting and keeping it. */
static void
on_key_ready (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  AccessCall *call = g_task_get_task_data (task);
  HeraldPrinter *printer = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  g_autofree char *key = herald_application_key_request_finish (result, &error);
  g_autofree char *origin = NULL;

  if (key == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  origin = herald_printer_dup_origin (printer);
  herald_secret_store_store_async (call->secrets, herald_printer_get_id (printer), "key", origin, key, NULL,
                                   on_store_ready, g_steal_pointer (&task));
}

static void
on_load_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  AccessCall *call = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldOctoprintServer) server = herald_octoprint_server_load_finish (result, &error);
  g_autofree char *name = NULL;

  if (server == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (herald_secret_store_get_state (call->secrets) == HERALD_SECRETS_ABSENT)
    {
      /* Nobody shall be asked for a key that cannot be kept */
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS, "%s",
                               herald_secret_store_describe (HERALD_SECRETS_ABSENT));
      return;
    }

  name = herald_application_key_make_name ();
  herald_application_key_request_async (server, name, call->on_page, call->page_data, cancellable, on_key_ready,
                                        g_steal_pointer (&task));
}

void
herald_octoprint_access_async (HeraldPrinter       *printer,
                               HeraldHttpClient    *http,
                               HeraldSecretStore   *secrets,
                               HeraldAccessFunc     on_page,
                               gpointer             page_data,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (printer, cancellable, callback, user_data);
  AccessCall *call = g_new0 (AccessCall, 1);

  call->secrets = g_object_ref (secrets);
  call->on_page = on_page;
  call->page_data = page_data;
  g_task_set_task_data (task, call, (GDestroyNotify) access_call_free);
  herald_octoprint_server_load_async (http, secrets, herald_printer_get_id (printer),
                                      herald_printer_get_settings (printer), cancellable, on_load_ready, task);
}

gboolean
herald_octoprint_access_finish (GAsyncResult  *result,
                                GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
