/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-x-shape"

#include "demo/demo-x-rest.h"

#include <string.h>

#define ID_MAX_DIGITS 19

/* FALSE, and answered, if @object has a member beside @names: X allows no others. */
gboolean
herald_demo_x_check_names (HeraldDemoXRequest *request,
                           JsonObject         *object,
                           const char *const  *names)
{
  g_autoptr(GList) members = json_object_get_members (object);

  for (GList *item = members; item != NULL; item = item->next)
    {
      if (!g_strv_contains (names, item->data))
        {
          herald_demo_x_answer_invalid (request, item->data, "The query parameter or the key is not one of those allowed");
          return FALSE;
        }
    }

  return TRUE;
}

/* FALSE, and answered, if there is a member @name that is no string */
gboolean
herald_demo_x_check_string (HeraldDemoXRequest *request,
                            JsonObject         *object,
                            const char         *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING))
    return TRUE;

  herald_demo_x_answer_invalid (request, name, "instance type does not match any allowed primitive type (allowed: [\"string\"])");

  return FALSE;
}

gboolean
herald_demo_x_is_id (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  return length > 0 && length <= ID_MAX_DIGITS && strspn (text, "0123456789") == length;
}
