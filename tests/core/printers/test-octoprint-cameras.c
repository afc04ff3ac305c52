/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-octoprint-cameras"

#include <string.h>

#include "core/base/error.h"
#include "core/base/json-reader.h"
#include "core/printers/octoprint/camera-sources.h"
#include "core/printers/octoprint/octoprint-cameras.h"
#include "core/printers/octoprint/octoprint-settings.h"
#include "fixtures/fake-printer.h"

#define LOOPBACK "http://127.0.0.1:8080/?action=snapshot"

static JsonNode *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = herald_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);

  return node;
}

/* As four versions of OctoPrint say it */
static void
test_recorded_camera_is_read (void)
{
  static const char *const versions[] = { "1.8.7", "1.10.3", "1.11.8", "2.0.0rc7" };
  static const char *const names[] = { "settings.json", "settings-viewer.json" };

  for (guint i = 0; i < G_N_ELEMENTS (versions) * G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "rest", versions[i / 2], names[i % 2], NULL);
      g_autofree char *text = NULL;
      g_autoptr(JsonNode) node = NULL;
      g_autoptr(GPtrArray) cameras = NULL;
      HeraldCamerasReason reason;
      const HeraldCamera *camera;

      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      node = parse (text);
      cameras = herald_cameras_read (json_node_get_object (node), &reason);

      g_assert_cmpint (reason, ==, HERALD_CAMERAS_KNOWN);
      g_assert_cmpuint (cameras->len, ==, 1);
      camera = g_ptr_array_index (cameras, 0);
      g_assert_cmpstr (camera->name, ==, i / 2 == 0 ? "webcam" : "Classic Webcam");
      g_assert_cmpstr (camera->still_url, ==, LOOPBACK);
      g_assert_cmpstr (camera->stream_url, ==, "/webcam/?action=stream");
      g_assert_true (camera->is_current);
    }
}

static void
test_odd_settings_are_understood (void)
{
  static const struct
  {
    const char *settings;
    HeraldCamerasReason reason;
    const char *names;
  } cases[] = {
    { "{}", HERALD_CAMERAS_HIDDEN, "" },
    { "{\"webcam\":{}}", HERALD_CAMERAS_HIDDEN, "" },
    { "{\"webcam\":{\"webcamEnabled\":false,\"snapshotUrl\":\"http://a/\"}}", HERALD_CAMERAS_OFF, "" },
    { "{\"webcam\":{\"webcamEnabled\":true,\"snapshotUrl\":null,\"streamUrl\":null}}", HERALD_CAMERAS_NONE, "" },
    { "{\"webcam\":{\"snapshotUrl\":\" http://a/ \"}}", HERALD_CAMERAS_KNOWN, "webcam" },
    { "{\"webcam\":{\"snapshotUrl\":\"http://a/ x\"}}", HERALD_CAMERAS_NONE, "" },
    { "{\"webcam\":{\"webcams\":[]}}", HERALD_CAMERAS_NONE, "" },
    { "{\"webcam\":{\"webcams\":[7,{},{\"name\":\"a\",\"compat\":null},"
      "{\"name\":\"b\",\"displayName\":\"Left\",\"compat\":{\"stream\":\"http://c/\"}},"
      "{\"name\":\"c\",\"displayName\":\"Left\",\"compat\":{\"snapshot\":\"http://d/\"}}],"
      "\"defaultWebcam\":\"b\",\"snapshotWebcam\":\"c\"}}", HERALD_CAMERAS_KNOWN, "c Left" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(JsonNode) node = parse (cases[i].settings);
      g_autoptr(HeraldPrinter) printer = HERALD_PRINTER (fake_printer_new ("mk3"));
      HeraldOctoprintCameras *known = herald_octoprint_cameras_get (printer);
      g_autoptr(GPtrArray) cameras = NULL;
      g_auto(GStrv) names = NULL;
      g_autofree char *joined = NULL;
      HeraldCamerasReason reason;

      cameras = herald_cameras_read (json_node_get_object (node), &reason);
      g_assert_cmpint (reason, ==, cases[i].reason);
      herald_octoprint_cameras_take (known, json_node_get_object (node));
      names = herald_octoprint_cameras_dup_names (known);
      joined = g_strjoinv (" ", names);
      g_assert_cmpstr (joined, ==, cases[i].names);
    }
}

/* What is asked, in order */
static const struct
{
  const char *still;
  const char *stream;
  const char *base;
  const char *version;
  const char *sources;
} places[] = {
  /* OctoPi, from another computer */
  { LOOPBACK, "/webcam/?action=stream", "http://pi.local", "1.8.7",
    "still http://pi.local/webcam/?action=snapshot; still http://pi.local:8080/?action=snapshot; "
    "stream http://pi.local/webcam/?action=stream; utility " LOOPBACK },
  { LOOPBACK, "/webcam/?action=stream", "http://pi.local", "1.11.8",
    "still http://pi.local/webcam/?action=snapshot; server /downloads/camera/current; "
    "still http://pi.local:8080/?action=snapshot; stream http://pi.local/webcam/?action=stream; utility " LOOPBACK },
  /* From the same computer */
  { LOOPBACK, NULL, "http://localhost:5000", "1.8.7", "still " LOOPBACK "; utility " LOOPBACK },
  /* Behind a proxy with a prefix */
  { "/webcam/?action=snapshot", NULL, "https://host/octoprint", "2.0.0rc7",
    "still https://host/webcam/?action=snapshot; still https://host/octoprint/webcam/?action=snapshot; "
    "server /downloads/camera/current" },
  /* A camera of its own */
  { "http://cam.local/shot.jpg", "http://cam.local/stream", "http://pi.local", "1.4.0",
    "still http://cam.local/shot.jpg; still http://cam.local/snapshot; server /downloads/camera/current; "
    "stream http://cam.local/stream; utility http://cam.local/shot.jpg" },
  { "http://cam.local/shot.jpg", NULL, "http://pi.local", "1.9.3",
    "still http://cam.local/shot.jpg; utility http://cam.local/shot.jpg" },
  /* What is no picture */
  { NULL, "webrtc://cam.local/", "http://pi.local", "1.8.7", "" },
  { NULL, "/stream/index.m3u8", "http://pi.local", "1.8.7", "" },
  { "file:///etc/passwd", NULL, "http://pi.local", "1.8.7", "" },
  { "javascript:alert(1)", "ftp://cam/", "http://localhost", "1.8.7", "" },
  /* The same computer by another spelling */
  { "http://[::1]:8080/", "http://localhost/stream", "http://pi.local", "1.8.7",
    "still http://pi.local:8080/; utility http://[::1]:8080/" },
  { "http://127.1.2.3/", NULL, "http://pi.local", "1.8.7", "still http://pi.local/; utility http://127.1.2.3/" },
};

static void
test_sources_follow_from_addresses (void)
{
  static const char *const kinds[] = {
    [HERALD_SOURCE_STILL] = "still", [HERALD_SOURCE_STREAM] = "stream", [HERALD_SOURCE_UTILITY] = "utility",
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr(HeraldCamera) camera = herald_camera_new ("c", "c");
      HeraldCameraPlace place = { .base_url = places[i].base, .version = places[i].version };
      g_autoptr(GPtrArray) sources = NULL;
      g_autoptr(GString) told = g_string_new (NULL);

      camera->still_url = g_strdup (places[i].still);
      camera->stream_url = g_strdup (places[i].stream);
      camera->is_current = places[i].still != NULL;
      place.is_here = strstr (places[i].base, "localhost") != NULL;
      sources = herald_camera_find_sources (camera, &place);
      for (guint j = 0; j < sources->len; j++)
        {
          const HeraldPictureSource *source = g_ptr_array_index (sources, j);
          gboolean is_server = source->is_server && source->kind == HERALD_SOURCE_STILL;

          g_string_append_printf (told, "%s%s %s", j > 0 ? "; " : "", is_server ? "server" : kinds[source->kind], source->url);
        }
      g_assert_cmpstr (told->str, ==, places[i].sources);
    }
}

static void
test_settings_decide (void)
{
  static const struct
  {
    const char *name;
    const char *value;
    gboolean is_good;
  } cases[] = {
    { "snapshot-url", "http://127.0.0.1:8080/?action=stream", TRUE },
    { "snapshot-url", "camera.local", FALSE },
    { "snapshot-url", "file:///etc/passwd", FALSE },
    { "snapshot-url", "http://me:secret@camera.local/", FALSE },
    { "snapshot-url", "", TRUE },
    { "snapshot-timeout", "30", TRUE },
    { "snapshot-timeout", "0", FALSE },
    { "snapshot-timeout", "31", FALSE },
    { "rotate-left", "true", TRUE },
    { "rotate-left", "", TRUE },
    { "flip-vertically", "yes", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(HeraldValues) settings = herald_values_new ();
      g_autoptr(GError) error = NULL;

      herald_values_set (settings, "url", "http://pi.local");
      herald_values_set (settings, cases[i].name, cases[i].value);
      g_assert_cmpint (herald_octoprint_settings_check (settings, &error), ==, cases[i].is_good);
      if (!cases[i].is_good)
        g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
    }
}

/* What the user has set beats what OctoPrint says, and what worked is tried first. */
static void
test_user_and_experience_decide (void)
{
  g_autoptr(HeraldPrinter) printer = HERALD_PRINTER (fake_printer_new ("mk3"));
  HeraldOctoprintCameras *known = herald_octoprint_cameras_get (printer);
  g_autoptr(HeraldValues) settings = herald_values_new ();
  g_autoptr(JsonNode) node = parse ("{\"webcam\":{\"snapshotUrl\":\"http://cam/a\",\"streamUrl\":\"http://cam/stream\","
                                    "\"flipH\":true,\"rotate90\":true}}");
  g_autoptr(GPtrArray) sources = NULL;
  g_autoptr(GError) error = NULL;
  const HeraldPictureSource *first;

  herald_values_set (settings, "url", "http://pi.local");
  herald_values_set (settings, "flip-horizontally", "false");
  herald_printer_set_settings (printer, settings);
  herald_octoprint_cameras_take (known, json_node_get_object (node));
  herald_octoprint_cameras_remember (known, "http://cam/snapshot", TRUE);
  sources = herald_octoprint_cameras_find (known, NULL, &error);
  g_assert_no_error (error);
  first = g_ptr_array_index (sources, 0);
  g_assert_cmpstr (first->url, ==, "http://cam/snapshot");
  g_assert_false (first->orientation.flip_horizontally);
  g_assert_true (first->orientation.rotate_90_left);

  g_clear_pointer (&sources, g_ptr_array_unref);
  sources = herald_octoprint_cameras_find (known, "garden", &error);
  g_assert_null (sources);
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
  g_clear_error (&error);

  herald_values_set (settings, "snapshot-url", "http://other/shot");
  sources = herald_octoprint_cameras_find (known, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sources->len, ==, 1);
  first = g_ptr_array_index (sources, 0);
  g_assert_cmpstr (first->url, ==, "http://other/shot");
  g_assert_false (first->is_server);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/octoprint-cameras/recorded", test_recorded_camera_is_read);
  g_test_add_func ("/octoprint-cameras/odd", test_odd_settings_are_understood);
  g_test_add_func ("/octoprint-cameras/sources", test_sources_follow_from_addresses);
  g_test_add_func ("/octoprint-cameras/settings", test_settings_decide);
  g_test_add_func ("/octoprint-cameras/user", test_user_and_experience_decide);

  return g_test_run ();
}
