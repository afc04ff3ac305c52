/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-calls"

#include "core/printers/octoprint/octoprint-calls.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/json-reader.h"
#include "core/base/text.h"

#define PROMPT_PLUGIN "action_command_prompt"
#define NOTIFICATION_PLUGIN "action_command_notification"
#define LAYER_PLUGIN "DisplayLayerProgress-websocket-payload"

#define QUESTION_MAX_CHARS 500
#define LINE_MAX_BYTES 500
#define LINES_MAX 1000
#define LAYERS_MAX 1000000
#define LAYER_WORD "Layer "

/* What Marlin and Prusa's firmware say every two seconds while they wait for somebody */
#define WAITING_LINE "busy: paused for user"

const char *const *
herald_octoprint_calls_get_plugins (void)
{
  static const char *const plugins[] = { PROMPT_PLUGIN, NOTIFICATION_PLUGIN, LAYER_PLUGIN, NULL };

  return plugins;
}

const char *
herald_octoprint_calls_get_pattern (void)
{
  return WAITING_LINE;
}

/* Prompts of the host, as Marlin's "Host Prompt Support" shows them */
static gboolean
read_prompt (JsonObject           *data,
             HeraldPrinterSignal  *signal,
             HeraldValues         *values)
{
  const char *action;
  const char *foreign;
  g_autofree char *question = NULL;

  if (!herald_json_get_string (data, "action", &action))
    return FALSE;

  if (g_str_equal (action, "close"))
    {
      *signal = HERALD_SIGNAL_ATTENTION_OVER;
      return TRUE;
    }
  if (!g_str_equal (action, "show"))
    return FALSE;

  *signal = HERALD_SIGNAL_ATTENTION_NEEDED;
  herald_values_set (values, "reason", _("It asks a question."));
  if (herald_json_get_string (data, "text", &foreign))
    {
      question = herald_text_clean (foreign, QUESTION_MAX_CHARS);
      herald_values_set (values, "question", question);
    }

  return TRUE;
}

static void
set_layers (HeraldValues *values,
            gint64        layer,
            gint64        layers)
{
  if (layer >= 0 && layer <= LAYERS_MAX)
    herald_values_set_printf (values, "layer", "%" G_GINT64_FORMAT, layer);
  if (layers > 0 && layers <= LAYERS_MAX)
    herald_values_set_printf (values, "layers", "%" G_GINT64_FORMAT, layers);
}

/* Numbers, or numbers as texts, depending on the version of the plugin */
static gint64
get_number (JsonObject *object,
            const char *name)
{
  gint64 number;
  const char *text;

  if (herald_json_get_int (object, name, &number))
    return number;
  if (herald_json_get_string (object, name, &text) &&
      g_ascii_string_to_signed (text, 10, 0, LAYERS_MAX, &number, NULL))
    return number;

  return -1;
}

static gboolean
read_layers (JsonObject           *data,
             HeraldPrinterSignal  *signal,
             HeraldValues         *values)
{
  gint64 layer = get_number (data, "currentLayer");

  if (layer < 0)
    return FALSE;

  *signal = HERALD_SIGNAL_LAYER;
  set_layers (values, layer, get_number (data, "totalLayer"));
  return TRUE;
}

/* Slicers have the firmware say "Layer 3/120" to the host. */
static gboolean
read_notification (JsonObject           *data,
                   HeraldPrinterSignal  *signal,
                   HeraldValues         *values)
{
  const char *message;
  char *rest;
  guint64 layer;
  guint64 layers = 0;

  if (!herald_json_get_string (data, "message", &message) ||
      g_ascii_strncasecmp (message, LAYER_WORD, strlen (LAYER_WORD)) != 0)
    return FALSE;

  layer = g_ascii_strtoull (message + strlen (LAYER_WORD), &rest, 10);
  if (rest == message + strlen (LAYER_WORD) || layer > LAYERS_MAX)
    return FALSE;
  if (*rest == '/')
    layers = g_ascii_strtoull (rest + 1, NULL, 10);

  *signal = HERALD_SIGNAL_LAYER;
  set_layers (values, (gint64) layer, (gint64) MIN (layers, LAYERS_MAX));
  return TRUE;
}

gboolean
herald_octoprint_calls_read_plugin (JsonObject           *message,
                                    HeraldPrinterSignal  *signal,
                                    HeraldValues        **values)
{
  static const struct
  {
    const char *plugin;
    gboolean (*read) (JsonObject *data, HeraldPrinterSignal *signal, HeraldValues *values);
  } readers[] = {
    { PROMPT_PLUGIN, read_prompt },
    { NOTIFICATION_PLUGIN, read_notification },
    { LAYER_PLUGIN, read_layers },
  };
  JsonObject *data = herald_json_get_object (message, "data");
  g_autoptr(HeraldValues) known = herald_values_new ();
  const char *plugin = NULL;

  herald_json_get_string (message, "plugin", &plugin);
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      if (g_strcmp0 (readers[i].plugin, plugin) == 0 && readers[i].read (data, signal, known))
        {
          *values = g_steal_pointer (&known);
          return TRUE;
        }
    }

  return FALSE;
}

/* `Recv: ` before OctoPrint 2.0, `<<< ` since; what we sent ourselves is no call. */
static gboolean
is_received (const char *line)
{
  return g_str_has_prefix (line, "Recv: ") || g_str_has_prefix (line, "<<< ");
}

gboolean
herald_octoprint_calls_read_lines (JsonObject           *current,
                                   HeraldPrinterSignal  *signal,
                                   HeraldValues        **values)
{
  JsonArray *lines = herald_json_get_array (current, "logs");
  guint n_lines = lines != NULL ? MIN (json_array_get_length (lines), LINES_MAX) : 0;

  for (guint i = 0; i < n_lines; i++)
    {
      JsonNode *node = json_array_get_element (lines, i);
      const char *line = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

      if (line == NULL || !is_received (line) || g_strstr_len (line, LINE_MAX_BYTES, WAITING_LINE) == NULL)
        continue;

      *signal = HERALD_SIGNAL_ATTENTION_REPEATED;
      *values = herald_values_new ();
      herald_values_set (*values, "reason", _("It waits for somebody, perhaps for new filament."));
      return TRUE;
    }

  return FALSE;
}
