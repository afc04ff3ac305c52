/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-x-limits"

#include "demo/demo-x-rest.h"

#define WINDOW_S (15 * 60)

static void
set_number (SoupMessageHeaders *headers,
            const char         *name,
            gint64              number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  soup_message_headers_replace (headers, name, text);
}

/* By its own clock: whoever is refused for a wrong one can compare. */
void
herald_demo_x_set_date (HeraldDemoXRequest *request)
{
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_utc (herald_demo_x_get_now_s (request->x));
  g_autofree char *text = soup_date_time_to_string (now, SOUP_DATE_HTTP);

  soup_message_headers_replace (soup_server_message_get_response_headers (request->message), "Date", text);
}

/* Counts the request, tells so in the answer; answers with 429 and returns FALSE if there were too many. @row: of the
 * table of paths. */
gboolean
herald_demo_x_count (HeraldDemoXRequest *request,
                     guint               row)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  HeraldDemoXWindow *window = &request->x->windows[row];
  gint64 now_s = herald_demo_x_get_now_s (request->x);
  gboolean over;

  if (window->reset_s <= now_s)
    *window = (HeraldDemoXWindow) { .reset_s = now_s + WINDOW_S };
  over = window->n_used >= request->row->limit && !request->x->has_trait[HERALD_DEMO_X_NO_LIMITS];
  window->n_used += over ? 0 : 1;
  set_number (headers, "x-rate-limit-limit", request->row->limit);
  set_number (headers, "x-rate-limit-remaining", MAX ((gint64) request->row->limit - window->n_used, 0));
  set_number (headers, "x-rate-limit-reset", window->reset_s);
  if (over)
    herald_demo_x_answer_problem (request, 429, "about:blank", "Too Many Requests", "Too Many Requests");

  return !over;
}
