/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-values"

#include "core/base/values.h"

#include <json-glib/json-glib.h>

#include "core/base/json-reader.h"

/**
 * herald_values_new:
 *
 * Returns: (transfer full): no values yet
 */
HeraldValues *
herald_values_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * herald_values_copy:
 *
 * Returns: (transfer full): the same values, free to be changed
 */
HeraldValues *
herald_values_copy (HeraldValues *values)
{
  HeraldValues *copy = herald_values_new ();

  herald_values_merge (copy, values);

  return copy;
}

/**
 * herald_values_from_variant:
 * @variant: of type a{ss}
 *
 * Returns: (transfer full): the values
 */
HeraldValues *
herald_values_from_variant (GVariant *variant)
{
  HeraldValues *values = herald_values_new ();
  GVariantIter iter;
  const char *name;
  const char *value;

  g_variant_iter_init (&iter, variant);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &value))
    herald_values_set (values, name, value);

  return values;
}

/**
 * herald_values_from_json:
 * @json: a JSON object; members that are not strings are passed over
 * @length: its bytes
 *
 * Returns: (transfer full): the values, or %NULL with @error set
 */
HeraldValues *
herald_values_from_json (const char  *json,
                         gsize        length,
                         GError     **error)
{
  g_autoptr(JsonNode) node = herald_json_parse (json, length, error);
  HeraldValues *values;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (node == NULL)
    return NULL;

  values = herald_values_new ();
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return values;

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &member))
    {
      if (JSON_NODE_HOLDS_VALUE (member) && json_node_get_value_type (member) == G_TYPE_STRING)
        herald_values_set (values, name, json_node_get_string (member));
    }

  return values;
}

/**
 * herald_values_set:
 * @value: (nullable): the text; %NULL takes @name out
 */
void
herald_values_set (HeraldValues *values,
                   const char   *name,
                   const char   *value)
{
  if (value != NULL)
    g_hash_table_insert (values, g_strdup (name), g_strdup (value));
  else
    g_hash_table_remove (values, name);
}

void
herald_values_set_printf (HeraldValues *values,
                          const char   *name,
                          const char   *format,
                          ...)
{
  va_list args;

  va_start (args, format);
  g_hash_table_insert (values, g_strdup (name), g_strdup_vprintf (format, args));
  va_end (args);
}

/**
 * herald_values_merge:
 * @changes: values that are added to @values or replace what it had
 */
void
herald_values_merge (HeraldValues *values,
                     HeraldValues *changes)
{
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &name, &value))
    herald_values_set (values, name, value);
}

/**
 * herald_values_get:
 *
 * Returns: (nullable): the text, %NULL if there is none of that name
 */
const char *
herald_values_get (HeraldValues *values,
                   const char   *name)
{
  return g_hash_table_lookup (values, name);
}

/**
 * herald_values_get_boolean:
 * @fallback: what to return if the value is missing or neither true nor false
 */
gboolean
herald_values_get_boolean (HeraldValues *values,
                           const char   *name,
                           gboolean      fallback)
{
  const char *value = herald_values_get (values, name);

  if (g_strcmp0 (value, "true") == 0)
    return TRUE;
  if (g_strcmp0 (value, "false") == 0)
    return FALSE;

  return fallback;
}

/**
 * herald_values_get_int:
 * @fallback: what to return if the value is missing or not a whole number
 */
gint64
herald_values_get_int (HeraldValues *values,
                       const char   *name,
                       gint64        fallback)
{
  const char *value = herald_values_get (values, name);
  gint64 number;

  if (value == NULL ||
      !g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return fallback;

  return number;
}

/**
 * herald_values_to_variant:
 *
 * Returns: (transfer floating): an a{ss}, in the order of the names
 */
GVariant *
herald_values_to_variant (HeraldValues *values)
{
  g_autoptr(GList) names = g_list_sort (g_hash_table_get_keys (values), (GCompareFunc) g_strcmp0);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  for (GList *l = names; l != NULL; l = l->next)
    g_variant_builder_add (&builder, "{ss}", l->data, herald_values_get (values, l->data));

  return g_variant_builder_end (&builder);
}

/**
 * herald_values_to_json:
 *
 * Returns: (transfer full): a JSON object, in the order of the names
 */
char *
herald_values_to_json (HeraldValues *values)
{
  g_autoptr(GList) names = g_list_sort (g_hash_table_get_keys (values), (GCompareFunc) g_strcmp0);
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_string_member (object, l->data, herald_values_get (values, l->data));
  json_node_set_object (node, object);

  return json_to_string (node, FALSE);
}
