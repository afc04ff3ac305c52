/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-octoprint-thumbnails"

#include <string.h>

#include "core/base/json-reader.h"
#include "core/printers/octoprint/octoprint-films.h"
#include "core/printers/octoprint/octoprint-thumbnails.h"
#include "core/printers/picture-source.h"

/* What servers say of a file, cut down to what matters; the rest is in tests/data/rest. */

static const struct
{
  const char *says;
  const char *json;
  const char *origin;
  const char *path;
  const char *expected;
} files[] = {
  { "2.0 behind a proxy, with wrong addresses",
    "{\"refs\":{\"resource\":\"http://127.0.0.1:5000/api/files/local/a%20b/c.gcode\","
    "\"thumbnail_16x16\":\"http://127.0.0.1:5000/downloads/thumbs/local/a%20b/c.gcode?size=16x16\","
    "\"thumbnail_220x124\":\"x\",\"thumbnail_64x48\":\"x\",\"thumbnail\":\"x\"}}",
    "local", "a b/c.gcode", "/downloads/thumbs/local/a%20b/c.gcode?size=220x124 /downloads/files/local/a%20b/c.gcode" },
  { "2.0, storage of a printer",
    "{\"refs\":{\"thumbnail_16x16\":\"x\",\"thumbnail\":\"x\"}}", "printer", "c.gcode",
    "/downloads/thumbs/printer/c.gcode?size=16x16" },
  { "2.0, sizes that make no sense",
    "{\"refs\":{\"thumbnail_\":1,\"thumbnail_x\":1,\"thumbnail_99999999999x9\":1,\"thumbnail_-1x-1\":1,"
    "\"thumbnail_9x9&a=b\":1,\"thumbnail\":\"x\"}}",
    "local", "c.gcode", "/downloads/thumbs/local/c.gcode /downloads/files/local/c.gcode" },
  { "a plugin", "{\"thumbnail\":\"plugin/prusaslicerthumbnails/thumbnail/c.png?20260102030405\"}", "local", "c.gcode",
    "/plugin/prusaslicerthumbnails/thumbnail/c.png?20260102030405 /downloads/files/local/c.gcode" },
  { "a plugin that does not escape names",
    "{\"thumbnail\":\"plugin/UltimakerFormatPackage/thumbnail/für Ana/Teil #2?.png?1\"}", "local", "c.gcode",
    "/plugin/UltimakerFormatPackage/thumbnail/f%C3%BCr%20Ana/Teil%20%232%3F.png?1 /downloads/files/local/c.gcode" },
  { "a plugin that does", "{\"thumbnail\":\"/plugin/p/thumbnail/a%20b.png?1\"}", "local", "c.gcode",
    "/plugin/p/thumbnail/a%20b.png?1 /downloads/files/local/c.gcode" },
  { "somebody who wants us to go elsewhere", "{\"thumbnail\":\"@elsewhere.example/plugin/x.png\"}", "local", "c.gcode",
    "/downloads/files/local/c.gcode" },
  { "… with another scheme", "{\"thumbnail\":\"http://elsewhere.example/x.png\"}", "local", "c.gcode",
    "/downloads/files/local/c.gcode" },
  { "… or up", "{\"thumbnail\":\"plugin/../api/settings\"}", "local", "c.gcode", "/downloads/files/local/c.gcode" },
  { "nothing", "{}", "local", "für/Teil #2 (50%)?.gcode",
    "/downloads/files/local/f%C3%BCr/Teil%20%232%20%2850%25%29%3F.gcode" },
  { "nothing, of a card", "{}", "printer", "c.gcode", "" },
};

static const struct
{
  const char *says;
  const char *json;
  const char *name;
  const char *expected;
} films[] = {
  { "a film", "{\"files\":[{\"name\":\"a b.mp4\",\"bytes\":9,\"thumbnail\":\"/downloads/timelapse/a%20b.mp4.thumb.jpg\"}]}",
    "a b.mp4", "/downloads/timelapse/a%20b.mp4 /downloads/timelapse/a%20b.mp4.thumb.jpg" },
  { "a film without a frame", "{\"files\":[{\"name\":\"a.mp4\",\"bytes\":9}]}", "a.mp4", "/downloads/timelapse/a.mp4" },
  { "an empty film", "{\"files\":[{\"name\":\"a.mp4\",\"bytes\":0}]}", "a.mp4", "" },
  { "a film of another kind", "{\"files\":[{\"name\":\"a.mkv\",\"bytes\":9,\"thumbnail\":\"x\"}]}", "a.mkv",
    "/downloads/timelapse/a.mkv.thumb.jpg" },
  { "other films", "{\"files\":[7,{},{\"name\":\"b.mp4\",\"bytes\":9}]}", "a.mp4", "" },
};

static JsonObject *
read_json (const char *json)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = herald_json_parse (json, strlen (json), &error);

  g_assert_no_error (error);

  return json_node_dup_object (node);
}

static void
check (GPtrArray  *sources,
       const char *says,
       const char *expected)
{
  g_autoptr(GString) urls = g_string_new (NULL);

  for (guint i = 0; i < sources->len; i++)
    {
      const HeraldPictureSource *source = g_ptr_array_index (sources, i);

      g_assert_true (source->is_server);
      g_string_append_printf (urls, "%s%s", i > 0 ? " " : "", source->url);
    }

  g_test_message ("%s", says);
  g_assert_cmpstr (urls->str, ==, expected);
}

static void
test_places_of_thumbnails (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr(JsonObject) file = read_json (files[i].json);
      g_autoptr(GPtrArray) sources = herald_octoprint_thumbnails_read (file, files[i].origin, files[i].path);

      check (sources, files[i].says, files[i].expected);
    }
}

static void
test_places_of_films (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (films); i++)
    {
      g_autoptr(JsonObject) list = read_json (films[i].json);
      g_autoptr(GPtrArray) sources = herald_octoprint_films_read (list, films[i].name);

      check (sources, films[i].says, films[i].expected);
    }
}

/* Whoever may not see the list may still be allowed to have the film. */
static void
test_places_without_a_list (void)
{
  g_autoptr(GPtrArray) sources = herald_octoprint_films_read (NULL, "a.mp4");
  g_autoptr(GPtrArray) file = herald_octoprint_thumbnails_read (NULL, "local", "c.gcode");

  check (sources, "a film nobody has listed", "/downloads/timelapse/a.mp4 /downloads/timelapse/a.mp4.thumb.jpg");
  check (file, "a file nobody has listed", "/downloads/files/local/c.gcode");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/octoprint-thumbnails/places-of-thumbnails", test_places_of_thumbnails);
  g_test_add_func ("/octoprint-thumbnails/places-of-films", test_places_of_films);
  g_test_add_func ("/octoprint-thumbnails/places-without-a-list", test_places_without_a_list);

  return g_test_run ();
}
