/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-events"

#include "core/printers/octoprint/octoprint-events.h"

#include <glib/gi18n-lib.h>

#include "core/base/json-reader.h"
#include "core/base/text.h"
#include "core/printers/octoprint/octoprint-error.h"

#define NAME_MAX_CHARS 255
#define COMMAND_MAX_CHARS 500

/* What ffmpeg prints when it fails is pages of text; its end says why. */
#define OUTPUT_MAX_CHARS 2000
#define LINES_MAX 10

#define ALIAS_SEPARATOR "="

/* What comes with events. `name=member` takes a member of another name; `#` before it means a number. */
static const char *const print_members[] = {
  "name", "path", "origin", "user", "owner", "reason", "error", "#size", "#time", NULL
};
static const char *const error_members[] = { "error", "reason", NULL };
static const char *const upload_members[] = { "name", "path", "origin=target", NULL };
static const char *const transfer_members[] = { "local", "remote", "#time", NULL };
static const char *const movie_members[] = {
  "gcode", "movie", "movie_basename", "movie_prefix", "reason", "#returncode", "error", "out", NULL
};
static const char *const count_members[] = { "path", "origin=storage", NULL };
static const char *const state_members[] = { "state=state_string", NULL };
static const char *const no_members[] = { NULL };

/* OctoPrint's events (docs.octoprint.org, "Events") and what they mean to us. */
static const struct
{
  const char *name;
  HeraldPrinterSignal signal;
  const char *const *members;
} rows[] = {
  { "PrintStarted", HERALD_SIGNAL_STARTED, print_members },
  { "PrintPaused", HERALD_SIGNAL_PAUSED, print_members },
  { "PrintResumed", HERALD_SIGNAL_RESUMED, print_members },
  { "PrintCancelled", HERALD_SIGNAL_CANCELLED, print_members },
  { "PrintFailed", HERALD_SIGNAL_FAILED, print_members },
  { "PrintDone", HERALD_SIGNAL_DONE, print_members },
  { "MetadataStatisticsUpdated", HERALD_SIGNAL_COUNTED, count_members },
  { "Error", HERALD_SIGNAL_ERROR, error_members },
  { "Connected", HERALD_SIGNAL_CONNECTED, no_members },
  { "Disconnected", HERALD_SIGNAL_DISCONNECTED, no_members },
  { "PrinterStateChanged", HERALD_SIGNAL_STATE_CHANGED, state_members },
  { "Waiting", HERALD_SIGNAL_ATTENTION_NEEDED, no_members },
  { "FilamentChange", HERALD_SIGNAL_ATTENTION_NEEDED, no_members },
  { "CommandSuppressed", HERALD_SIGNAL_ATTENTION_EXPLAINED, no_members },
  { "Upload", HERALD_SIGNAL_FILE_UPLOADED, upload_members },
  { "TransferStarted", HERALD_SIGNAL_TRANSFER_STARTED, transfer_members },
  { "TransferDone", HERALD_SIGNAL_TRANSFER_DONE, transfer_members },
  { "TransferFailed", HERALD_SIGNAL_TRANSFER_FAILED, transfer_members },
  { "MovieDone", HERALD_SIGNAL_TIMELAPSE_DONE, movie_members },
  { "MovieFailed", HERALD_SIGNAL_TIMELAPSE_FAILED, movie_members },
  { "Shutdown", HERALD_SIGNAL_SERVER_STOPPING, no_members },
  { "SettingsUpdated", HERALD_SIGNAL_SETTINGS_CHANGED, no_members },
};

/**
 * herald_octoprint_events_get_names:
 *
 * Returns: (array zero-terminated=1): the events to subscribe to
 */
const char *const *
herald_octoprint_events_get_names (void)
{
  static const char *names[G_N_ELEMENTS (rows) + 1];

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    names[i] = rows[i].name;

  return names;
}

/* What a program has printed is a list of lines. Returns: (nullable) (transfer full) */
static char *
dup_foreign (JsonObject *payload,
             const char *member)
{
  const char *foreign;
  JsonArray *lines = herald_json_get_array (payload, member);
  guint n_lines = lines != NULL ? json_array_get_length (lines) : 0;
  g_autoptr(GString) text = NULL;

  if (herald_json_get_string (payload, member, &foreign))
    return g_strdup (foreign);
  if (n_lines == 0)
    return NULL;

  text = g_string_new (NULL);
  for (guint i = n_lines - MIN (n_lines, LINES_MAX); i < n_lines; i++)
    {
      JsonNode *line = json_array_get_element (lines, i);

      if (JSON_NODE_HOLDS_VALUE (line) && json_node_get_value_type (line) == G_TYPE_STRING)
        g_string_append (text, json_node_get_string (line));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
take_text (HeraldValues *values,
           JsonObject   *payload,
           const char   *name,
           const char   *member)
{
  gsize max_chars = NAME_MAX_CHARS;
  g_autofree char *foreign = dup_foreign (payload, member);
  g_autofree char *text = NULL;

  if (foreign == NULL)
    return;

  if (g_str_equal (name, "out"))
    max_chars = OUTPUT_MAX_CHARS;
  text = g_str_equal (name, "error") ? herald_octoprint_error_dup_text (foreign)
                                     : herald_text_clean (foreign, max_chars);
  if (text != NULL && *text != '\0')
    herald_values_set (values, name, text);
}

static void
take_number (HeraldValues *values,
             JsonObject   *payload,
             const char   *name)
{
  gint64 number;

  if (herald_json_get_int (payload, name, &number) && number >= 0)
    herald_values_set_printf (values, name, "%" G_GINT64_FORMAT, number);
}

static void
take_members (HeraldValues      *values,
              JsonObject        *payload,
              const char *const *members)
{
  for (; *members != NULL; members++)
    {
      g_auto(GStrv) parts = g_strsplit (*members, ALIAS_SEPARATOR, 2);

      if (**members == '#')
        take_number (values, payload, *members + 1);
      else
        take_text (values, payload, parts[0], parts[1] != NULL ? parts[1] : parts[0]);
    }
}

/* PrintCancelled and PrintPaused give percent, PrintFailed a fraction. */
static void
take_progress (HeraldValues        *values,
               JsonObject          *payload,
               HeraldPrinterSignal  signal)
{
  const char *reason = herald_values_get (values, "reason");
  double progress;

  if (!herald_json_get_double (payload, "progress", &progress))
    return;

  if (signal == HERALD_SIGNAL_FAILED && g_strcmp0 (reason, "cancelled") != 0)
    progress *= 100;
  if (progress >= 0 && progress <= 100)
    herald_values_set_printf (values, "progress", "%d", (int) progress);
}

static void
take_position (HeraldValues *values,
               JsonObject   *payload)
{
  static const struct
  {
    const char *member;
    const char *axis;
  } axes[] = { { "x", "X" }, { "y", "Y" }, { "z", "Z" } };
  JsonObject *position = herald_json_get_object (payload, "position");
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (axes); i++)
    {
      double coordinate;

      if (herald_json_get_double (position, axes[i].member, &coordinate))
        g_string_append_printf (text, "%s%s %.1f", text->len > 0 ? " " : "", axes[i].axis, coordinate);
    }
  if (text->len > 0)
    herald_values_set (values, "position", text->str);
}

/* OctoPrint keeps M0 and M1 from the printer and pauses in their place; what is behind them is meant
 * for the person who is to come. Other commands are kept back without anybody having to come. */
static gboolean
read_stop (JsonObject   *payload,
           HeraldValues *values)
{
  const char *foreign = "";
  g_autofree char *command = NULL;
  g_auto(GStrv) words = NULL;

  herald_json_get_string (payload, "command", &foreign);
  command = herald_text_clean (foreign, COMMAND_MAX_CHARS);
  words = g_strsplit (command, " ", 2);
  if (words[0] == NULL || (!g_str_equal (words[0], "M0") && !g_str_equal (words[0], "M1")))
    return FALSE;

  herald_values_set (values, "reason", _("The print waits until somebody goes on with it."));
  if (words[1] != NULL && *g_strstrip (words[1]) != '\0')
    herald_values_set (values, "question", words[1]);

  return TRUE;
}

/* The one state that is news by itself; the others come as events of their own, which say less. */
static gboolean
is_unknown_state (JsonObject *payload)
{
  const char *state_id;

  return herald_json_get_string (payload, "state_id", &state_id) &&
         g_ascii_strcasecmp (state_id, "UNKNOWN") == 0;
}

/**
 * herald_octoprint_events_read:
 * @event: the content of an `event` message
 * @signal: (out): what it means
 * @values: (out) (transfer full): what came with it, cleaned
 *
 * Returns: whether it is one of the events we know
 */
gboolean
herald_octoprint_events_read (JsonObject           *event,
                              HeraldPrinterSignal  *signal,
                              HeraldValues        **values)
{
  const char *type = NULL;
  JsonObject *payload = herald_json_get_object (event, "payload");
  g_autoptr(HeraldValues) known = herald_values_new ();

  herald_json_get_string (event, "type", &type);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (g_strcmp0 (rows[i].name, type) != 0)
        continue;
      if (rows[i].signal == HERALD_SIGNAL_ATTENTION_EXPLAINED && !read_stop (payload, known))
        return FALSE;

      *signal = rows[i].signal;
      if (*signal == HERALD_SIGNAL_STATE_CHANGED && is_unknown_state (payload))
        *signal = HERALD_SIGNAL_UNKNOWN_STATE;
      take_members (known, payload, rows[i].members);
      take_progress (known, payload, rows[i].signal);
      take_position (known, payload);
      if (g_str_equal (type, "Waiting"))
        herald_values_set (known, "reason", _("The print waits until somebody goes on with it."));
      else if (g_str_equal (type, "FilamentChange"))
        herald_values_set (known, "reason", _("The filament is to be changed."));
      *values = g_steal_pointer (&known);
      return TRUE;
    }

  return FALSE;
}
