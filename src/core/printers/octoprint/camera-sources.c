/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-camera-sources"

#include "core/printers/octoprint/camera-sources.h"

#include <libsoup/soup.h>
#include <string.h>

#include "core/printers/octoprint/camera-address.h"
#include "core/printers/octoprint/octoprint-url.h"

/* The versions in which the endpoint works: the first of all, and again from here on */
#define FIRST_VERSION "1.4.0"
#define MAJOR_SINCE 1
#define MINOR_SINCE 10

/* What streams are called, and what the same server calls one picture: mjpg-streamer, then ustreamer and
 * camera-streamer */
static const struct
{
  const char *stream;
  const char *still;
} names[] = {
  { "action=stream", "action=snapshot" },
  { "/stream.mjpg", "/snapshot.jpg" },
  { "/stream", "/snapshot" },
};

gboolean
herald_camera_is_passed_on (const char *version)
{
  guint64 major;
  guint64 minor = 0;
  char *end = NULL;

  if (version == NULL)
    return FALSE;
  if (g_str_has_prefix (version, FIRST_VERSION))
    return !g_ascii_isdigit (version[strlen (FIRST_VERSION)]);

  major = g_ascii_strtoull (version, &end, 10);
  if (end != NULL && *end == '.')
    minor = g_ascii_strtoull (end + 1, NULL, 10);

  return major > MAJOR_SINCE || (major == MAJOR_SINCE && minor >= MINOR_SINCE);
}

static gboolean
is_relative (const char *url)
{
  g_autofree char *scheme = g_uri_parse_scheme (url);

  return scheme == NULL;
}

/* Whether it can be a picture at all: streams may also be WebRTC, HLS or a page to be shown */
static gboolean
is_web (const char *url)
{
  g_autofree char *scheme = g_uri_parse_scheme (url);

  return g_strcmp0 (scheme, "http") == 0 || g_strcmp0 (scheme, "https") == 0;
}

static gboolean
is_picture_stream (const char *url)
{
  return (is_relative (url) || is_web (url)) && strstr (url, ".m3u8") == NULL && strstr (url, ".html") == NULL &&
         strstr (url, "webrtc") == NULL;
}

/* Returns (transfer full) (nullable) */
static char *
resolve (const char *base,
         const char *url)
{
  g_autofree char *folder = g_strconcat (base, "/", NULL);

  return g_uri_resolve_relative (folder, url, SOUP_HTTP_URI_FLAGS, NULL);
}

static void
add (GPtrArray               *sources,
     HeraldPictureSourceKind  kind,
     const char              *url,
     gboolean                 is_server,
     HeraldOrientation        orientation)
{
  for (guint i = 0; i < sources->len; i++)
    {
      const HeraldPictureSource *source = g_ptr_array_index (sources, i);

      if (source->kind == kind && g_str_equal (source->url, url))
        return;
    }
  g_ptr_array_add (sources, herald_picture_source_new (kind, url, is_server, orientation));
}

/* A path is mostly one of the whole host, whatever prefix OctoPrint has; @url has been written for its own web page. */
static void
add_relative (GPtrArray               *sources,
              HeraldPictureSourceKind  kind,
              const char              *url,
              const HeraldCameraPlace *place)
{
  g_autofree char *at_root = resolve (place->base_url, url);
  g_autofree char *below = NULL;

  if (at_root != NULL && is_web (at_root))
    add (sources, kind, at_root, FALSE, place->orientation);
  if (!g_str_has_prefix (url, "/") || g_str_has_prefix (url, "//"))
    return;

  below = g_strconcat (place->base_url, url, NULL);
  add (sources, kind, below, FALSE, place->orientation);
}

/* Whether @url means the same from here as from where OctoPrint is */
static gboolean
add_if_same (GPtrArray               *sources,
             HeraldPictureSourceKind  kind,
             const char              *url,
             const HeraldCameraPlace *place)
{
  if (is_relative (url))
    add_relative (sources, kind, url, place);
  else if (is_web (url) && (place->is_here || !herald_camera_is_loopback (url)))
    add (sources, kind, url, FALSE, place->orientation);
  else
    return FALSE;

  return TRUE;
}

/* Who serves a stream can give one picture of it, too. */
static void
add_still_of_stream (GPtrArray               *sources,
                     const char              *stream,
                     const HeraldCameraPlace *place)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *found = strstr (stream, names[i].stream);
      g_autofree char *before = NULL;
      g_autofree char *still = NULL;

      if (found == NULL)
        continue;

      before = g_strndup (stream, (gsize) (found - stream));
      still = g_strconcat (before, names[i].still, found + strlen (names[i].stream), NULL);
      add_if_same (sources, HERALD_SOURCE_STILL, still, place);
      return;
    }
}

/* What is at loopback there may be open to the network, too. */
static void
add_at_server (GPtrArray               *sources,
               const char              *url,
               const HeraldCameraPlace *place)
{
  g_autoptr(GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr(GUri) base = g_uri_parse (place->base_url, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr(GUri) moved = NULL;
  g_autofree char *text = NULL;

  if (uri == NULL || base == NULL)
    return;

  moved = g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (uri), NULL, g_uri_get_host (base), g_uri_get_port (uri),
                       g_uri_get_path (uri), g_uri_get_query (uri), NULL);
  text = g_uri_to_string (moved);
  add (sources, HERALD_SOURCE_STILL, text, FALSE, place->orientation);
}

GPtrArray *
herald_camera_find_sources (const HeraldCamera      *camera,
                            const HeraldCameraPlace *place)
{
  GPtrArray *sources = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_picture_source_free);
  const char *still = camera->still_url;
  const char *stream = camera->stream_url != NULL && is_picture_stream (camera->stream_url) ? camera->stream_url : NULL;
  gboolean is_hidden = still != NULL && !add_if_same (sources, HERALD_SOURCE_STILL, still, place) && is_web (still);

  if (stream != NULL)
    add_still_of_stream (sources, stream, place);
  if (camera->is_current && herald_camera_is_passed_on (place->version))
    add (sources, HERALD_SOURCE_STILL, HERALD_CAMERA_ENDPOINT, TRUE, place->orientation);
  if (is_hidden)
    add_at_server (sources, still, place);
  if (stream != NULL)
    add_if_same (sources, HERALD_SOURCE_STREAM, stream, place);
  if (still != NULL && is_web (still))
    add (sources, HERALD_SOURCE_UTILITY, still, TRUE, place->orientation);

  return sources;
}
