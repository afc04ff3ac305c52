/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-octoprint-frames"

#include "core/printers/octoprint/frame.h"

#include <string.h>

#include "core/base/error.h"
#include "core/printers/octoprint/octoprint-events.h"
#include "core/printers/octoprint/octoprint-state.h"
#include "core/printers/octoprint/octoprint-url.h"

static HeraldFrame *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  HeraldFrame *frame = herald_frame_parse (text, strlen (text), &error);

  g_assert_no_error (error);

  return frame;
}

static void
test_frames_of_every_type (void)
{
  g_autoptr(HeraldFrame) open = parse ("o");
  g_autoptr(HeraldFrame) heartbeat = parse ("h");
  g_autoptr(HeraldFrame) goodbye = parse ("c[3000,\"Go away!\"]");
  g_autoptr(HeraldFrame) several = parse ("a[{\"connected\":{}},{\"shiny\":1},7,{\"reauthRequired\":{}}]");
  JsonObject *content;

  g_assert_cmpint (open->type, ==, HERALD_FRAME_OPEN);
  g_assert_cmpint (heartbeat->type, ==, HERALD_FRAME_HEARTBEAT);
  g_assert_cmpint (goodbye->type, ==, HERALD_FRAME_CLOSE);
  g_assert_cmpint (goodbye->close_code, ==, 3000);
  g_assert_cmpuint (herald_frame_get_size (several), ==, 4);
  g_assert_cmpint (herald_frame_get_message (several, 0, &content), ==, HERALD_PUSH_CONNECTED);
  g_assert_nonnull (content);
  g_assert_cmpint (herald_frame_get_message (several, 1, &content), ==, HERALD_PUSH_UNKNOWN);
  g_assert_cmpint (herald_frame_get_message (several, 2, &content), ==, HERALD_PUSH_UNKNOWN);
  g_assert_cmpint (herald_frame_get_message (several, 3, &content), ==, HERALD_PUSH_REAUTH_REQUIRED);
}

static void
test_garbage_is_refused (void)
{
  static const char *const garbage[] = { "", "x", "a", "a{", "a{}", "a[1", "c", "oo", "a[1][2]", "\"a\"" };

  for (guint i = 0; i < G_N_ELEMENTS (garbage); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (herald_frame_parse (garbage[i], strlen (garbage[i]), &error));
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_PROTOCOL);
    }
}

static void
test_what_we_send_is_an_array_of_strings (void)
{
  g_autofree char *auth = herald_frame_make_auth ("ad\"min", "S");
  g_autofree char *throttle = herald_frame_make_throttle (4);
  g_autofree char *subscribe = herald_frame_make_subscribe ();

  g_assert_cmpstr (auth, ==, "[\"{\\\"auth\\\":\\\"ad\\\\\\\"min:S\\\"}\"]");
  g_assert_cmpstr (throttle, ==, "[\"{\\\"throttle\\\":4}\"]");
  g_assert_nonnull (strstr (subscribe, "\\\"logs\\\":\\\"busy: paused for user\\\""));
  g_assert_nonnull (strstr (subscribe, "PrintDone"));
}

/* States */

static HeraldPrinterState *
read_state (const char         *json,
            HeraldPrinterState *previous)
{
  g_autoptr(JsonNode) node = json_from_string (json, NULL);

  g_assert_nonnull (node);
  return herald_octoprint_state_read (json_node_get_object (node), previous, 1000);
}

static void
test_state_of_a_print (void)
{
  g_autoptr(HeraldPrinterState) state = read_state (
    "{\"state\":{\"text\":\"Printing\",\"error\":\"\",\"flags\":{\"operational\":true,\"printing\":true}},"
    "\"job\":{\"file\":{\"name\":\"s.gcode\",\"display\":\"S.gcode\",\"path\":\"a/s.gcode\",\"origin\":\"local\","
    "\"size\":1703},\"user\":\"admin\"},\"progress\":{\"completion\":80.27,\"printTime\":4,\"printTimeLeft\":0,"
    "\"printTimeLeftOrigin\":\"linear\"},\"serverTime\":1795228393.1,"
    "\"temps\":[{\"time\":1,\"tool0\":{\"actual\":1,\"target\":2}},"
    "{\"time\":2,\"tool0\":{\"actual\":21.3,\"target\":200},\"bed\":{\"actual\":60,\"target\":null}}]}", NULL);
  HeraldTemperature *bed;

  g_assert_cmpint (state->id, ==, HERALD_STATE_PRINTING);
  g_assert_cmpstr (state->name, ==, "S.gcode");
  g_assert_cmpstr (state->path, ==, "a/s.gcode");
  g_assert_null (state->error);
  g_assert_cmpfloat (state->progress, ==, 80.27);
  g_assert_cmpint (state->elapsed_s, ==, 4);
  g_assert_cmpint (state->remaining_s, ==, 0);
  g_assert_cmpint (state->size_bytes, ==, 1703);
  g_assert_cmpint (state->server_ms, ==, 1795228393100);
  g_assert_cmpuint (state->temperatures->len, ==, 2);
  bed = g_ptr_array_index (state->temperatures, 1);
  g_assert_cmpstr (bed->heater, ==, "bed");
  g_assert_cmpfloat (bed->actual, ==, 60);
  g_assert_cmpfloat (bed->target, ==, 0);
}

static void
test_flags_of_every_version (void)
{
  static const struct
  {
    const char *flags;
    HeraldStateId id;
  } rows[] = {
    { "\"operational\":true,\"ready\":true", HERALD_STATE_OPERATIONAL },
    { "\"operational\":true,\"printing\":true,\"paused\":true", HERALD_STATE_PAUSED },
    { "\"operational\":true,\"printing\":true,\"pausing\":true", HERALD_STATE_PAUSING },
    { "\"operational\":true,\"paused\":true", HERALD_STATE_PAUSED },
    { "\"printing\":true,\"cancelling\":true", HERALD_STATE_CANCELLING },
    { "\"printing\":true,\"finishing\":true", HERALD_STATE_FINISHING },
    { "\"printing\":true,\"resuming\":true", HERALD_STATE_RESUMING },
    { "\"closedOrError\":true", HERALD_STATE_OFFLINE },
    { "\"closedOrError\":true,\"error\":true", HERALD_STATE_ERROR },
    { "\"ready\":false", HERALD_STATE_CONNECTING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"state\":{\"flags\":{%s}}}", rows[i].flags);
      g_autoptr(HeraldPrinterState) state = read_state (json, NULL);

      g_assert_cmpint (state->id, ==, rows[i].id);
    }
}

static void
test_firmware_error_after_disconnect_is_an_error (void)
{
  g_autoptr(HeraldPrinterState) state =
    read_state ("{\"state\":{\"text\":\"Offline after error\",\"error\":\"Thermal \\u202erunaway\","
                "\"flags\":{\"closedOrError\":true,\"error\":false}}}", NULL);

  g_assert_cmpint (state->id, ==, HERALD_STATE_ERROR);
  g_assert_cmpstr (state->error, ==, "Thermal runaway");
}

static void
test_nonsense_is_not_known (void)
{
  g_autoptr(HeraldPrinterState) before = read_state (
    "{\"temps\":[{\"tool0\":{\"actual\":20,\"target\":0}}]}", NULL);
  g_autoptr(HeraldPrinterState) state = read_state (
    "{\"state\":7,\"job\":{\"file\":null},\"progress\":{\"completion\":\"x\",\"printTime\":-4,"
    "\"printTimeLeft\":1e300},\"temps\":[],\"serverTime\":-1}", before);

  g_assert_cmpint (state->id, ==, HERALD_STATE_UNKNOWN);
  g_assert_null (state->name);
  g_assert_cmpfloat (state->progress, ==, -1);
  g_assert_cmpint (state->elapsed_s, ==, -1);
  g_assert_cmpint (state->remaining_s, ==, -1);
  g_assert_cmpint (state->server_ms, ==, 0);
  g_assert_cmpuint (state->temperatures->len, ==, 1);
}

/* Events and addresses */

static void
test_temperatures_stay_until_there_are_new_ones (void)
{
  g_autoptr(HeraldPrinterState) before = read_state ("{\"temps\":[{\"tool0\":{\"actual\":20,\"target\":0}}]}", NULL);
  static const char *const nothing_new[] = {
    "{}", "{\"temps\":[]}", "{\"temps\":[{\"time\":1795245886}]}",
    "{\"temps\":[{\"time\":1795245893,\"bed\":{\"actual\":null,\"target\":40}}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (nothing_new); i++)
    {
      g_autoptr(HeraldPrinterState) state = read_state (nothing_new[i], before);

      g_assert_cmpuint (state->temperatures->len, ==, 1);
    }
}

static void
test_progress_of_events_is_percent (void)
{
  static const struct
  {
    const char *json;
    const char *progress;
  } rows[] = {
    { "{\"type\":\"PrintFailed\",\"payload\":{\"reason\":\"error\",\"progress\":0.81}}", "81" },
    { "{\"type\":\"PrintFailed\",\"payload\":{\"reason\":\"cancelled\",\"progress\":80}}", "80" },
    { "{\"type\":\"PrintCancelled\",\"payload\":{\"progress\":80}}", "80" },
    { "{\"type\":\"PrintDone\",\"payload\":null}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(JsonNode) node = json_from_string (rows[i].json, NULL);
      g_autoptr(HeraldValues) values = NULL;
      HeraldPrinterSignal signal;

      g_assert_true (herald_octoprint_events_read (json_node_get_object (node), &signal, &values));
      g_assert_cmpstr (herald_values_get (values, "progress"), ==, rows[i].progress);
    }
}

static void
test_addresses_as_people_type_them (void)
{
  static const struct
  {
    const char *typed;
    const char *url;
    const char *origin;
  } rows[] = {
    { "octopi.local", "http://octopi.local", "http://octopi.local:80" },
    { " http://octopi.local/ ", "http://octopi.local", "http://octopi.local:80" },
    { "192.168.1.5:5000", "http://192.168.1.5:5000", "http://192.168.1.5:5000" },
    { "https://host/octoprint/", "https://host/octoprint", "https://host:443" },
    { "http://[fe80::1]:5000", "http://[fe80::1]:5000", "http://[fe80::1]:5000" },
    { "ftp://host", NULL, NULL },
    { "http://", NULL, NULL },
    { "http://user:pw@host", NULL, NULL },
    { "two words", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *url = herald_octoprint_url_normalise (rows[i].typed, &error);
      g_autofree char *origin = url != NULL ? herald_octoprint_url_dup_origin (url) : NULL;

      g_assert_cmpstr (url, ==, rows[i].url);
      g_assert_cmpstr (origin, ==, rows[i].origin);
      if (url == NULL)
        g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/octoprint/frames", test_frames_of_every_type);
  g_test_add_func ("/octoprint/garbage", test_garbage_is_refused);
  g_test_add_func ("/octoprint/sent", test_what_we_send_is_an_array_of_strings);
  g_test_add_func ("/octoprint/state/print", test_state_of_a_print);
  g_test_add_func ("/octoprint/state/flags", test_flags_of_every_version);
  g_test_add_func ("/octoprint/state/firmware-error", test_firmware_error_after_disconnect_is_an_error);
  g_test_add_func ("/octoprint/state/nonsense", test_nonsense_is_not_known);
  g_test_add_func ("/octoprint/state/temperatures", test_temperatures_stay_until_there_are_new_ones);
  g_test_add_func ("/octoprint/events/progress", test_progress_of_events_is_percent);
  g_test_add_func ("/octoprint/addresses", test_addresses_as_people_type_them);

  return g_test_run ();
}
