/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-discovery"

#include "core/printers/octoprint/octoprint-discovery.h"

#include "core/net/time-limit.h"
#include "core/printers/discovery/avahi-browser.h"
#include "core/printers/discovery/ssdp-search.h"
#include "core/printers/octoprint/octoprint-url.h"
#include "core/printers/octoprint/server-description.h"
#include "core/printers/octoprint/sighting-merge.h"

#define SERVICE_TYPE "_octoprint._tcp"

/* Three seconds hold three questions of Avahi (RFC 6762, 5.2) and two of SSDP. */
#define SEARCH_MS 3000

/* In the same house an answer takes milliseconds, from a busy Raspberry Pi a second. */
#define ASK_MS 2500

/* The printers that are watched use the same client, and must not wait for this. */
#define MAX_AT_ONCE 4

/*
 * A search: both ways at once, then every address that came of it is asked who
 * it is. A failure of one way counts only if the other failed, too.
 */
typedef struct
{
  HeraldHttpClient *http;
  guint n_searching;
  gboolean looked;
  GError *error;
  HeraldTimeLimit *limit;
  GPtrArray *sightings;
  GPtrArray *ssdp_urls;
  GQueue *to_ask;
  GHashTable *asked;
  GHashTable *answers;
  guint n_asking;
} DiscoveryCall;

/* One question */
typedef struct
{
  GTask *task;
  SoupMessage *message;
  char *url;
} Question;

static void
question_free (Question *question)
{
  g_clear_object (&question->task);
  g_clear_object (&question->message);
  g_free (question->url);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
description_free (gpointer data)
{
  if (data != NULL)
    herald_server_description_free (data);
}

static void
discovery_call_free (DiscoveryCall *call)
{
  g_clear_object (&call->http);
  g_clear_error (&call->error);
  g_clear_pointer (&call->limit, herald_time_limit_free);
  g_clear_pointer (&call->sightings, g_ptr_array_unref);
  g_clear_pointer (&call->ssdp_urls, g_ptr_array_unref);
  g_queue_free_full (call->to_ask, g_free);
  g_clear_pointer (&call->asked, g_hash_table_unref);
  g_clear_pointer (&call->answers, g_hash_table_unref);
  g_free (call);
}

static DiscoveryCall *
discovery_call_new (HeraldHttpClient *http)
{
  DiscoveryCall *call = g_new0 (DiscoveryCall, 1);

  call->http = g_object_ref (http);
  call->sightings = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_sighting_free);
  call->ssdp_urls = g_ptr_array_new_with_free_func (g_free);
  call->to_ask = g_queue_new ();
  call->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  call->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, description_free);

  return call;
}

/* Asking */

static void
conclude (GTask *task)
{
  DiscoveryCall *call = g_task_get_task_data (task);

  for (guint i = 0; i < call->ssdp_urls->len; i++)
    {
      const char *url = g_ptr_array_index (call->ssdp_urls, i);
      const HeraldServerDescription *answer = g_hash_table_lookup (call->answers, url);
      HeraldSighting *sighting = NULL;

      if (answer != NULL)
        sighting = herald_sighting_new_from_description (url, answer);
      if (sighting != NULL)
        g_ptr_array_add (call->sightings, sighting);
    }

  g_task_return_pointer (task, herald_sighting_merge (call->sightings, call->answers),
                         (GDestroyNotify) g_ptr_array_unref);
}

static void ask_next (GTask *task);

static void
on_answer_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(Question) question = g_steal_pointer (&user_data);
  DiscoveryCall *call = g_task_get_task_data (question->task);
  g_autoptr(GBytes) body =
    herald_http_client_send_finish (HERALD_HTTP_CLIENT (source), result, NULL);
  HeraldServerDescription *description = NULL;

  call->n_asking--;
  if (body != NULL)
    {
      gsize length;
      const char *text = g_bytes_get_data (body, &length);

      if (soup_message_get_status (question->message) == SOUP_STATUS_OK)
        description = herald_server_description_parse (text, length);
      g_hash_table_insert (call->answers, g_steal_pointer (&question->url), description);
    }

  ask_next (question->task);
}

static void
ask (GTask *task,
     char  *url)
{
  DiscoveryCall *call = g_task_get_task_data (task);
  g_autofree char *full = herald_octoprint_url_join (url, HERALD_SERVER_DESCRIPTION_PATH);
  Question *question = g_new0 (Question, 1);

  question->task = g_object_ref (task);
  question->url = url;
  question->message = soup_message_new ("GET", full);
  call->n_asking++;
  herald_http_client_send_async (call->http, question->message, HERALD_SERVER_DESCRIPTION_MAX_BYTES,
                                 herald_time_limit_get_cancellable (call->limit), on_answer_ready,
                                 question);
}

static void
ask_next (GTask *task)
{
  DiscoveryCall *call = g_task_get_task_data (task);
  GCancellable *over = herald_time_limit_get_cancellable (call->limit);

  while (call->n_asking < MAX_AT_ONCE && !g_queue_is_empty (call->to_ask) &&
         !g_cancellable_is_cancelled (over))
    ask (task, g_queue_pop_head (call->to_ask));

  if (call->n_asking == 0)
    conclude (task);
}

static void
add_question (DiscoveryCall *call,
              const char    *url)
{
  if (url != NULL && g_hash_table_add (call->asked, g_strdup (url)))
    g_queue_push_tail (call->to_ask, g_strdup (url));
}

/* Addresses before names: where nobody knows names, asking for one takes its time. */
static void
ask_who_is_there (GTask *task)
{
  DiscoveryCall *call = g_task_get_task_data (task);

  for (guint i = 0; i < call->sightings->len; i++)
    add_question (call, ((HeraldSighting *) g_ptr_array_index (call->sightings, i))->address_url);
  for (guint i = 0; i < call->ssdp_urls->len; i++)
    add_question (call, g_ptr_array_index (call->ssdp_urls, i));
  for (guint i = 0; i < call->sightings->len; i++)
    add_question (call, ((HeraldSighting *) g_ptr_array_index (call->sightings, i))->host_url);

  call->limit = herald_time_limit_new (ASK_MS, g_task_get_cancellable (task));
  ask_next (task);
}

/* Searching */

static void
on_search_ended (GTask  *task,
                 GError *error)
{
  DiscoveryCall *call = g_task_get_task_data (task);

  if (error == NULL)
    call->looked = TRUE;
  else if (call->error == NULL)
    call->error = error;
  else
    g_error_free (error);

  if (--call->n_searching > 0)
    return;

  if (call->looked)
    ask_who_is_there (task);
  else
    g_task_return_error (task, g_steal_pointer (&call->error));
}

static void
on_browse_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  DiscoveryCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GPtrArray) services = herald_avahi_browse_finish (result, &error);

  for (guint i = 0; services != NULL && i < services->len; i++)
    {
      HeraldSighting *sighting = herald_sighting_new_from_service (g_ptr_array_index (services, i));

      if (sighting != NULL)
        g_ptr_array_add (call->sightings, sighting);
    }
  on_search_ended (task, error);
}

static void
on_ssdp_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  DiscoveryCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GPtrArray) locations = herald_ssdp_search_finish (result, &error);

  for (guint i = 0; locations != NULL && i < locations->len; i++)
    {
      char *url = herald_sighting_read_location (g_ptr_array_index (locations, i));

      if (url != NULL)
        g_ptr_array_add (call->ssdp_urls, url);
    }
  on_search_ended (task, error);
}

/**
 * herald_octoprint_discovery_async:
 * @http: what the servers are asked with; no key and no login is sent to anybody
 *
 * Looks for OctoPrint by mDNS and by SSDP, and asks what it found who it is.
 * Takes at least three seconds and at most six.
 */
void
herald_octoprint_discovery_async (HeraldHttpClient    *http,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  DiscoveryCall *call = discovery_call_new (http);

  g_task_set_source_tag (task, herald_octoprint_discovery_async);
  g_task_set_task_data (task, call, (GDestroyNotify) discovery_call_free);

  call->n_searching = 2;
  herald_avahi_browse_async (SERVICE_TYPE, SEARCH_MS, cancellable, on_browse_ready,
                             g_object_ref (task));
  herald_ssdp_search_async (NULL, SEARCH_MS, cancellable, on_ssdp_ready, g_object_ref (task));
}

/**
 * herald_octoprint_discovery_finish:
 *
 * Returns: (transfer full) (element-type HeraldFoundPrinter): by name, often
 *   empty; %NULL with HERALD_ERROR_UNREACHABLE if neither way could be gone
 */
GPtrArray *
herald_octoprint_discovery_finish (GAsyncResult  *result,
                                   GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
