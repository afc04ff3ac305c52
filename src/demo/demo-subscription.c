/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-subscription"

#include "demo/demo-subscription.h"

/* What a client has subscribed to, by the rules of OctoPrint since 1.8.0: until
 * it subscribes it gets everything; afterwards what it does not name is off; one mistake and
 * nothing changes. */

static gboolean
parse_list (JsonObject  *wishes,
            const char  *name,
            gboolean    *all,
            GStrv       *names)
{
  JsonNode *node = json_object_get_member (wishes, name);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = NULL;

  if (node == NULL)
    return TRUE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    {
      *all = json_node_get_boolean (node);
      return TRUE;
    }
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (json_node_get_value_type (element) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (element));
    }
  *names = g_strv_builder_end (builder);

  return TRUE;
}

/* Python's re.search, as far as PCRE is the same */
static gboolean
parse_lines (JsonObject      *state,
             const char      *name,
             HeraldDemoLines *lines)
{
  JsonNode *node = json_object_get_member (state, name);
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node)
                                                            : G_TYPE_INVALID;

  if (node == NULL)
    return TRUE;
  if (type == G_TYPE_BOOLEAN)
    {
      lines->all = json_node_get_boolean (node);
      return TRUE;
    }
  if (type != G_TYPE_STRING)
    return FALSE;

  lines->pattern = g_regex_new (json_node_get_string (node), G_REGEX_DEFAULT,
                                G_REGEX_MATCH_DEFAULT, NULL);

  return lines->pattern != NULL;
}

static gboolean
parse_state (HeraldDemoSubscription *self,
             JsonNode               *node)
{
  HeraldDemoLines messages = { 0 };
  gboolean valid = TRUE;

  if (node == NULL)
    return TRUE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    {
      self->state = self->logs.all = json_node_get_boolean (node);
      return TRUE;
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return TRUE;

  self->state = TRUE;
  valid = parse_lines (json_node_get_object (node), "logs", &self->logs) &&
          parse_lines (json_node_get_object (node), "messages", &messages);
  g_clear_pointer (&messages.pattern, g_regex_unref);

  return valid;
}

void
herald_demo_subscription_clear (HeraldDemoSubscription *self)
{
  g_clear_pointer (&self->logs.pattern, g_regex_unref);
  g_clear_pointer (&self->events, g_strfreev);
  g_clear_pointer (&self->plugins, g_strfreev);
  *self = (HeraldDemoSubscription) { 0 };
}

/**
 * herald_demo_subscription_parse:
 * @wishes: the body of `subscribe`
 *
 * Returns: %FALSE if it is invalid; nothing has changed then
 */
gboolean
herald_demo_subscription_parse (HeraldDemoSubscription *self,
                                JsonObject             *wishes)
{
  HeraldDemoSubscription parsed = { .active = TRUE };

  if (!parse_state (&parsed, json_object_get_member (wishes, "state")) ||
      !parse_list (wishes, "events", &parsed.all_events, &parsed.events) ||
      !parse_list (wishes, "plugins", &parsed.all_plugins, &parsed.plugins))
    {
      herald_demo_subscription_clear (&parsed);
      return FALSE;
    }

  herald_demo_subscription_clear (self);
  *self = parsed;

  return TRUE;
}

gboolean
herald_demo_subscription_wants_state (HeraldDemoSubscription *self)
{
  return !self->active || self->state;
}

gboolean
herald_demo_subscription_wants_line (HeraldDemoSubscription *self,
                                     const char             *line)
{
  return !self->active || self->logs.all ||
         (self->logs.pattern != NULL &&
             g_regex_match (self->logs.pattern, line, G_REGEX_MATCH_DEFAULT, NULL));
}

static gboolean
wants (HeraldDemoSubscription *self,
       gboolean                all,
       GStrv                   names,
       const char             *name)
{
  return !self->active || all ||
         (names != NULL && g_strv_contains ((const char *const *) names, name));
}

gboolean
herald_demo_subscription_wants_event (HeraldDemoSubscription *self,
                                      const char             *type)
{
  return wants (self, self->all_events, self->events, type);
}

gboolean
herald_demo_subscription_wants_plugin (HeraldDemoSubscription *self,
                                       const char             *plugin)
{
  return wants (self, self->all_plugins, self->plugins, plugin);
}
