/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-answer"

#include "core/channels/x/x-answer.h"

#include <string.h>

/* ^[0-9]{1,19}$ in X's description of its interface */
#define ID_MAX_CHARS 19
#define DIGITS "0123456789"

/**
 * herald_x_answer_ref_data:
 * @body: of an answer, from its first byte to its last
 */
JsonObject *
herald_x_answer_ref_data (GBytes *body)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr(JsonNode) root = text != NULL ? herald_json_parse (text, length, NULL) : NULL;
  JsonObject *data = NULL;

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    data = herald_json_get_object (json_node_get_object (root), "data");

  return data != NULL ? json_object_ref (data) : NULL;
}

/**
 * herald_x_answer_dup_id:
 * @data: (nullable): of an answer
 */
char *
herald_x_answer_dup_id (JsonObject *data)
{
  const char *id = NULL;
  gsize length;

  if (data == NULL || !herald_json_get_string (data, "id", &id))
    return NULL;

  length = strlen (id);
  return length > 0 && length <= ID_MAX_CHARS && strspn (id, DIGITS) == length ? g_strdup (id) : NULL;
}
