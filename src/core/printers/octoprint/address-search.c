/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-address-search"

#include "core/printers/octoprint/address-search.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/json-reader.h"
#include "core/net/time-limit.h"
#include "core/printers/octoprint/octoprint-server.h"
#include "core/printers/octoprint/octoprint-url.h"

/* Nobody watches a field that thinks for longer. */
#define LIMIT_MS (6 * 1000)

/* An OctoPrint has answered: whether there is one at a likelier address, too, is soon known. */
#define PREFER_MS 1500

#define ANSWER_MAX_BYTES (256 * 1024)

#define DEFAULT_PORT -1

/* Where an OctoPrint is found, the likeliest first: OctoPi's proxy, one without a proxy, the same
 * where only mDNS knows the name, and last the proxy's certificate nobody knows. */
static const struct
{
  const char *scheme;
  int port;
  gboolean is_local;
} places[] = {
  { "http", DEFAULT_PORT, FALSE },
  { "http", 5000, FALSE },
  { "http", DEFAULT_PORT, TRUE },
  { "http", 5000, TRUE },
  { "https", DEFAULT_PORT, FALSE },
  { "https", DEFAULT_PORT, TRUE },
};

typedef enum
{
  ANSWER_PENDING,
  ANSWER_NOTHING,
  /* Not of the web: a starting OctoPrint, or somebody who wants to speak TLS */
  ANSWER_ODD,
  ANSWER_PROMISING,
  ANSWER_OCTOPRINT,
} Answer;

/* One search */
typedef struct
{
  char **candidates;
  Answer *answers;
  guint n_candidates;
  HeraldTimeLimit *limit;
  guint prefer_id;
  gboolean decided;
} SearchCall;

/* One question of a search */
typedef struct
{
  GTask *task;
  guint index;
  HeraldOctoprintServer *server;
  SoupMessage *message;
} Question;

static void
search_call_free (SearchCall *call)
{
  g_strfreev (call->candidates);
  g_free (call->answers);
  g_clear_handle_id (&call->prefer_id, g_source_remove);
  g_clear_pointer (&call->limit, herald_time_limit_free);
  g_free (call);
}

static void
question_free (Question *question)
{
  g_clear_object (&question->task);
  g_clear_object (&question->server);
  g_clear_object (&question->message);
  g_free (question);
}

/* Candidates */

/* A bare name can be one that only mDNS knows. */
static gboolean
can_be_local (const char *host)
{
  return strpbrk (host, ".:") == NULL && g_ascii_strcasecmp (host, "localhost") != 0;
}

static char *
make_candidate (GUri       *typed,
                const char *scheme,
                int         port,
                gboolean    is_local)
{
  const char *bare = g_uri_get_host (typed);
  g_autofree char *host = is_local ? g_strconcat (bare, ".local", NULL) : g_strdup (bare);
  g_autoptr(GUri) uri = g_uri_build (G_URI_FLAGS_NONE, scheme, NULL, host, port,
                                     g_uri_get_path (typed), NULL, NULL);

  return g_uri_to_string (uri);
}

/**
 * herald_address_search_dup_candidates:
 * @typed: by a person; a scheme or a port in it is meant, a path is kept
 *
 * Returns: (transfer full): normalised addresses, the likeliest first, or %NULL with
 *   HERALD_ERROR_SETTINGS
 */
char **
herald_address_search_dup_candidates (const char  *typed,
                                      GError     **error)
{
  g_autoptr(GPtrArray) candidates = g_ptr_array_new ();
  g_autofree char *normal = herald_octoprint_url_normalise (typed, error);
  g_autoptr(GUri) uri = normal != NULL ? g_uri_parse (normal, G_URI_FLAGS_NONE, NULL) : NULL;
  gboolean has_scheme = strstr (typed, "://") != NULL;
  gboolean has_port;

  if (uri == NULL)
    return NULL;

  has_port = g_uri_get_port (uri) != DEFAULT_PORT;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      if ((has_scheme && !g_str_equal (places[i].scheme, g_uri_get_scheme (uri))) ||
          (has_port && places[i].port != DEFAULT_PORT) ||
          (places[i].is_local && !can_be_local (g_uri_get_host (uri))))
        continue;

      g_ptr_array_add (candidates, make_candidate (uri, places[i].scheme,
                                                   has_port ? g_uri_get_port (uri) : places[i].port,
                                                   places[i].is_local));
    }
  g_ptr_array_add (candidates, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&candidates), FALSE);
}

/* Answers */

/* The one answer that every version gives to everybody */
static gboolean
is_octoprint (GBytes *body)
{
  g_autoptr(JsonNode) node = NULL;
  JsonObject *object = NULL;

  node = herald_json_parse (g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    object = json_node_get_object (node);

  return object != NULL && herald_json_get_array (object, "groups") != NULL &&
         herald_json_get_array (object, "permissions") != NULL;
}

static Answer
judge (SoupMessage  *message,
       GBytes       *body,
       const GError *error)
{
  guint status = soup_message_get_status (message);

  if (g_error_matches (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED) ||
      g_error_matches (error, HERALD_ERROR, HERALD_ERROR_UNTRUSTED))
    return ANSWER_PROMISING;
  if (body == NULL)
    return g_error_matches (error, HERALD_ERROR, HERALD_ERROR_BUSY) ? ANSWER_ODD : ANSWER_NOTHING;
  if (status == SOUP_STATUS_OK && is_octoprint (body))
    return ANSWER_OCTOPRINT;

  return status == SOUP_STATUS_BAD_GATEWAY || status == SOUP_STATUS_SERVICE_UNAVAILABLE ||
         status == SOUP_STATUS_GATEWAY_TIMEOUT ? ANSWER_PROMISING : ANSWER_NOTHING;
}

static guint
find (SearchCall *call,
      Answer      answer)
{
  for (guint i = 0; i < call->n_candidates; i++)
    if (call->answers[i] == answer)
      return i;

  return G_MAXUINT;
}

/* Returns the first guess if there is nothing better */
static guint
find_promising (SearchCall *call)
{
  guint promising = find (call, ANSWER_PROMISING);
  guint odd = find (call, ANSWER_ODD);

  if (promising != G_MAXUINT)
    return promising;

  return odd != G_MAXUINT ? odd : 0;
}

static void
decide (GTask *task,
        guint  index)
{
  SearchCall *call = g_task_get_task_data (task);

  g_clear_handle_id (&call->prefer_id, g_source_remove);
  call->decided = TRUE;
  g_task_return_pointer (task, g_strdup (call->candidates[index]), g_free);
  g_cancellable_cancel (herald_time_limit_get_cancellable (call->limit));
}

static gboolean
on_prefer_timeout (gpointer user_data)
{
  g_autoptr(GTask) task = g_object_ref (G_TASK (user_data));
  SearchCall *call = g_task_get_task_data (task);

  call->prefer_id = 0;
  decide (task, find (call, ANSWER_OCTOPRINT));

  return G_SOURCE_REMOVE;
}

static void
look (GTask *task)
{
  SearchCall *call = g_task_get_task_data (task);
  guint found = find (call, ANSWER_OCTOPRINT);
  guint pending = find (call, ANSWER_PENDING);

  if (found < pending)
    decide (task, found);
  else if (pending == G_MAXUINT)
    decide (task, find_promising (call));
  else if (found != G_MAXUINT && call->prefer_id == 0)
    call->prefer_id = g_timeout_add (PREFER_MS, on_prefer_timeout, task);
}

static void
on_answer_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Question *question = user_data;
  SearchCall *call = g_task_get_task_data (question->task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = herald_octoprint_server_send_finish (question->server, result, &error);

  if (!call->decided)
    {
      call->answers[question->index] = judge (question->message, body, error);
      g_debug ("%s: %s", call->candidates[question->index],
               error != NULL ? error->message : "answers");
      look (question->task);
    }
  question_free (question);
}

static void
ask (GTask            *task,
     HeraldHttpClient *http,
     guint             index)
{
  SearchCall *call = g_task_get_task_data (task);
  Question *question = g_new0 (Question, 1);

  question->task = g_object_ref (task);
  question->index = index;
  question->server = herald_octoprint_server_new (http, call->candidates[index]);
  question->message = herald_octoprint_server_make_message (question->server,
                                                            HERALD_OCTOPRINT_ANONYMOUS,
                                                            SOUP_METHOD_GET, "/api/currentuser");
  herald_octoprint_server_send_async (question->server, question->message, ANSWER_MAX_BYTES,
                                      herald_time_limit_get_cancellable (call->limit),
                                      on_answer_ready, question);
}

/**
 * herald_address_search_async:
 * @typed: by a person
 *
 * Asks all places it can mean at once, and takes the likeliest that answers.
 */
void
herald_address_search_async (HeraldHttpClient    *http,
                             const char          *typed,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(GError) error = NULL;
  char **candidates = herald_address_search_dup_candidates (typed, &error);
  SearchCall *call;

  if (candidates == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  call = g_new0 (SearchCall, 1);
  call->candidates = candidates;
  call->n_candidates = g_strv_length (candidates);
  call->answers = g_new0 (Answer, call->n_candidates);
  call->limit = herald_time_limit_new (LIMIT_MS, cancellable);
  g_task_set_task_data (task, call, (GDestroyNotify) search_call_free);
  for (guint i = 0; i < call->n_candidates; i++)
    ask (task, http, i);
}

/**
 * herald_address_search_finish:
 *
 * Returns: (transfer full): an address, or %NULL with HERALD_ERROR_SETTINGS or if cancelled
 */
char *
herald_address_search_finish (GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
