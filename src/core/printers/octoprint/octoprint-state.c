/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-state"

#include "core/printers/octoprint/octoprint-state.h"

#include <string.h>

#include "core/base/json-reader.h"
#include "core/base/text.h"
#include "core/printers/octoprint/octoprint-error.h"

#define NAME_MAX_CHARS 255
#define TEXT_MAX_CHARS 100

/* Enough for a tool changer; a hostile server may name thousands. */
#define HEATERS_MAX 32

/* Taller than any printer that is not building houses */
#define HEIGHT_MAX_MM 100000

/* A hundred kilometres: some hundred spools */
#define FILAMENT_MAX_MM 1e8

/* A print of a year; beyond it OctoPrint's estimate is a joke. */
#define SECONDS_MAX (366 * 24 * 3600)

/* The order matters: OctoPrint 2.0 keeps `printing` true while paused, 1.x does not. */
static const struct
{
  const char *flag;
  HeraldStateId id;
} flags_in_order[] = {
  { "cancelling", HERALD_STATE_CANCELLING },
  { "pausing", HERALD_STATE_PAUSING },
  { "resuming", HERALD_STATE_RESUMING },
  { "paused", HERALD_STATE_PAUSED },
  { "finishing", HERALD_STATE_FINISHING },
  { "printing", HERALD_STATE_PRINTING },
  { "error", HERALD_STATE_ERROR },
  { "closedOrError", HERALD_STATE_OFFLINE },
  { "operational", HERALD_STATE_OPERATIONAL },
};

/* Copying a file to the printer has the flags of a print; only the words tell. */
static const char *const transfer_words[] = {
  "Sending file to SD", "Starting to send file to SD", "Transferring file to", "Transfering file to"
};

static gint64
get_seconds (JsonObject *object,
             const char *name)
{
  gint64 seconds;

  if (!herald_json_get_int (object, name, &seconds) || seconds < 0 || seconds > SECONDS_MAX)
    return -1;

  return seconds;
}

/* Before OctoPrint 1.6 the error is part of the text: `Error: …`, `Offline (Error: …)`.
 * Returns (nullable) (transfer full): it, as OctoPrint says it */
static char *
take_old_error (HeraldPrinterState *state,
                const char         *text)
{
  static const struct
  {
    const char *before;
    const char *after;
    const char *text;
  } forms[] = { { "Error: ", "", "Error" }, { "Offline (Error: ", ")", "Offline after error" } };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      gsize n_around = strlen (forms[i].before) + strlen (forms[i].after);

      if (g_str_has_prefix (text, forms[i].before) && g_str_has_suffix (text, forms[i].after) &&
          strlen (text) > n_around)
        {
          g_free (state->text);
          state->text = g_strdup (forms[i].text);
          return g_strndup (text + strlen (forms[i].before), strlen (text) - n_around);
        }
    }

  return NULL;
}

/* Returns whether the firmware complains about something */
static gboolean
read_words (HeraldPrinterState *state,
            JsonObject         *object)
{
  char *text = herald_json_dup_text (object, "text", TEXT_MAX_CHARS);
  g_autofree char *error = NULL;
  const char *foreign;

  if (text != NULL)
    {
      g_free (state->text);
      state->text = text;
    }
  if (herald_json_get_string (object, "error", &foreign))
    error = g_strdup (foreign);
  else if (herald_json_get_string (object, "text", &foreign))
    error = take_old_error (state, foreign);
  if (error != NULL)
    state->error = herald_octoprint_error_dup_text (error);

  return state->error != NULL && !herald_octoprint_error_is_lost_port (error);
}

static void
read_state (HeraldPrinterState *state,
            JsonObject         *object)
{
  JsonObject *flags = herald_json_get_object (object, "flags");
  gboolean complains = read_words (state, object);

  state->id = flags != NULL ? HERALD_STATE_CONNECTING : HERALD_STATE_UNKNOWN;
  for (guint i = 0; i < G_N_ELEMENTS (flags_in_order); i++)
    {
      if (herald_json_get_boolean (flags, flags_in_order[i].flag))
        {
          state->id = flags_in_order[i].id;
          break;
        }
    }

  for (guint i = 0; i < G_N_ELEMENTS (transfer_words) && state->text != NULL; i++)
    {
      if (g_str_has_prefix (state->text, transfer_words[i]))
        state->id = HERALD_STATE_TRANSFERRING;
    }

  /* After a firmware error OctoPrint disconnects: the flag `error` is off again, the text stays. */
  if (state->id == HERALD_STATE_OFFLINE && complains)
    state->id = HERALD_STATE_ERROR;
}

/* One object for each hotend that takes any; without an analysis they are null or missing. */
static void
read_filament (HeraldPrinterState *state,
               JsonObject         *filament)
{
  JsonObjectIter iter;
  const char *tool;
  guint n_tools = 0;

  if (filament == NULL)
    return;

  json_object_iter_init (&iter, filament);
  while (n_tools++ < HEATERS_MAX && json_object_iter_next (&iter, &tool, NULL))
    {
      double length_mm;

      if (herald_json_get_double (herald_json_get_object (filament, tool), "length", &length_mm) &&
          length_mm > 0 && length_mm < FILAMENT_MAX_MM)
        state->filament_mm = MAX (state->filament_mm, 0) + length_mm;
    }
}

static void
read_job (HeraldPrinterState *state,
          JsonObject         *job)
{
  JsonObject *file = herald_json_get_object (job, "file");

  state->path = herald_json_dup_text (file, "path", NAME_MAX_CHARS);
  state->name = herald_json_dup_text (file, "display", NAME_MAX_CHARS);
  if (state->name == NULL)
    state->name = herald_json_dup_text (file, "name", NAME_MAX_CHARS);
  state->origin = herald_json_dup_text (file, "origin", NAME_MAX_CHARS);
  state->user = herald_json_dup_text (job, "user", NAME_MAX_CHARS);
  state->estimated_s = get_seconds (job, "estimatedPrintTime");
  read_filament (state, herald_json_get_object (job, "filament"));
  if (!herald_json_get_int (file, "size", &state->size_bytes) || state->size_bytes < 0)
    state->size_bytes = -1;
}

static void
read_progress (HeraldPrinterState *state,
               JsonObject         *progress)
{
  double completion;

  if (herald_json_get_double (progress, "completion", &completion) && completion >= 0)
    state->progress = MIN (completion, 100);
  state->elapsed_s = get_seconds (progress, "printTime");
  state->remaining_s = get_seconds (progress, "printTimeLeft");
  state->remaining_origin = herald_json_dup_text (progress, "printTimeLeftOrigin", TEXT_MAX_CHARS);
}

static void
copy_heaters (HeraldPrinterState *state,
              HeraldPrinterState *previous)
{
  for (guint i = 0; previous != NULL && i < previous->temperatures->len; i++)
    {
      HeraldTemperature *temperature = g_ptr_array_index (previous->temperatures, i);

      herald_printer_state_add_heater (state, temperature->heater, temperature->actual, temperature->target);
    }
}

/* Reads the newest point. A `current` message brings only what is new, which may be nothing. */
static void
read_heaters (HeraldPrinterState *state,
              JsonArray          *points,
              HeraldPrinterState *previous)
{
  guint n_points = points != NULL ? json_array_get_length (points) : 0;
  JsonNode *newest = n_points > 0 ? json_array_get_element (points, n_points - 1) : NULL;
  JsonObject *point;
  JsonObjectIter iter;
  const char *heater;

  if (newest == NULL || !JSON_NODE_HOLDS_OBJECT (newest))
    {
      copy_heaters (state, previous);
      return;
    }

  point = json_node_get_object (newest);
  json_object_iter_init_ordered (&iter, point);
  while (state->temperatures->len < HEATERS_MAX &&
         json_object_iter_next_ordered (&iter, &heater, NULL))
    {
      JsonObject *values = herald_json_get_object (point, heater);
      g_autofree char *name = herald_text_clean (heater, TEXT_MAX_CHARS);
      double actual;
      double target = 0;

      herald_json_get_double (values, "target", &target);
      if (herald_json_get_double (values, "actual", &actual))
        herald_printer_state_add_heater (state, name, actual, target);
    }
  /* A printer that has just been connected has points of time in which nothing was measured. */
  if (state->temperatures->len == 0)
    copy_heaters (state, previous);
}

/**
 * herald_octoprint_state_read:
 * @content: the content of a `history` or `current` message
 * @previous: (nullable): the state before it, whose temperatures stay if there are no new ones
 * @now_ms: our clock, milliseconds since 1970
 *
 * Everything in @content may be missing, null or of a wrong type; such a field is not known.
 *
 * Returns: (transfer full): the state
 */
HeraldPrinterState *
herald_octoprint_state_read (JsonObject         *content,
                             HeraldPrinterState *previous,
                             gint64              now_ms)
{
  HeraldPrinterState *state = herald_printer_state_new ();
  double server_s;

  read_state (state, herald_json_get_object (content, "state"));
  read_job (state, herald_json_get_object (content, "job"));
  read_progress (state, herald_json_get_object (content, "progress"));
  read_heaters (state, herald_json_get_array (content, "temps"), previous);
  if (!herald_json_get_double (content, "currentZ", &state->height_mm) ||
      state->height_mm < 0 || state->height_mm > HEIGHT_MAX_MM)
    state->height_mm = -1;

  if (herald_json_get_double (content, "serverTime", &server_s) && server_s > 0 && server_s < 1e11)
    state->server_ms = (gint64) (server_s * 1000);
  state->received_ms = now_ms;

  return state;
}
