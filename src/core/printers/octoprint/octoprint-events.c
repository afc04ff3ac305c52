/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-events"

#include "core/printers/octoprint/octoprint-events.h"

#include "core/base/json-reader.h"
#include "core/base/text.h"

#define NAME_MAX_CHARS 255
#define ERROR_MAX_CHARS 500

/* OctoPrint's events (docs.octoprint.org, "Events") and what they mean to us. */
static const struct
{
  const char *name;
  HeraldJobSignal signal;
} rows[] = {
  { "PrintStarted", HERALD_JOB_STARTED },
  { "PrintPaused", HERALD_JOB_PAUSED },
  { "PrintResumed", HERALD_JOB_RESUMED },
  { "PrintCancelled", HERALD_JOB_CANCELLED },
  { "PrintFailed", HERALD_JOB_FAILED },
  { "PrintDone", HERALD_JOB_DONE },
  { "Error", HERALD_PRINTER_ERROR },
  { "Connected", HERALD_PRINTER_CONNECTED },
  { "Disconnected", HERALD_PRINTER_DISCONNECTED },
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

static void
take_text (HeraldValues *values,
           JsonObject   *payload,
           const char   *name,
           gsize         max_chars)
{
  const char *foreign;
  g_autofree char *text = NULL;

  if (!herald_json_get_string (payload, name, &foreign))
    return;

  text = herald_text_clean (foreign, max_chars);
  if (*text != '\0')
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

/* PrintCancelled and PrintPaused give percent, PrintFailed a fraction (protocol note 4). */
static void
take_progress (HeraldValues    *values,
               JsonObject      *payload,
               HeraldJobSignal  signal)
{
  const char *reason = herald_values_get (values, "reason");
  double progress;

  if (!herald_json_get_double (payload, "progress", &progress))
    return;

  if (signal == HERALD_JOB_FAILED && g_strcmp0 (reason, "cancelled") != 0)
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

/**
 * herald_octoprint_events_read:
 * @event: the content of an `event` message
 * @signal: (out): what it means
 * @values: (out) (transfer full): what came with it, cleaned
 *
 * Returns: whether it is one of the events we know
 */
gboolean
herald_octoprint_events_read (JsonObject       *event,
                              HeraldJobSignal  *signal,
                              HeraldValues    **values)
{
  const char *type = NULL;
  JsonObject *payload = herald_json_get_object (event, "payload");

  herald_json_get_string (event, "type", &type);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (g_strcmp0 (rows[i].name, type) != 0)
        continue;

      *signal = rows[i].signal;
      *values = herald_values_new ();
      take_text (*values, payload, "name", NAME_MAX_CHARS);
      take_text (*values, payload, "path", NAME_MAX_CHARS);
      take_text (*values, payload, "origin", NAME_MAX_CHARS);
      take_text (*values, payload, "user", NAME_MAX_CHARS);
      take_text (*values, payload, "reason", NAME_MAX_CHARS);
      take_text (*values, payload, "error", ERROR_MAX_CHARS);
      take_number (*values, payload, "size");
      take_number (*values, payload, "time");
      take_progress (*values, payload, rows[i].signal);
      take_position (*values, payload);
      return TRUE;
    }

  return FALSE;
}
