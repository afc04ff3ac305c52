/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-frame"

#include "demo/demo-printer-private.h"

#include <string.h>

/* 1600 points are some 210 kB */
#define LONG_HISTORY_POINTS 1600

static char *
take_json (JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);

  return json_to_string (node, FALSE);
}

HeraldDemoStatusFlags
herald_demo_printer_get_flags (HeraldDemoPrinter *self)
{
  HeraldDemoStatusFlags flags = HERALD_DEMO_STATUS_PLAIN;

  if (herald_demo_printer_has_trait (self, HERALD_DEMO_FAULT_NULL_JOB))
    flags |= HERALD_DEMO_STATUS_NULL_JOB;
  if (herald_demo_printer_has_trait (self, HERALD_DEMO_FAULT_NO_MARKINGS))
    flags |= HERALD_DEMO_STATUS_NO_MARKINGS;

  return flags;
}

static JsonArray *
new_lines (GPtrArray *lines)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (lines, i));

  return array;
}

/**
 * herald_demo_printer_new_history:
 *
 * Returns: (transfer full): the body of `history`, with all lines of the terminal; unlike `current`
 * it has no `busyFiles`
 */
JsonObject *
herald_demo_printer_new_history (HeraldDemoPrinter *self)
{
  HeraldDemoView view = { 0 };
  HeraldDemoStatusFlags flags = herald_demo_printer_get_flags (self);
  g_autoptr(JsonObject) fast = NULL;
  JsonObject *history = NULL;
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;
  guint n_points = herald_demo_printer_has_trait (self, HERALD_DEMO_FAULT_LONG_HISTORY)
                       ? LONG_HISTORY_POINTS
                       : 1;

  herald_demo_job_get_view (self->job, &view);
  history = herald_demo_status_new_slow (&view, flags);
  fast = herald_demo_status_new_fast (&view, flags, n_points);
  json_object_iter_init (&iter, fast);
  while (json_object_iter_next (&iter, &name, &node))
    json_object_set_member (history, name, json_node_copy (node));
  json_object_set_array_member (history, "logs", new_lines (self->logs));
  json_object_set_array_member (history, "messages", json_array_new ());

  return history;
}

static void
refresh (HeraldDemoPrinter *self)
{
  HeraldDemoView view = { 0 };
  HeraldDemoStatusFlags flags = herald_demo_printer_get_flags (self);

  herald_demo_job_get_view (self->job, &view);
  if (self->slow_json == NULL)
    {
      JsonObject *slow = herald_demo_status_new_slow (&view, flags);

      json_object_set_array_member (slow, "busyFiles", herald_demo_status_new_busy (&view));
      self->slow_json = take_json (slow);
    }
  if (self->fast_json == NULL || self->fast_ms != view.now_ms)
    {
      g_free (self->fast_json);
      self->fast_json = take_json (herald_demo_status_new_fast (&view, flags, 1));
      self->fast_ms = view.now_ms;
    }
}

/**
 * herald_demo_printer_make_current:
 * @logs: (nullable) (element-type utf8): lines of the terminal that are new
 *
 * Returns: (transfer full): the whole `current` message as JSON
 */
char *
herald_demo_printer_make_current (HeraldDemoPrinter *self,
                                  GPtrArray         *logs)
{
  g_autofree char *logs_json = NULL;

  refresh (self);
  if (logs != NULL && logs->len > 0)
    {
      g_autoptr(JsonNode) node = json_node_new (JSON_NODE_ARRAY);

      json_node_take_array (node, new_lines (logs));
      logs_json = json_to_string (node, FALSE);
    }

  /* Two objects and the rest made one */
  return g_strdup_printf ("{\"current\":%.*s,%.*s,\"logs\":%s,\"messages\":[]}}",
                          (int) strlen (self->slow_json) - 1, self->slow_json,
                          (int) strlen (self->fast_json) - 2, self->fast_json + 1,
                          logs_json != NULL ? logs_json : "[]");
}

/* Returns (transfer none): the version it says it has */
const char *
herald_demo_printer_get_version (HeraldDemoPrinter *self)
{
  if (herald_demo_printer_has_trait (self, HERALD_DEMO_FAULT_VERSION_2))
    return "2.0.0rc7";
  if (herald_demo_printer_has_trait (self, HERALD_DEMO_FAULT_OLD))
    return "1.4.2";

  return "1.11.8";
}
