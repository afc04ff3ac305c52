/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-status"

#include "demo/demo-status.h"

/* OctoPrint keeps a temperature point every 2 s */
#define POINT_MS 2000

/* Null where there is nothing to say */
static void
set_text (JsonObject *object,
          const char *name,
          const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
  else
    json_object_set_null_member (object, name);
}

static void
set_nulls (JsonObject        *object,
           const char *const *names)
{
  for (; *names != NULL; names++)
    json_object_set_null_member (object, *names);
}

/**
 * herald_demo_status_new_state:
 *
 * Returns: (transfer full): `state` as in /api/printer and the frames (protocol note 3.3)
 */
JsonObject *
herald_demo_status_new_state (const HeraldDemoView  *view,
                              HeraldDemoStatusFlags  flags)
{
  JsonObject *state = json_object_new ();
  JsonObject *bits = json_object_new ();
  HeraldDemoState s = view->state;
  gboolean offline = s == HERALD_DEMO_STATE_OFFLINE || s == HERALD_DEMO_STATE_ERROR;
  gboolean active = s >= HERALD_DEMO_STATE_STARTING && s <= HERALD_DEMO_STATE_CANCELLING;
  gboolean printing = active && (s != HERALD_DEMO_STATE_PAUSED ||
                                 (flags & HERALD_DEMO_STATUS_VERSION_2) != 0);
  const struct
  {
    const char *name;
    gboolean value;
  } all[] = {
    { "operational", !offline },
    { "printing", printing },
    { "cancelling", s == HERALD_DEMO_STATE_CANCELLING },
    { "pausing", s == HERALD_DEMO_STATE_PAUSING },
    { "resuming", s == HERALD_DEMO_STATE_RESUMING },
    { "finishing", s == HERALD_DEMO_STATE_FINISHING },
    { "closedOrError", offline },
    { "error", s == HERALD_DEMO_STATE_ERROR },
    { "paused", s == HERALD_DEMO_STATE_PAUSED },
    { "ready", s == HERALD_DEMO_STATE_OPERATIONAL },
    { "sdReady", !offline },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    json_object_set_boolean_member (bits, all[i].name, all[i].value);
  json_object_set_string_member (state, "text", view->state_text);
  json_object_set_object_member (state, "flags", bits);
  json_object_set_string_member (state, "error", view->error != NULL ? view->error : "");

  return state;
}

/**
 * herald_demo_status_new_job:
 * @prints: (nullable): how the file fared before
 *
 * Returns: (transfer full): `job`; without a file its fields are null
 */
JsonObject *
herald_demo_status_new_job (const HeraldDemoView   *view,
                            const HeraldDemoPrints *prints,
                            HeraldDemoStatusFlags   flags)
{
  static const char *const nothing[] = { "name", "path", "size", "origin", "date", NULL };
  static const char *const unknown[] = { "estimatedPrintTime", "lastPrintTime", "filament", NULL };
  JsonObject *job = json_object_new ();
  JsonObject *file = json_object_new ();
  const char *name = (flags & HERALD_DEMO_STATUS_NULL_JOB) != 0 ? NULL : view->file;

  set_nulls (job, unknown);
  set_nulls (file, nothing);
  set_text (job, "user", name != NULL ? "admin" : NULL);
  if (name != NULL)
    {
      json_object_set_null_member (job, "averagePrintTime");
      json_object_set_string_member (file, "name", name);
      json_object_set_string_member (file, "path", name);
      json_object_set_string_member (file, "display", name);
      json_object_set_string_member (file, "origin", "local");
      json_object_set_int_member (file, "size", view->size);
      json_object_set_int_member (file, "date", view->now_ms / 1000);
    }
  if (name != NULL && prints != NULL && prints->n_success > 0)
    {
      json_object_set_double_member (job, "averagePrintTime", prints->last_s);
      json_object_set_double_member (job, "lastPrintTime", prints->last_s);
    }
  json_object_set_object_member (job, "file", file);

  return job;
}

/**
 * herald_demo_status_new_progress:
 *
 * Returns: (transfer full): `progress`; times in seconds, `completion` in percent
 */
JsonObject *
herald_demo_status_new_progress (const HeraldDemoView  *view,
                                 HeraldDemoStatusFlags  flags)
{
  static const char *const nothing[] = { "completion", "filepos", "printTime", "printTimeLeft",
                                         "printTimeLeftOrigin", NULL };
  JsonObject *progress = json_object_new ();
  double part = view->seconds > 0 ? view->elapsed_s / view->seconds : 0;

  set_nulls (progress, nothing);
  if (!view->has_progress || (flags & HERALD_DEMO_STATUS_NULL_JOB) != 0)
    return progress;

  json_object_set_double_member (progress, "completion", part * 100);
  json_object_set_int_member (progress, "filepos", (gint64) (part * (double) view->size));
  json_object_set_int_member (progress, "printTime", (gint64) view->elapsed_s);
  if (view->elapsed_s >= 1)
    json_object_set_int_member (progress, "printTimeLeft",
                                (gint64) (view->seconds - view->elapsed_s));
  if (view->state != HERALD_DEMO_STATE_OPERATIONAL)
    json_object_set_string_member (progress, "printTimeLeftOrigin", "linear");

  return progress;
}

static JsonObject *
new_heater (double actual,
            double target)
{
  JsonObject *heater = json_object_new ();

  json_object_set_double_member (heater, "actual", actual);
  json_object_set_double_member (heater, "target", target);

  return heater;
}

static JsonArray *
new_points (const HeraldDemoView *view,
            guint                 n_points)
{
  JsonArray *points = json_array_new ();
  static const char *const nothing[] = { "actual", "target", NULL };

  for (guint i = n_points; i > 0; i--)
    {
      JsonObject *point = json_object_new ();
      JsonObject *chamber = json_object_new ();

      set_nulls (chamber, nothing);
      json_object_set_int_member (point, "time", (view->now_ms - (gint64) (i - 1) * POINT_MS) / 1000);
      json_object_set_object_member (point, "tool0", new_heater (view->tool, view->tool_target));
      json_object_set_object_member (point, "bed", new_heater (view->bed, view->bed_target));
      json_object_set_object_member (point, "chamber", chamber);
      json_array_add_object_element (points, point);
    }

  return points;
}

static JsonArray *
new_busy_files (const HeraldDemoView *view)
{
  JsonArray *files = json_array_new ();

  if (view->state >= HERALD_DEMO_STATE_STARTING && view->state <= HERALD_DEMO_STATE_CANCELLING)
    {
      JsonObject *file = json_object_new ();

      json_object_set_string_member (file, "origin", "local");
      json_object_set_string_member (file, "path", view->file);
      json_array_add_object_element (files, file);
    }

  return files;
}

/**
 * herald_demo_status_new_current:
 * @n_points: temperature points, the newest now
 *
 * Returns: (transfer full): the body of `current` and `history`
 */
JsonObject *
herald_demo_status_new_current (const HeraldDemoView   *view,
                                const HeraldDemoPrints *prints,
                                guint                   n_points,
                                HeraldDemoStatusFlags   flags)
{
  JsonObject *current = json_object_new ();
  JsonObject *resends = json_object_new ();

  json_object_set_object_member (current, "state", herald_demo_status_new_state (view, flags));
  json_object_set_object_member (current, "job", herald_demo_status_new_job (view, prints, flags));
  json_object_set_null_member (current, "currentZ");
  json_object_set_object_member (current, "progress",
                                 herald_demo_status_new_progress (view, flags));
  json_object_set_object_member (current, "offsets", json_object_new ());
  json_object_set_int_member (resends, "count", 0);
  json_object_set_int_member (resends, "transmitted", (gint64) view->elapsed_s);
  json_object_set_int_member (resends, "ratio", 0);
  json_object_set_object_member (current, (flags & HERALD_DEMO_STATUS_VERSION_2) != 0 ? "health"
                                                                                      : "resends",
                                 resends);
  json_object_set_double_member (current, "serverTime", (double) view->now_ms / 1000);
  json_object_set_array_member (current, "temps", new_points (view, n_points));
  json_object_set_array_member (current, "busyFiles", new_busy_files (view));
  json_object_set_array_member (current, "markings", json_array_new ());

  return current;
}
