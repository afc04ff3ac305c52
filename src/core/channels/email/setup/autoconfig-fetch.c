/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-autoconfig-fetch"

#include "core/channels/email/setup/autoconfig-fetch.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/channels/email/setup/autoconfig.h"
#include "core/net/address-guard.h"
#include "core/net/http-portion.h"
#include "core/net/time-limit.h"

/* From a domain to its www, and from there to where a hoster keeps it */
#define REDIRECTS_MAX 3

/* One description on its way, also by detours */
typedef struct
{
  HeraldHttpClient *http;
  SoupMessage *message;
  char *address;
  HeraldTimeLimit *limit;
  guint limit_ms;
  guint n_redirects;
} Fetch;

static void
fetch_free (Fetch *fetch)
{
  g_clear_object (&fetch->http);
  g_clear_object (&fetch->message);
  g_clear_pointer (&fetch->limit, herald_time_limit_free);
  g_free (fetch->address);
  g_free (fetch);
}

static void
return_none (GTask *task)
{
  g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_PROTOCOL, _("“%s” has no description of the mail server"),
                           g_uri_get_host (soup_message_get_uri (((Fetch *) g_task_get_task_data (task))->message)));
}

/* Returns: (transfer full) (nullable): where the answer sends us, if we may go there */
static GUri *
find_redirect (Fetch *fetch)
{
  guint status = soup_message_get_status (fetch->message);
  const char *location = soup_message_headers_get_one (soup_message_get_response_headers (fetch->message), "Location");
  g_autoptr(GUri) uri = NULL;

  if (!SOUP_STATUS_IS_REDIRECTION (status) || location == NULL || fetch->n_redirects++ == REDIRECTS_MAX)
    return NULL;

  uri = g_uri_parse_relative (soup_message_get_uri (fetch->message), location, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL || !g_str_equal (g_uri_get_scheme (uri), "https") || g_uri_get_userinfo (uri) != NULL ||
      g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return NULL;

  return g_steal_pointer (&uri);
}

static void fetch_from (GTask *task,
                        GUri  *uri);

static void
on_read_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = herald_http_portion_read_finish (result, &error);
  g_autoptr(GUri) elsewhere = NULL;
  HeraldMailSetup *setup = NULL;

  if (body == NULL)
    {
      g_task_return_error (task, herald_http_client_translate_error (error, fetch->message));
      return;
    }

  elsewhere = find_redirect (fetch);
  if (elsewhere != NULL)
    {
      fetch_from (g_steal_pointer (&task), elsewhere);
      return;
    }

  if (soup_message_get_status (fetch->message) != SOUP_STATUS_OK)
    {
      return_none (task);
      return;
    }

  setup = herald_autoconfig_read (g_bytes_get_data (body, NULL), g_bytes_get_size (body), fetch->address, &error);
  if (setup == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, setup, (GDestroyNotify) herald_mail_setup_free);
}

/* Takes the task. */
static void
fetch_from (GTask *task,
            GUri  *uri)
{
  /* Somebody else's domain decides where we knock. A company keeps this in its own network; nobody keeps it on the
   * computer that asks. */
  static const guint allowed = HERALD_ADDRESSES_PUBLIC;
  Fetch *fetch = g_task_get_task_data (task);
  HeraldHttpPortion portion = {
    .max_bytes = HERALD_AUTOCONFIG_MAX_BYTES,
    .whole = TRUE,
    .limit_ms = fetch->limit_ms,
  };

  g_clear_object (&fetch->message);
  fetch->message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  herald_http_portion_read_async (fetch->http, fetch->message, &portion, &allowed,
                                  herald_time_limit_get_cancellable (fetch->limit), on_read_ready, task);
}

void
herald_autoconfig_fetch_async (HeraldHttpClient    *http,
                               const char          *url,
                               const char          *address,
                               guint                limit_ms,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  Fetch *fetch = g_new0 (Fetch, 1);

  g_task_set_task_data (task, fetch, (GDestroyNotify) fetch_free);
  g_task_set_check_cancellable (task, FALSE);
  fetch->http = g_object_ref (http);
  fetch->address = g_strdup (address);
  fetch->limit_ms = limit_ms;
  fetch->limit = herald_time_limit_new (limit_ms, cancellable);

  if (uri == NULL)
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("“%s” is not an address"), url);
  else
    fetch_from (g_steal_pointer (&task), uri);
}

HeraldMailSetup *
herald_autoconfig_fetch_finish (GAsyncResult  *result,
                                GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
