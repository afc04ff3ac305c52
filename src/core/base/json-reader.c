/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-json-reader"

#include "core/base/json-reader.h"

#include <math.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"

/* Beyond 2^53 a double no longer holds every whole number, and no field of ours is that large. */
#define INT_MAX_MAGNITUDE 9007199254740992.0

static gboolean
is_json_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Returns the position after the string that starts at @i, @length if it has no end. */
static gsize
skip_string (const char *text,
             gsize       length,
             gsize       i)
{
  for (i++; i < length; i++)
    {
      if (text[i] == '\\')
        i++;
      else if (text[i] == '"')
        return i + 1;
    }

  return length;
}

typedef struct
{
  guint depth;
  guint n_values;
  gboolean complete;
} Scan;

/* Returns: (nullable): what is wrong with the text up to @c, which is not in a string */
static const char *
take_mark (Scan *scan,
           char  c)
{
  if (c == '[' || c == '{' || c == ',')
    scan->n_values++;
  if (scan->n_values > HERALD_JSON_MAX_VALUES)
    return "too many values";

  if (c == '[' || c == '{')
    return ++scan->depth > HERALD_JSON_MAX_DEPTH ? "nested too deeply" : NULL;
  if (c != ']' && c != '}')
    return NULL;
  if (scan->depth == 0)
    return "unbalanced brackets";

  scan->complete = --scan->depth == 0;

  return NULL;
}

/* Looks the text over before json-glib sees it: json-glib overflows the stack on deep nesting, leaks when
 * a second document follows and takes 250 bytes for `[],`.
 * Returns: (nullable): what is wrong with it */
static const char *
find_problem (const char *text,
              gsize       length)
{
  Scan scan = { 0 };
  gsize i = 0;

  while (i < length)
    {
      const char *problem;

      if (is_json_space (text[i]))
        {
          i++;
          continue;
        }
      if (scan.complete)
        return "more than one document";

      if (text[i] == '"')
        {
          i = skip_string (text, length, i);
          scan.complete = scan.depth == 0;
          continue;
        }
      problem = take_mark (&scan, text[i]);
      if (problem != NULL)
        return problem;
      i++;
    }

  return scan.depth != 0 ? "incomplete" : NULL;
}

/**
 * herald_json_parse:
 * @text: foreign bytes
 * @length: how many
 *
 * Parses one JSON document (RFC 8259) within our limits.
 *
 * Returns: (transfer full): the document, or %NULL with HERALD_ERROR_PROTOCOL
 */
JsonNode *
herald_json_parse (const char  *text,
                   gsize        length,
                   GError     **error)
{
  g_autoptr(JsonParser) parser = NULL;
  g_autoptr(GError) local_error = NULL;
  const char *problem = NULL;
  JsonNode *root;

  if (length > HERALD_JSON_MAX_BYTES)
    problem = "too large";
  else if (length == 0)
    problem = "empty";
  else if (memchr (text, '\0', length) != NULL || !g_utf8_validate (text, (gssize) length, NULL))
    problem = "not text";
  else
    problem = find_problem (text, length);

  if (problem != NULL)
    {
      g_set_error (error, HERALD_ERROR, HERALD_ERROR_PROTOCOL,
                   "The answer could not be read (JSON: %s)", problem);
      return NULL;
    }

  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, (gssize) length, &local_error) ||
      (root = json_parser_steal_root (parser)) == NULL)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_PROTOCOL,
                           "The answer could not be read (JSON: malformed)");
      return NULL;
    }

  return root;
}

static JsonNode *
get_node (JsonObject   *object,
          const char   *name,
          JsonNodeType  type)
{
  JsonNode *node;

  if (object == NULL)
    return NULL;

  node = json_object_get_member (object, name);
  if (node == NULL || json_node_get_node_type (node) != type)
    return NULL;

  return node;
}

/**
 * herald_json_get_string:
 * @object: (nullable): an object
 * @value: (out) (transfer none): set only if there is such a string
 *
 * Returns: whether @object has a string called @name
 */
gboolean
herald_json_get_string (JsonObject  *object,
                        const char  *name,
                        const char **value)
{
  JsonNode *node = get_node (object, name, JSON_NODE_VALUE);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;

  *value = json_node_get_string (node);
  return TRUE;
}

/**
 * herald_json_dup_text:
 * @object: (nullable): an object
 * @max_chars: as in herald_text_clean()
 *
 * Returns: (transfer full) (nullable): the text called @name, cleaned; %NULL if
 *   there is none or nothing is left of it
 */
char *
herald_json_dup_text (JsonObject *object,
                      const char *name,
                      gsize       max_chars)
{
  const char *foreign;
  g_autofree char *text = NULL;

  if (herald_json_get_string (object, name, &foreign))
    text = herald_text_clean (foreign, max_chars);

  return text != NULL && *text != '\0' ? g_steal_pointer (&text) : NULL;
}

/**
 * herald_json_get_double:
 * @object: (nullable): an object
 * @value: (out): set only if there is such a number and it is finite
 *
 * Returns: whether @object has a finite number called @name
 */
gboolean
herald_json_get_double (JsonObject *object,
                        const char *name,
                        double     *value)
{
  JsonNode *node = get_node (object, name, JSON_NODE_VALUE);
  double number;

  if (node == NULL ||
      (json_node_get_value_type (node) != G_TYPE_DOUBLE &&
       json_node_get_value_type (node) != G_TYPE_INT64))
    return FALSE;

  number = json_node_get_double (node);
  if (!isfinite (number))
    return FALSE;

  *value = number;
  return TRUE;
}

/**
 * herald_json_get_int:
 * @object: (nullable): an object
 * @value: (out): the number, rounded towards zero; set only if there is one
 *
 * Returns: whether @object has a number called @name that a whole number can hold
 */
gboolean
herald_json_get_int (JsonObject *object,
                     const char *name,
                     gint64     *value)
{
  double number;

  if (!herald_json_get_double (object, name, &number) || fabs (number) > INT_MAX_MAGNITUDE)
    return FALSE;

  *value = (gint64) number;
  return TRUE;
}

/**
 * herald_json_get_boolean:
 * @object: (nullable): an object
 *
 * Returns: %TRUE only if @object has a true called @name
 */
gboolean
herald_json_get_boolean (JsonObject *object,
                         const char *name)
{
  JsonNode *node = get_node (object, name, JSON_NODE_VALUE);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN &&
         json_node_get_boolean (node);
}

/**
 * herald_json_get_object:
 * @object: (nullable): an object
 *
 * Returns: (transfer none) (nullable): the object called @name
 */
JsonObject *
herald_json_get_object (JsonObject *object,
                        const char *name)
{
  JsonNode *node = get_node (object, name, JSON_NODE_OBJECT);

  return node != NULL ? json_node_get_object (node) : NULL;
}

/**
 * herald_json_get_array:
 * @object: (nullable): an object
 *
 * Returns: (transfer none) (nullable): the array called @name
 */
JsonArray *
herald_json_get_array (JsonObject *object,
                       const char *name)
{
  JsonNode *node = get_node (object, name, JSON_NODE_ARRAY);

  return node != NULL ? json_node_get_array (node) : NULL;
}
