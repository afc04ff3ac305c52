/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-x-fault-answer"

#include "demo/demo-x-faults.h"

#include <string.h>

#define HUGE_BYTES (10 * 1024 * 1024)
#define DEEP_LEVELS 100000
#define LIMIT_S 900
#define DAY_S (24 * 3600)
#define RETRY_AFTER_S 30
#define NOWHERE "http://127.0.0.1:1/2/tweets"

static void
set_header (HeraldDemoXRequest *request,
            const char         *name,
            gint64              number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  soup_message_headers_replace (soup_server_message_get_response_headers (request->message), name, text);
}

/* An answer that is good JSON, and far too long or too deep */
static void
answer_bulk (HeraldDemoXRequest *request,
             guint               status,
             gsize               n,
             const char         *head,
             char                filling,
             const char         *tail)
{
  g_autoptr(GString) text = g_string_sized_new (n + 100);
  gsize n_head = strlen (head);

  g_string_append (text, head);
  g_string_set_size (text, n_head + n);
  memset (text->str + n_head, filling, n);
  g_string_append (text, tail);
  herald_demo_x_answer_text (request, status, "application/json", text->str);
}

/* The true answer, with a member `errors` beside `data` */
static void
add_errors (HeraldDemoXRequest *request)
{
  SoupMessageBody *body = soup_server_message_get_response_body (request->message);
  g_autoptr(GBytes) bytes = soup_message_body_flatten (body);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes) - 1);
  g_autofree char *more = g_strconcat (
      text, ",\"errors\":[{\"title\":\"Not Found Error\",\"detail\":\"Could not find user with id: [1].\","
            "\"type\":\"https://api.x.com/2/problems/resource-not-found\"}]}", NULL);

  soup_message_body_truncate (body);
  herald_demo_x_answer_text (request, soup_server_message_get_status (request->message), "application/json", more);
}

static void
add_headers (HeraldDemoXRequest      *request,
             const HeraldDemoXPlayed *played)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  const char *location = played->fault.location != NULL ? played->fault.location : NOWHERE;
  gint64 now_s = herald_demo_x_get_now_s (request->x);
  gint64 seconds = played->fault.seconds;

  switch (played->row->extra)
    {
    case HERALD_DEMO_X_LIMIT_HEADERS:
      set_header (request, "x-rate-limit-remaining", 0);
      set_header (request, "x-rate-limit-reset", now_s + (seconds != 0 ? seconds : LIMIT_S));
      break;
    case HERALD_DEMO_X_DAY_HEADERS:
      set_header (request, "x-user-limit-24hour-limit", 100);
      set_header (request, "x-user-limit-24hour-remaining", 0);
      set_header (request, "x-user-limit-24hour-reset", now_s + (seconds != 0 ? seconds : DAY_S));
      break;
    case HERALD_DEMO_X_RETRY_AFTER:
      set_header (request, "Retry-After", seconds != 0 ? seconds : RETRY_AFTER_S);
      break;
    case HERALD_DEMO_X_LOCATION:
      soup_message_headers_replace (headers, "Location", location);
      break;
    default:
      break;
    }
}

static void
answer_words (HeraldDemoXRequest      *request,
              const HeraldDemoXPlayed *played,
              guint                    status)
{
  const char *body = played->row->body;

  soup_message_body_truncate (soup_server_message_get_response_body (request->message));
  if (played->row->extra == HERALD_DEMO_X_HUGE)
    answer_bulk (request, status, HUGE_BYTES, "{\"data\":{\"id\":\"1990000000000004100\",\"text\":\"", 'a', "\"}}");
  else if (played->row->extra == HERALD_DEMO_X_DEEP)
    answer_bulk (request, status, DEEP_LEVELS, "{\"data\":", '[', "");
  else if (*body == '<')
    herald_demo_x_answer_text (request, status, "text/html; charset=utf-8", body);
  else if (*body != '\0')
    herald_demo_x_answer_text (request, status, "application/json; charset=utf-8", body);
  else
    soup_server_message_set_status (request->message, status, NULL);
  add_headers (request, played);
}

static gboolean
on_slow_timeout (gpointer user_data)
{
  soup_server_message_unpause (user_data);

  return G_SOURCE_REMOVE;
}

static void
answer_badly (HeraldDemoXRequest      *request,
              const HeraldDemoXPlayed *played)
{
  guint seconds = (guint) CLAMP (played->fault.seconds, 0, DAY_S);

  if (played->row->extra == HERALD_DEMO_X_CUT)
    {
      herald_demo_x_cut_answer (request, played->fault.at_byte);
      return;
    }

  soup_server_message_pause (request->message);
  if (played->row->extra == HERALD_DEMO_X_SLOW)
    g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, seconds, on_slow_timeout, g_object_ref (request->message),
                                g_object_unref);
}

/* A strange success takes the place of a success only: what is refused is refused. */
void
herald_demo_x_answer_fault (HeraldDemoXRequest      *request,
                            const HeraldDemoXPlayed *played)
{
  guint status = soup_server_message_get_status (request->message);

  if (played->row->class == HERALD_DEMO_X_NO_ANSWER)
    answer_badly (request, played);
  else if (played->row->class == HERALD_DEMO_X_AN_ERROR)
    answer_words (request, played, played->row->status);
  else if (status < 200 || status > 299)
    return;
  else if (played->row->extra == HERALD_DEMO_X_WITH_ERRORS)
    add_errors (request);
  else
    answer_words (request, played, status);
}
