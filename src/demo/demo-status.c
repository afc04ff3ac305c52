/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-status"

#include "demo/demo-status.h"

/* OctoPrint keeps a temperature point every 2 s */
#define POINT_MS 2000
#define FILAMENT_MM_PER_S 4.0
/* When OctoPrint dares to say how long it takes: seen with short files */
#define LOCAL_ESTIMATE_S 1.0
#define CARD_ESTIMATE_S 17.0
/* 1 mm of filament of 1.75 mm */
#define CM3_PER_MM 0.0024

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

/* What is selected, as far as the client gets to see it */
static const HeraldDemoFile *
get_file (const HeraldDemoView  *view,
          HeraldDemoStatusFlags  flags)
{
  return (flags & HERALD_DEMO_STATUS_NULL_JOB) != 0 ? NULL : view->file;
}

static gboolean
is_printing (const HeraldDemoView *view)
{
  if (view->state == HERALD_DEMO_STATE_PAUSED)
    return view->dialect == HERALD_DEMO_DIALECT_2_0;

  return view->state == HERALD_DEMO_STATE_TRANSFERRING ||
         (view->state >= HERALD_DEMO_STATE_STARTING && view->state <= HERALD_DEMO_STATE_CANCELLING);
}

/**
 * herald_demo_status_dup_text:
 *
 * Returns: (transfer full): the state in words; up to 1.5 they carry the error
 */
char *
herald_demo_status_dup_text (const HeraldDemoView *view)
{
  if (view->dialect == HERALD_DEMO_DIALECT_1_4 && view->error != NULL)
    return g_strdup_printf (view->state == HERALD_DEMO_STATE_OFFLINE ? "Offline (Error: %s)"
                                                                     : "Error: %s",
                            view->error);

  return g_strdup (view->state_text);
}

/**
 * herald_demo_status_new_state:
 *
 * Returns: (transfer full): `state` as in /api/printer and the frames
 */
JsonObject *
herald_demo_status_new_state (const HeraldDemoView *view)
{
  JsonObject *state = json_object_new ();
  JsonObject *bits = json_object_new ();
  HeraldDemoState s = view->state;
  gboolean offline = s == HERALD_DEMO_STATE_OFFLINE || s == HERALD_DEMO_STATE_ERROR;
  g_autofree char *text = herald_demo_status_dup_text (view);
  const struct
  {
    const char *name;
    gboolean value;
  } all[] = {
    { "operational", !offline },
    { "printing", is_printing (view) },
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
  json_object_set_string_member (state, "text", text);
  json_object_set_object_member (state, "flags", bits);
  if (view->dialect != HERALD_DEMO_DIALECT_1_4)
    json_object_set_string_member (state, "error", view->error != NULL ? view->error : "");

  return state;
}

/* Returns (transfer full): what a file takes of filament, in mm and cm³ */
JsonObject *
herald_demo_status_new_filament (const HeraldDemoFile *file,
                                 HeraldDemoDialect     dialect)
{
  JsonObject *filament = json_object_new ();
  JsonObject *tool = json_object_new ();

  json_object_set_double_member (tool, "length", file->seconds * FILAMENT_MM_PER_S);
  json_object_set_double_member (tool, "volume", file->seconds * FILAMENT_MM_PER_S * CM3_PER_MM);
  if (dialect == HERALD_DEMO_DIALECT_2_0)
    json_object_set_null_member (tool, "weight");
  json_object_set_object_member (filament, "tool0", tool);

  return filament;
}

static const char *
get_origin (const HeraldDemoView *view,
            const HeraldDemoFile *file)
{
  if (file->origin == HERALD_DEMO_ORIGIN_LOCAL)
    return "local";

  return view->dialect == HERALD_DEMO_DIALECT_2_0 ? "printer" : "sdcard";
}

static void
describe_file (const HeraldDemoView *view,
               const HeraldDemoFile *selected,
               JsonObject           *file)
{
  g_autofree char *name = g_path_get_basename (selected->path);

  json_object_set_string_member (file, "name", name);
  json_object_set_string_member (file, "path", selected->path);
  set_text (file, "display", selected->origin == HERALD_DEMO_ORIGIN_LOCAL ? name : NULL);
  json_object_set_string_member (file, "origin", get_origin (view, selected));
  json_object_set_int_member (file, "size", selected->size);
  if (selected->origin == HERALD_DEMO_ORIGIN_LOCAL)
    json_object_set_int_member (file, "date", selected->date_ms / 1000);
}

/* How long it took before; 2.0 does not tell any more */
static void
add_times (JsonObject             *job,
           const HeraldDemoPrints *prints)
{
  json_object_set_null_member (job, "averagePrintTime");
  if (prints->n_success == 0)
    return;

  json_object_set_double_member (job, "averagePrintTime", prints->total_s / prints->n_success);
  json_object_set_double_member (job, "lastPrintTime", prints->last_s);
}

/**
 * herald_demo_status_new_job:
 *
 * Returns: (transfer full): `job`; without a file its fields are null
 */
JsonObject *
herald_demo_status_new_job (const HeraldDemoView  *view,
                            HeraldDemoStatusFlags  flags)
{
  static const char *const nothing[] = { "name", "path", "size", "origin", "date", NULL };
  static const char *const unknown[] = { "estimatedPrintTime", "lastPrintTime", "filament", NULL };
  JsonObject *job = json_object_new ();
  JsonObject *file = json_object_new ();
  const HeraldDemoFile *selected = get_file (view, flags);
  gboolean new_shape = view->dialect == HERALD_DEMO_DIALECT_2_0;
  /* Answers keep what frames have dropped. */
  gboolean rest = (flags & HERALD_DEMO_STATUS_REST) != 0;

  set_nulls (job, unknown);
  set_nulls (file, nothing);
  set_text (job, "user", selected != NULL ? "admin" : NULL);
  json_object_set_object_member (job, "file", file);
  if (new_shape && !rest)
    json_object_remove_member (job, "lastPrintTime");
  else if (new_shape)
    json_object_set_null_member (file, "upload");
  if (selected == NULL)
    return job;

  describe_file (view, selected, file);
  if (selected->origin == HERALD_DEMO_ORIGIN_LOCAL)
    {
      json_object_set_double_member (job, "estimatedPrintTime", selected->seconds);
      json_object_set_object_member (job, "filament",
                                     herald_demo_status_new_filament (selected, view->dialect));
    }
  if (!new_shape)
    add_times (job, &selected->prints);
  else
    json_object_set_boolean_member (file, "upload", FALSE);
  if (new_shape && !rest)
    json_object_set_int_member (job, "plate", 1);

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
  static const char *const nothing[] =
      { "completion", "filepos", "printTime", "printTimeLeft", NULL };
  JsonObject *progress = json_object_new ();
  double part = view->seconds > 0 ? view->elapsed_s / view->seconds : 0;
  gboolean old = view->dialect == HERALD_DEMO_DIALECT_1_4;
  gboolean on_card = view->file != NULL && view->file->origin == HERALD_DEMO_ORIGIN_SDCARD;
  gboolean estimated = view->elapsed_s >= (on_card ? CARD_ESTIMATE_S : LOCAL_ESTIMATE_S);

  set_nulls (progress, nothing);
  if (!view->has_progress || get_file (view, flags) == NULL)
    {
      /* Misspelt up to 1.9, and only here */
      json_object_set_null_member (progress, old ? "printTimeOrigin" : "printTimeLeftOrigin");
      return progress;
    }

  json_object_set_null_member (progress, "printTimeLeftOrigin");
  json_object_set_double_member (progress, "completion", part * 100);
  json_object_set_int_member (progress, "filepos", (gint64) (part * (double) view->file->size));
  json_object_set_int_member (progress, "printTime", (gint64) view->elapsed_s);
  if (estimated)
    json_object_set_int_member (progress, "printTimeLeft",
                                (gint64) (view->seconds - view->elapsed_s));
  if (view->state != HERALD_DEMO_STATE_OPERATIONAL)
    json_object_set_string_member (progress, "printTimeLeftOrigin",
                                   on_card && estimated ? "estimate" : "linear");

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
      json_object_set_int_member (point, "time",
                                  (view->server_ms - (gint64) (i - 1) * POINT_MS) / 1000);
      json_object_set_object_member (point, "tool0", new_heater (view->tool, view->tool_target));
      json_object_set_object_member (point, "bed", new_heater (view->bed, view->bed_target));
      json_object_set_object_member (point, "chamber", chamber);
      json_array_add_object_element (points, point);
    }

  return points;
}

/* Returns (transfer full): `busyFiles`, which only `current` has */
JsonArray *
herald_demo_status_new_busy (const HeraldDemoView *view)
{
  JsonArray *files = json_array_new ();

  if (view->file != NULL &&
      (is_printing (view) || view->state == HERALD_DEMO_STATE_PAUSED))
    {
      JsonObject *file = json_object_new ();

      json_object_set_string_member (file, "origin", get_origin (view, view->file));
      json_object_set_string_member (file, "path", view->file->path);
      json_array_add_object_element (files, file);
    }

  return files;
}

static JsonArray *
new_markings (const HeraldDemoView *view)
{
  JsonArray *markings = json_array_new ();

  for (guint i = 0; i < view->markings->len; i++)
    {
      const HeraldDemoMarking *known = &g_array_index (view->markings, HeraldDemoMarking, i);
      JsonObject *marking = json_object_new ();

      json_object_set_string_member (marking, "type", known->type);
      json_object_set_string_member (marking, "label", known->label);
      json_object_set_double_member (marking, "time", (double) known->time_ms / 1000);
      json_array_add_object_element (markings, marking);
    }

  return markings;
}

/**
 * herald_demo_status_new_slow:
 *
 * Returns: (transfer full): what of `current` and `history` changes only when something happens
 */
JsonObject *
herald_demo_status_new_slow (const HeraldDemoView  *view,
                             HeraldDemoStatusFlags  flags)
{
  JsonObject *slow = json_object_new ();

  json_object_set_object_member (slow, "state", herald_demo_status_new_state (view));
  json_object_set_object_member (slow, "job", herald_demo_status_new_job (view, flags));
  json_object_set_object_member (slow, "offsets", json_object_new ());
  if (view->dialect == HERALD_DEMO_DIALECT_2_0)
    json_object_set_int_member (slow, "currentTool", 0);
  if (view->dialect != HERALD_DEMO_DIALECT_1_4 && (flags & HERALD_DEMO_STATUS_NO_MARKINGS) == 0)
    json_object_set_array_member (slow, "markings", new_markings (view));

  return slow;
}

/**
 * herald_demo_status_new_fast:
 * @n_points: temperature points, the newest now
 *
 * Returns: (transfer full): what of `current` and `history` is new every time
 */
JsonObject *
herald_demo_status_new_fast (const HeraldDemoView  *view,
                             HeraldDemoStatusFlags  flags,
                             guint                  n_points)
{
  JsonObject *fast = json_object_new ();
  JsonObject *resends = json_object_new ();
  gboolean new = view->dialect == HERALD_DEMO_DIALECT_2_0;

  if (view->z > 0)
    json_object_set_double_member (fast, "currentZ", view->z);
  else
    json_object_set_null_member (fast, "currentZ");
  json_object_set_object_member (fast, "progress", herald_demo_status_new_progress (view, flags));
  json_object_set_double_member (fast, "serverTime", (double) view->server_ms / 1000);
  json_object_set_array_member (fast, "temps", new_points (view, n_points));
  json_object_set_int_member (resends, "count", 0);
  json_object_set_int_member (resends, "transmitted", (gint64) view->elapsed_s);
  json_object_set_int_member (resends, "ratio", 0);
  if (new)
    json_object_set_boolean_member (resends, "critical", FALSE);
  if (view->dialect != HERALD_DEMO_DIALECT_1_4)
    json_object_set_object_member (fast, new ? "health" : "resends", resends);
  else
    json_object_unref (resends);

  return fast;
}
