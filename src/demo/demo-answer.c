/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-answer"

#include "demo/demo-rest.h"

#include <string.h>

/* Takes @object */
void
herald_demo_answer_take (HeraldDemoRequest *request,
                         guint              status,
                         JsonObject        *object)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *json = NULL;

  json_node_take_object (node, object);
  json = json_to_string (node, FALSE);
  herald_demo_answer_text (request, status, "application/json", json);
}

/* JSON since 1.6 */
void
herald_demo_answer_error (HeraldDemoRequest *request,
                          guint              status,
                          const char        *words)
{
  JsonObject *object = NULL;

  if (herald_demo_request_has (request, HERALD_DEMO_FAULT_OLD))
    {
      herald_demo_answer_text (request, status, "text/html", words);
      return;
    }

  object = json_object_new ();
  json_object_set_string_member (object, "error", words);
  herald_demo_answer_take (request, status, object);
}

void
herald_demo_answer_not_found (HeraldDemoRequest *request)
{
  herald_demo_answer_error (request, 404,
                            "The requested URL was not found on the server. If you entered "
                            "the URL manually please check your spelling and try again.");
}

void
herald_demo_answer_text (HeraldDemoRequest *request,
                         guint              status,
                         const char        *type,
                         const char        *text)
{
  soup_server_message_set_status (request->message, status, NULL);
  soup_server_message_set_response (request->message, type, SOUP_MEMORY_COPY, text, strlen (text));
}

void
herald_demo_answer_json (HeraldDemoRequest *request,
                         const char        *json)
{
  herald_demo_answer_text (request, 200, "application/json", json);
}

void
herald_demo_answer_nothing (HeraldDemoRequest *request)
{
  soup_server_message_set_status (request->message, 204, NULL);
}

/**
 * herald_demo_answer_unchanged:
 * @revision: of what is asked for
 *
 * Sets the ETag (RFC 9110 8.8.3).
 *
 * Returns: %TRUE if the client has it already, and has been told so
 */
gboolean
herald_demo_answer_unchanged (HeraldDemoRequest *request,
                              guint              revision)
{
  SoupMessageHeaders *asked = soup_server_message_get_request_headers (request->message);
  const char *known = soup_message_headers_get_one (asked, "If-None-Match");
  g_autofree char *seed =
      g_strdup_printf ("%s %s %u", request->printer->name, request->path, revision);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA1, seed, -1);
  g_autofree char *tag = g_strdup_printf ("\"%s\"", sum);

  if (g_strcmp0 (known, tag) == 0)
    {
      soup_server_message_set_status (request->message, 304, NULL);
      return TRUE;
    }

  soup_message_headers_replace (soup_server_message_get_response_headers (request->message), "ETag",
                                tag);

  return FALSE;
}

gboolean
herald_demo_request_has_key (HeraldDemoRequest *request)
{
  const char *key = soup_message_headers_get_one (
      soup_server_message_get_request_headers (request->message), "X-Api-Key");

  return request->printer->fault != HERALD_DEMO_FAULT_REVOKED &&
         g_strcmp0 (key, request->printer->key) == 0;
}

gboolean
herald_demo_request_has (HeraldDemoRequest *request,
                         HeraldDemoFault    trait)
{
  return herald_demo_printer_has_trait (request->printer, trait);
}
