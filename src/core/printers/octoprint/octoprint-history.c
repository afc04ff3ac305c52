/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-history"

#include "core/printers/octoprint/octoprint-history.h"

#include "core/base/json-reader.h"
#include "core/printers/gap.h"

/* Half an hour of points every half second, and more heaters than any printer has */
#define POINTS_MAX 3600
#define MARKS_MAX 1000
#define HEATERS_MAX 32
#define SECONDS_MAX 1e11

static gboolean
get_moment (JsonObject *object,
            gint64      skew_ms,
            gint64     *when_ms)
{
  double when_s;

  if (!herald_json_get_double (object, "time", &when_s) || when_s <= 0 || when_s > SECONDS_MAX)
    return FALSE;

  *when_ms = (gint64) (when_s * 1000) + skew_ms;
  return *when_ms > 0;
}

static void
read_point (JsonObject               *point,
            gint64                    when_ms,
            HeraldTemperatureHistory *history)
{
  JsonObjectIter iter;
  const char *heater;
  guint n_heaters = 0;

  json_object_iter_init_ordered (&iter, point);
  while (n_heaters++ < HEATERS_MAX && json_object_iter_next_ordered (&iter, &heater, NULL))
    {
      JsonObject *values = herald_json_get_object (point, heater);
      double actual;
      double target = 0;

      herald_json_get_double (values, "target", &target);
      if (herald_json_get_double (values, "actual", &actual))
        herald_temperature_history_add (history, when_ms, heater, actual, target);
    }
}

void
herald_octoprint_history_read_temperatures (JsonObject               *content,
                                            gint64                    skew_ms,
                                            HeraldTemperatureHistory *history)
{
  JsonArray *points = herald_json_get_array (content, "temps");
  guint n_points = points != NULL ? MIN (json_array_get_length (points), POINTS_MAX) : 0;

  for (guint i = 0; i < n_points; i++)
    {
      JsonNode *node = json_array_get_element (points, i);
      JsonObject *point = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      gint64 when_ms;

      if (point != NULL && get_moment (point, skew_ms, &when_ms))
        read_point (point, when_ms, history);
    }
}

void
herald_octoprint_history_read_marks (JsonObject *content,
                                     gint64      skew_ms,
                                     GArray     *marks)
{
  JsonArray *markings = herald_json_get_array (content, "markings");
  guint n_markings = markings != NULL ? MIN (json_array_get_length (markings), MARKS_MAX) : 0;

  for (guint i = 0; i < n_markings; i++)
    {
      JsonNode *node = json_array_get_element (markings, i);
      JsonObject *marking = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *type = "";
      HeraldMark mark = { HERALD_MARK_DONE, 0 };

      herald_json_get_string (marking, "type", &type);
      if (!get_moment (marking, skew_ms, &mark.when_ms))
        continue;
      if (g_str_equal (type, "cancel"))
        mark.type = HERALD_MARK_CANCELLED;
      else if (g_str_equal (type, "print"))
        mark.type = HERALD_MARK_STARTED;
      else if (!g_str_equal (type, "done"))
        continue;
      g_array_append_val (marks, mark);
    }
}
