/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-access"

#include "demo/demo-rest.h"

#include <string.h>

#include "core/base/json-reader.h"

/* OctoPrint's limits: who does not ask for 5 s is gone, and after 10 min in any
 * case */
#define POLL_LIMIT_MS (5 * 1000)
#define TOTAL_LIMIT_MS (10 * 60 * 1000)
#define APP_MAX_BYTES 1000

typedef enum
{
  UNDECIDED,
  ALLOWED,
} Decision;

typedef struct
{
  char *token;
  char *user_token;
  Decision decision;
  gint64 begin_ms;
  gint64 asked_ms;
} Pending;

/* Who asks for a key of their own, and when somebody asked */
struct _HeraldDemoAccess
{
  GPtrArray *pendings;
  GArray *times_ms;
};

static const struct
{
  guint n;
  gint64 per_ms;
} rates[] = {
  { 3, 60 * 1000 },
  { 5, 10 * 60 * 1000 },
  { 10, 60 * 60 * 1000 },
};

static void
free_pending (gpointer data)
{
  Pending *pending = data;

  g_free (pending->token);
  g_free (pending->user_token);
  g_free (pending);
}

void
herald_demo_access_free (HeraldDemoAccess *access)
{
  g_ptr_array_unref (access->pendings);
  g_array_unref (access->times_ms);
  g_free (access);
}

static HeraldDemoAccess *
get_access (HeraldDemoPrinter *printer)
{
  if (printer->access == NULL)
    {
      printer->access = g_new0 (HeraldDemoAccess, 1);
      printer->access->pendings = g_ptr_array_new_with_free_func (free_pending);
      printer->access->times_ms = g_array_new (FALSE, FALSE, sizeof (gint64));
    }

  return printer->access;
}

/* 32 random bytes, as long as those of OctoPrint since 1.10.3 */
static char *
make_token (void)
{
  guint32 words[8];
  char *token = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    words[i] = g_random_int ();
  token = g_base64_encode ((const guchar *) words, sizeof words);
  g_strdelimit (token, "+", '-');
  g_strdelimit (token, "/", '_');
  *strchr (token, '=') = '\0';

  return token;
}

/* Tells the web interface of the server, where the question is shown and taken away again. */
static void
tell (HeraldDemoPrinter *printer,
      const char        *type,
      const char        *app,
      const char        *user_token)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *data = json_object_new ();

  json_object_set_string_member (data, "type", type);
  json_object_set_string_member (data, "user_token", user_token);
  if (app != NULL)
    {
      json_object_set_string_member (data, "app_name", app);
      json_object_set_null_member (data, "user_id");
      json_object_set_string_member (data, "remote_address", "127.0.0.1");
    }
  json_node_take_object (node, data);
  herald_demo_printer_say (printer, HERALD_DEMO_SAYS_PLUGIN, "appkeys", node);
}

static gboolean
is_too_often (HeraldDemoPrinter *printer)
{
  GArray *times = get_access (printer)->times_ms;
  gint64 now_ms = herald_demo_clock_get_steady_ms (printer->clock);

  for (gsize i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      guint n = 0;

      for (guint j = 0; j < times->len; j++)
        n += now_ms - g_array_index (times, gint64, j) < rates[i].per_ms ? 1 : 0;
      if (n >= rates[i].n)
        return TRUE;
    }
  g_array_append_val (times, now_ms);

  return FALSE;
}

static Pending *
find (HeraldDemoRequest *request,
      const char        *prefix)
{
  GPtrArray *pendings = get_access (request->printer)->pendings;

  for (guint i = 0; i < pendings->len; i++)
    {
      Pending *pending = g_ptr_array_index (pendings, i);

      if (g_str_equal (pending->token, request->path + strlen (prefix)))
        return pending;
    }

  return NULL;
}

/* For the printer's tick: whoever does not come back has changed their mind. */
void
herald_demo_access_tick (HeraldDemoPrinter *printer)
{
  gint64 now_ms = 0;

  if (printer->access == NULL || printer->access->pendings->len == 0)
    return;

  now_ms = herald_demo_clock_get_steady_ms (printer->clock);
  for (guint i = printer->access->pendings->len; i > 0; i--)
    {
      Pending *pending = g_ptr_array_index (printer->access->pendings, i - 1);

      if (now_ms - pending->asked_ms <= POLL_LIMIT_MS &&
          now_ms - pending->begin_ms <= TOTAL_LIMIT_MS)
        continue;

      if (pending->decision == UNDECIDED)
        tell (printer, "end_request", NULL, pending->user_token);
      g_ptr_array_remove_index (printer->access->pendings, i - 1);
    }
}

void
herald_demo_get_probe (HeraldDemoRequest *request)
{
  herald_demo_answer_nothing (request);
}

void
herald_demo_post_request (HeraldDemoRequest *request)
{
  HeraldDemoPrinter *printer = request->printer;
  Pending *pending = NULL;
  const char *app = NULL;
  JsonObject *answer = NULL;
  g_autofree char *location = NULL;
  g_autofree char *dialog = NULL;

  if (is_too_often (printer))
    {
      herald_demo_answer_error (request, 429,
                                "You have made too many app key requests. Please try again later.");
      return;
    }
  if (!herald_json_get_string (request->body, "app", &app) || strlen (app) > APP_MAX_BYTES)
    {
      herald_demo_answer_error (request, 400, "No app name provided");
      return;
    }

  pending = g_new0 (Pending, 1);
  pending->token = make_token ();
  pending->user_token = make_token ();
  pending->begin_ms = pending->asked_ms = herald_demo_clock_get_steady_ms (printer->clock);
  g_ptr_array_add (get_access (printer)->pendings, pending);
  tell (printer, "request_access", app, pending->user_token);

  location = g_strdup_printf ("http://127.0.0.1:%u" HERALD_DEMO_REQUEST_PATH "%s", printer->port,
                              pending->token);
  dialog = g_strdup_printf ("http://127.0.0.1:%u" HERALD_DEMO_AUTH_PATH "%s", printer->port,
                            pending->token);
  answer = json_object_new ();
  json_object_set_string_member (answer, "app_token", pending->token);
  if (!herald_demo_request_has (request, HERALD_DEMO_FAULT_OLD))
    json_object_set_string_member (answer, "auth_dialog", dialog);
  herald_demo_answer_take (request, 201, answer);
  soup_message_headers_replace (soup_server_message_get_response_headers (request->message),
                                "Location", location);
}

/* The poll. The key is handed out once. */
void
herald_demo_get_request (HeraldDemoRequest *request)
{
  Pending *pending = find (request, HERALD_DEMO_REQUEST_PATH);
  JsonObject *answer = NULL;

  if (pending == NULL)
    {
      herald_demo_answer_not_found (request);
      return;
    }

  answer = json_object_new ();
  if (pending->decision == ALLOWED)
    {
      json_object_set_string_member (answer, "api_key", request->printer->key);
      g_ptr_array_remove (get_access (request->printer)->pendings, pending);
      herald_demo_answer_take (request, 200, answer);
      return;
    }

  pending->asked_ms = herald_demo_clock_get_steady_ms (request->printer->clock);
  json_object_set_string_member (answer, "message", "Awaiting decision");
  herald_demo_answer_take (request, 202, answer);
}

/* The page for the browser; the real one asks for a login first. */
void
herald_demo_get_auth (HeraldDemoRequest *request)
{
  if (find (request, HERALD_DEMO_AUTH_PATH) == NULL)
    {
      herald_demo_answer_not_found (request);
      return;
    }

  herald_demo_answer_text (
      request, 200, "text/html",
      "<!DOCTYPE html><title>OctoPrint</title><h1>Access request</h1>"
      "<script>function decide(allow){fetch('/demo/access',{method:'POST',"
      "body:JSON.stringify({allow:allow})}).then(()=>{document.body.textContent='Done.'})}</script>"
      "<button onclick='decide(true)'>Allow</button><button onclick='decide(false)'>Deny</button>");
}

/**
 * herald_demo_printer_decide_access:
 * @allow: what somebody has clicked, for every request that waits
 */
void
herald_demo_printer_decide_access (HeraldDemoPrinter *self,
                                   gboolean           allow)
{
  GPtrArray *pendings = get_access (self)->pendings;

  for (guint i = pendings->len; i > 0; i--)
    {
      Pending *pending = g_ptr_array_index (pendings, i - 1);

      tell (self, "end_request", NULL, pending->user_token);
      if (allow)
        pending->decision = ALLOWED;
      else
        g_ptr_array_remove_index (pendings, i - 1);
    }
}
