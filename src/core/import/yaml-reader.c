/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-yaml-reader"

#include "core/import/yaml-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <yaml.h>

#include "core/base/error.h"

/* What a mapping or a list has so far, on the way to being a node */
typedef struct
{
  JsonNode *node;
  char *key;        /* of a mapping: whose value comes next; NULL while a key comes next */
  gboolean has_key; /* a key that is no text has none, and its value is dropped */
  char *anchor;
  guint height;     /* of the highest value in it */
} Level;

typedef struct
{
  JsonNode *node;
  guint height;
} Anchor;

/*
 * libyaml tells events; they become a JSON tree. An alias is the same value once more, not a copy of it, and what is made
 * of aliases of aliases still ends at the greatest depth, so that a small file cannot grow.
 */
typedef struct
{
  yaml_parser_t parser;
  GArray *levels;
  GHashTable *anchors;
  JsonNode *root;
  guint n_values;
  guint n_documents;
  gboolean is_beyond; /* a limit */
} Reader;

static void
level_clear (Level *self)
{
  g_clear_pointer (&self->node, json_node_unref);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->anchor, g_free);
}

static void
anchor_free (Anchor *self)
{
  json_node_unref (self->node);
  g_free (self);
}

static void
reader_init (Reader     *self,
             const char *text,
             gsize       length)
{
  yaml_parser_initialize (&self->parser);
  yaml_parser_set_encoding (&self->parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string (&self->parser, (const unsigned char *) text, length);
  self->levels = g_array_new (FALSE, TRUE, sizeof (Level));
  g_array_set_clear_func (self->levels, (GDestroyNotify) level_clear);
  self->anchors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) anchor_free);
}

static void
reader_clear (Reader *self)
{
  yaml_parser_delete (&self->parser);
  g_array_unref (self->levels);
  g_hash_table_unref (self->anchors);
  g_clear_pointer (&self->root, json_node_unref);
}

static Level *
get_top (Reader *self)
{
  return self->levels->len > 0 ? &g_array_index (self->levels, Level, self->levels->len - 1) : NULL;
}

static void
remember (Reader     *self,
          const char *anchor,
          JsonNode   *node,
          guint       height)
{
  Anchor *row;

  if (anchor == NULL)
    return;

  row = g_new0 (Anchor, 1);
  row->node = json_node_ref (node);
  row->height = height;
  g_hash_table_insert (self->anchors, g_strdup (anchor), row);
}

/* Takes @node, which is whole. Of keys that come twice the last one counts, as OctoPrint reads them. */
static gboolean
add (Reader   *self,
     JsonNode *node,
     guint     height)
{
  Level *top = get_top (self);

  if (self->levels->len + height > HERALD_YAML_MAX_DEPTH || ++self->n_values > HERALD_YAML_MAX_VALUES)
    {
      self->is_beyond = TRUE;
      json_node_unref (node);
      return FALSE;
    }

  if (top == NULL)
    {
      g_clear_pointer (&self->root, json_node_unref);
      self->root = node;
      return TRUE;
    }

  top->height = MAX (top->height, height);
  if (JSON_NODE_HOLDS_ARRAY (top->node))
    {
      json_array_add_element (json_node_get_array (top->node), node);
      return TRUE;
    }
  if (!top->has_key)
    {
      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        top->key = json_node_dup_string (node);
      top->has_key = TRUE;
      json_node_unref (node);
      return TRUE;
    }

  if (top->key != NULL)
    json_object_set_member (json_node_get_object (top->node), top->key, node);
  else
    json_node_unref (node);
  g_clear_pointer (&top->key, g_free);
  top->has_key = FALSE;

  return TRUE;
}

static gboolean
is_one_of (const char        *text,
           const char *const *words)
{
  for (; *words != NULL; words++)
    {
      if (g_ascii_strcasecmp (text, *words) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The plain scalars of YAML 1.1 as PyYAML, which OctoPrint has, reads them; octal and the like stay texts. */
static JsonNode *
make_plain (const char *text)
{
  static const char *const nothings[] = { "", "~", "null", NULL };
  static const char *const yeses[] = { "true", "yes", "on", NULL };
  static const char *const noes[] = { "false", "no", "off", NULL };
  gboolean leads_with_zero = text[0] == '0' && text[1] != '\0' && text[1] != '.';
  gint64 whole;
  char *end = NULL;
  double number;

  if (is_one_of (text, nothings))
    return json_node_new (JSON_NODE_NULL);
  if (is_one_of (text, yeses) || is_one_of (text, noes))
    return json_node_init_boolean (json_node_alloc (), is_one_of (text, yeses));
  if (!leads_with_zero && g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &whole, NULL))
    return json_node_init_int (json_node_alloc (), whole);
  /* Neither nan nor what C alone takes for a number */
  if (!leads_with_zero && strspn (text, "+-.0123456789eE") == strlen (text) && strchr (text, '.') != NULL)
    {
      number = g_ascii_strtod (text, &end);
      if (*end == '\0' && end != text)
        return json_node_init_double (json_node_alloc (), number);
    }

  return json_node_init_string (json_node_alloc (), text);
}

/* A key is a text, whatever it looks like. */
static gboolean
add_scalar (Reader       *self,
            yaml_event_t *event)
{
  Level *top = get_top (self);
  const char *text = (const char *) event->data.scalar.value;
  gboolean is_key = top != NULL && JSON_NODE_HOLDS_OBJECT (top->node) && !top->has_key;
  gboolean is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && !is_key;
  JsonNode *node;

  if (memchr (text, '\0', event->data.scalar.length) != NULL)
    return FALSE;

  node = is_plain ? make_plain (text) : json_node_init_string (json_node_alloc (), text);
  remember (self, (const char *) event->data.scalar.anchor, node, 0);

  return add (self, node, 0);
}

static gboolean
open_level (Reader       *self,
            JsonNodeType  type,
            const char   *anchor)
{
  Level level = { 0 };

  self->is_beyond = self->levels->len >= HERALD_YAML_MAX_DEPTH;
  if (self->is_beyond)
    return FALSE;

  level.node = json_node_new (type);
  if (type == JSON_NODE_OBJECT)
    json_node_take_object (level.node, json_object_new ());
  else
    json_node_take_array (level.node, json_array_new ());
  level.anchor = g_strdup (anchor);
  g_array_append_val (self->levels, level);

  return TRUE;
}

/* An anchor holds only from here on: nothing contains itself. */
static gboolean
close_level (Reader *self)
{
  Level *top = get_top (self);
  JsonNode *node = g_steal_pointer (&top->node);
  guint height = top->height + 1;

  remember (self, top->anchor, node, height);
  g_array_set_size (self->levels, self->levels->len - 1);

  return add (self, node, height);
}

/* The copy is of the node alone: what it holds is shared. */
static gboolean
add_alias (Reader     *self,
           const char *name)
{
  Anchor *anchor = g_hash_table_lookup (self->anchors, name);

  return anchor != NULL && add (self, json_node_copy (anchor->node), anchor->height);
}

static gboolean
take_event (Reader       *self,
            yaml_event_t *event)
{
  switch (event->type)
    {
    case YAML_DOCUMENT_START_EVENT:
      return self->n_documents++ == 0;
    case YAML_ALIAS_EVENT:
      return add_alias (self, (const char *) event->data.alias.anchor);
    case YAML_SCALAR_EVENT:
      return add_scalar (self, event);
    case YAML_SEQUENCE_START_EVENT:
      return open_level (self, JSON_NODE_ARRAY, (const char *) event->data.sequence_start.anchor);
    case YAML_MAPPING_START_EVENT:
      return open_level (self, JSON_NODE_OBJECT, (const char *) event->data.mapping_start.anchor);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      return close_level (self);
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT:
    default:
      return TRUE;
    }
}

static gboolean
read_events (Reader *self)
{
  gboolean is_over = FALSE;

  while (!is_over)
    {
      yaml_event_t event;
      gboolean ok;

      if (!yaml_parser_parse (&self->parser, &event))
        return FALSE;

      ok = take_event (self, &event);
      is_over = event.type == YAML_STREAM_END_EVENT;
      yaml_event_delete (&event);
      if (!ok)
        return FALSE;
    }

  return self->root != NULL;
}

/**
 * herald_yaml_parse:
 * @text: foreign bytes
 * @length: how many
 *
 * Reads one YAML 1.1 document within our limits, with libyaml. Tags are passed over; an anchor can be used after it has
 * ended.
 *
 * Returns: (transfer full): the document, to be read with core/base/json-reader.h; %NULL with HERALD_ERROR_SETTINGS
 */
JsonNode *
herald_yaml_parse (const char  *text,
                   gsize        length,
                   GError     **error)
{
  Reader reader = { 0 };
  JsonNode *root = NULL;

  if (length > HERALD_YAML_MAX_BYTES)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("This file is too large to be settings of a program"));
      return NULL;
    }

  if (g_utf8_validate (text, (gssize) length, NULL))
    {
      reader_init (&reader, text, length);
      if (read_events (&reader))
        root = g_steal_pointer (&reader.root);
      reader_clear (&reader);
    }
  if (root == NULL && reader.is_beyond)
    g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                         _("This file has far more in it than settings of a program have"));
  else if (root == NULL)
    g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                         _("This file cannot be read. It may be damaged or not complete; please copy it again"));

  return root;
}
