/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-fuzz-frame"

#include "fuzz/fuzz.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/json-reader.h"
#include "core/printers/gap.h"
#include "core/printers/octoprint/frame.h"
#include "core/printers/octoprint/octoprint-calls.h"
#include "core/printers/octoprint/octoprint-events.h"
#include "core/printers/octoprint/octoprint-history.h"
#include "core/printers/octoprint/octoprint-state.h"

/* What a server pushes: frames one after the other, parted by a byte that is in no text. */
#define SEPARATOR 0xff

#define NOW_MS G_GINT64_CONSTANT (1795228393000)
#define MARKS_MAX 1000

/* What is kept from message to message */
typedef struct
{
  HeraldPrinterState *state;
  HeraldTemperatureHistory *history;
  gint64 skew_ms;
  gboolean has_points;
} Listener;

static void
read_state (Listener   *listener,
            JsonObject *content)
{
  HeraldPrinterState *state = herald_octoprint_state_read (content, listener->state, NOW_MS);

  fuzz_check_state (state);
  if (state->server_ms != 0)
    listener->skew_ms = NOW_MS - state->server_ms;
  herald_temperature_history_add_state (listener->history, state);
  g_clear_pointer (&listener->state, herald_printer_state_unref);
  listener->state = state;
}

static void
read_history (Listener   *listener,
              JsonObject *content)
{
  g_autoptr(GArray) marks = g_array_new (FALSE, FALSE, sizeof (HeraldMark));

  listener->has_points = listener->has_points || herald_json_get_array (content, "temps") != NULL;
  herald_octoprint_history_read_temperatures (content, listener->skew_ms, listener->history);
  herald_octoprint_history_read_marks (content, listener->skew_ms, marks);
  g_assert_cmpuint (marks->len, <=, MARKS_MAX);
  for (guint i = 0; i < marks->len; i++)
    g_assert_cmpint (g_array_index (marks, HeraldMark, i).when_ms, >, 0);
}

/* Whatever kind of message it says it is: every reader gets it. */
static void
read_message (Listener   *listener,
              JsonObject *content)
{
  static gboolean (*const readers[]) (JsonObject *, HeraldPrinterSignal *, HeraldValues **) = {
    herald_octoprint_events_read, herald_octoprint_calls_read_plugin, herald_octoprint_calls_read_lines
  };

  read_state (listener, content);
  read_history (listener, content);
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      HeraldPrinterSignal signal = (HeraldPrinterSignal) -1;
      g_autoptr(HeraldValues) values = NULL;

      if (!readers[i] (content, &signal, &values))
        continue;
      g_assert_cmpint ((int) signal, >=, HERALD_SIGNAL_STARTED);
      g_assert_cmpint ((int) signal, <=, HERALD_SIGNAL_COUNTED);
      fuzz_check_values (values);
    }
}

static void
read_frame (Listener   *listener,
            const char *text,
            gsize       length)
{
  g_autofree char *exact = g_memdup2 (text, length);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldFrame) frame = herald_frame_parse (exact, length, &error);

  g_assert_true ((frame == NULL) == (error != NULL));
  if (frame == NULL)
    {
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_PROTOCOL);
      return;
    }

  for (guint i = 0; i < herald_frame_get_size (frame); i++)
    {
      JsonObject *content = NULL;

      herald_frame_get_message (frame, i, &content);
      read_message (listener, content);
    }
}

static void
check_chart (HeraldTemperatureHistory *history)
{
  g_autoptr(GVariant) chart = g_variant_ref_sink (herald_temperature_history_to_variant (history, NOW_MS));

  g_assert_true (g_variant_is_normal_form (chart));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  Listener listener = { .history = herald_temperature_history_new () };
  const guint8 *end = data + size;

  while (data < end)
    {
      const guint8 *stop = memchr (data, SEPARATOR, (gsize) (end - data));

      if (stop == NULL)
        stop = end;
      read_frame (&listener, (const char *) data, (gsize) (stop - data));
      data = stop + 1;
    }

  if (listener.has_points)
    check_chart (listener.history);
  g_clear_pointer (&listener.state, herald_printer_state_unref);
  herald_temperature_history_free (listener.history);

  return 0;
}
