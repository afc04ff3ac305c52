/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-bench-frames"

#include <string.h>

#include "core/printers/octoprint/frame.h"
#include "core/printers/octoprint/octoprint-state.h"

#define N_RUNS 9
/* One run takes about this many bytes of frames, whatever their size. */
#define RUN_BYTES (4 * 1024 * 1024)

/* The members OctoPrint 1.11.8 sends, in its order; %s is the temperature points. */
#define STATE_FORMAT                                                                               \
  "\"state\":{\"text\":\"Printing\",\"flags\":{\"operational\":true,\"printing\":true,"            \
  "\"cancelling\":false,\"pausing\":false,\"resuming\":false,\"finishing\":false,"                 \
  "\"closedOrError\":false,\"error\":false,\"paused\":false,\"ready\":false,\"sdReady\":true},"    \
  "\"error\":\"\"},\"job\":{\"file\":{\"name\":\"benchy.gcode\",\"path\":\"benchy.gcode\","        \
  "\"display\":\"benchy.gcode\",\"origin\":\"local\",\"size\":1703936,\"date\":1795228000},"       \
  "\"estimatedPrintTime\":null,\"averagePrintTime\":null,\"lastPrintTime\":null,"                  \
  "\"filament\":null,\"user\":\"admin\"},\"currentZ\":null,\"progress\":{\"completion\":42.5,"     \
  "\"filepos\":724172,\"printTime\":1830,\"printTimeLeft\":2476,\"printTimeLeftOrigin\":"          \
  "\"linear\"},"                                                                                   \
  "\"offsets\":{},\"resends\":{\"count\":0,\"transmitted\":32101,\"ratio\":0},"                    \
  "\"serverTime\":1795228393.1,\"temps\":[%s],\"busyFiles\":[{\"origin\":\"local\","               \
  "\"path\":\"benchy.gcode\"}],\"markings\":[]"

typedef struct
{
  const char *name;
  char *text;
  gsize length;
  guint n_frames;
} Sample;

static char *
make_points (guint n_points)
{
  GString *points = g_string_new (NULL);

  for (guint i = 0; i < n_points; i++)
    g_string_append_printf (points,
                            "%s{\"time\":%u,\"tool0\":{\"actual\":%u.%u,\"target\":215.0},"
                            "\"bed\":{\"actual\":59.9,\"target\":60.0},"
                            "\"chamber\":{\"actual\":null,\"target\":null}}",
                            i > 0 ? "," : "", 1795226593 + 2 * i, 214 + i % 2, i % 10);

  return g_string_free (points, FALSE);
}

static char *
make_state (const char *type, guint n_points)
{
  g_autofree char *points = make_points (n_points);

  return g_strdup_printf ("a[{\"%s\":{" STATE_FORMAT "}}]", type, points);
}

/* An administrator has some 130 permissions, and each is named with what it needs. */
static char *
make_connected (void)
{
  GString *text = g_string_new ("a[{\"connected\":{\"version\":\"1.11.8\","
                                "\"display_version\":\"1.11.8\",\"branch\":\"HEAD\","
                                "\"python_version\":\"3.11.2\","
                                "\"plugin_hash\":\"2a13cd83ef9f2d0687d733508f6d0a70\","
                                "\"config_hash\":\"ea5fb3587d37eb728beff01eb00f0c63\","
                                "\"debug\":false,\"safe_mode\":null,\"online\":true,"
                                "\"permissions\":[");

  for (guint i = 0; i < 66; i++)
    g_string_append_printf (
        text,
        "%s{\"key\":\"PLUGIN_EXAMPLE_%02u\",\"name\":\"Example %u\",\"dangerous\":"
        "false,\"default_groups\":[\"users\"],\"needs\":{\"role\":[\"example_%u\"]}}",
        i > 0 ? "," : "", i, i, i);
  g_string_append (text, "]}}]");

  return g_string_free (text, FALSE);
}

/* Both return microseconds for all frames of a run. */

static gint64
time_decoding (const Sample *sample)
{
  gint64 start_us = g_get_monotonic_time ();

  for (guint i = 0; i < sample->n_frames; i++)
    {
      g_autoptr (HeraldFrame) frame = herald_frame_parse (sample->text, sample->length, NULL);
      g_autoptr (HeraldPrinterState) state = NULL;
      JsonObject *content = NULL;
      HeraldPushType type;

      if (frame == NULL)
        g_error ("The frame \"%s\" is refused", sample->name);
      type = herald_frame_get_message (frame, 0, &content);
      if (type == HERALD_PUSH_CONNECTED)
        continue;
      state = herald_octoprint_state_read (content, NULL, 1);
      if (state->id != HERALD_STATE_PRINTING || state->temperatures->len == 0)
        g_error ("The state in \"%s\" is not read", sample->name);
    }

  return g_get_monotonic_time () - start_us;
}

static gint64
time_parsing (const Sample *sample)
{
  gint64 start_us = g_get_monotonic_time ();

  for (guint i = 0; i < sample->n_frames; i++)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();

      if (!json_parser_load_from_data (parser, sample->text + 1, (gssize) sample->length - 1, NULL))
        g_error ("The frame \"%s\" is no JSON", sample->name);
    }

  return g_get_monotonic_time () - start_us;
}

static int
compare (gconstpointer one, gconstpointer other)
{
  gint64 difference = *(const gint64 *) one - *(const gint64 *) other;

  return difference < 0 ? -1 : difference > 0;
}

static double
get_rate (gint64 *times_us, guint n_frames)
{
  qsort (times_us, N_RUNS, sizeof *times_us, compare);

  return n_frames * 1e6 / (double) times_us[N_RUNS / 2];
}

/* The two take turns, so that what else the machine does hits both. */
static void
measure (Sample *sample)
{
  gint64 decoding_us[N_RUNS];
  gint64 parsing_us[N_RUNS];
  double decoded;
  double parsed;

  sample->length = strlen (sample->text);
  sample->n_frames = (guint) (RUN_BYTES / sample->length);
  time_decoding (sample);
  time_parsing (sample);
  for (guint i = 0; i < N_RUNS; i++)
    {
      decoding_us[i] = time_decoding (sample);
      parsing_us[i] = time_parsing (sample);
    }

  decoded = get_rate (decoding_us, sample->n_frames);
  parsed = get_rate (parsing_us, sample->n_frames);
  g_print ("%-9s %6" G_GSIZE_FORMAT " bytes: %8.0f frames/s decoded and read, %8.0f/s JSON alone: "
           "%.2f of its speed (median of %d runs of %u, taking turns)\n",
           sample->name, sample->length, decoded, parsed, decoded / parsed, N_RUNS,
           sample->n_frames);
  g_free (sample->text);
}

int
main (void)
{
  Sample samples[] = {
    { .name = "current", .text = make_state ("current", 1) },
    { .name = "connected", .text = make_connected () },
    { .name = "history", .text = make_state ("history", 1120) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    measure (&samples[i]);

  return 0;
}
