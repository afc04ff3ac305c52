/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-x-answer"

#include "demo/demo-x-rest.h"

#include <string.h>

void
herald_demo_x_answer_text (HeraldDemoXRequest *request,
                           guint               status,
                           const char         *type,
                           const char         *text)
{
  soup_server_message_set_status (request->message, status, NULL);
  soup_server_message_set_response (request->message, type, SOUP_MEMORY_COPY, text, strlen (text));
}

static void
answer_take (HeraldDemoXRequest *request,
             guint               status,
             const char         *type,
             JsonObject         *object)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *json = NULL;

  json_node_take_object (node, object);
  json = json_to_string (node, FALSE);
  herald_demo_x_answer_text (request, status, type, json);
}

/* Takes @object */
void
herald_demo_x_answer_take (HeraldDemoXRequest *request,
                           guint               status,
                           JsonObject         *object)
{
  answer_take (request, status, "application/json; charset=utf-8", object);
}

/* Takes @data */
void
herald_demo_x_answer_take_data (HeraldDemoXRequest *request,
                                guint               status,
                                JsonObject         *data)
{
  JsonObject *object = json_object_new ();

  json_object_set_object_member (object, "data", data);
  herald_demo_x_answer_take (request, status, object);
}

/* Why there was no success, for whoever looks for a mistake */
void
herald_demo_x_remember (HeraldDemoXRequest *request,
                        const char         *why)
{
  g_free (request->x->refusal);
  request->x->refusal = g_strdup (why);
}

void
herald_demo_x_answer_problem (HeraldDemoXRequest *request,
                              guint               status,
                              const char         *type,
                              const char         *title,
                              const char         *detail)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "title", title);
  json_object_set_string_member (object, "detail", detail);
  json_object_set_string_member (object, "type", type);
  json_object_set_int_member (object, "status", status);
  herald_demo_x_remember (request, detail);
  answer_take (request, status, "application/problem+json", object);
}

/* 401. X does not say why; whoever looks for a mistake may ask for it (herald_demo_x_get_refusal()). */
void
herald_demo_x_refuse (HeraldDemoXRequest *request,
                      const char         *why)
{
  herald_demo_x_answer_problem (request, 401, "about:blank", "Unauthorized", "Unauthorized");
  herald_demo_x_remember (request, why);
}

/* 400, as X says it of a request that is not what its description allows */
void
herald_demo_x_answer_invalid (HeraldDemoXRequest *request,
                              const char         *parameter,
                              const char         *why)
{
  JsonObject *object = json_object_new ();
  JsonObject *inner = json_object_new ();
  JsonObject *parameters = json_object_new ();
  JsonArray *errors = json_array_new ();
  g_autofree char *refusal = g_strdup_printf ("%s: %s", parameter, why);

  json_object_set_array_member (parameters, parameter, json_array_new ());
  json_object_set_object_member (inner, "parameters", parameters);
  json_object_set_string_member (inner, "message", why);
  json_array_add_object_element (errors, inner);
  json_object_set_array_member (object, "errors", errors);
  json_object_set_string_member (object, "title", "Invalid Request");
  json_object_set_string_member (object, "detail", "One or more parameters to your request was invalid.");
  json_object_set_string_member (object, "type", "https://api.x.com/2/problems/invalid-request");
  herald_demo_x_remember (request, refusal);
  answer_take (request, 400, "application/problem+json", object);
}
