/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-fuzz-thumbnail"

#include "fuzz/fuzz.h"

#include <string.h>

#include "core/base/json-reader.h"
#include "core/pictures/binary-gcode.h"
#include "core/pictures/gcode-thumbnails.h"
#include "core/pictures/picture-format.h"
#include "core/pictures/thumbnail-choice.h"
#include "core/pictures/thumbnail-finder.h"
#include "core/pictures/ufp.h"
#include "core/printers/octoprint/octoprint-films.h"
#include "core/printers/octoprint/octoprint-thumbnails.h"
#include "core/printers/picture-source.h"

/* A file that can be printed, with a thumbnail or not; or, after the letter j, what OctoPrint says of one. */

#define JSON_LETTER 'j'
#define STEP_BYTES 61
#define SOURCES_MAX 3

/* @picture: (nullable) */
static void
check_picture (HeraldPicture *picture)
{
  if (picture == NULL)
    return;

  g_assert_true (picture->type == HERALD_PICTURE_PNG || picture->type == HERALD_PICTURE_JPEG ||
                 picture->type == HERALD_PICTURE_QOI);
  g_assert_cmpuint (picture->width, >, 0);
  g_assert_cmpuint (picture->height, >, 0);
  g_assert_true (herald_picture_size_is_fine (picture->width, picture->height));
  g_assert_cmpuint (g_bytes_get_size (picture->bytes), <=, HERALD_THUMBNAIL_MAX_BYTES);
}

static HeraldPicture *
find (const guint8 *data,
      gsize         size,
      gsize         step)
{
  g_autoptr(HeraldThumbnailFinder) finder = herald_thumbnail_finder_new ();
  gboolean enough = FALSE;

  for (gsize length = MIN (step, size); !enough; length = MIN (length + step, size))
    {
      /* As long as what has come, so that reading beyond it is noticed */
      g_autofree guint8 *exact = g_memdup2 (data, length);

      enough = herald_thumbnail_finder_scan (finder, exact, length) || length == size;
    }

  return herald_thumbnail_finder_dup_best (finder);
}

/* However it comes, the same is found. */
static void
check_head (const guint8 *data,
            gsize         size)
{
  g_autoptr(HeraldPicture) at_once = find (data, size, size);
  g_autoptr(HeraldPicture) in_steps = find (data, size, STEP_BYTES);

  check_picture (at_once);
  g_assert_true ((at_once == NULL) == (in_steps == NULL));
  if (at_once != NULL)
    g_assert_true (g_bytes_equal (at_once->bytes, in_steps->bytes));
}

static void
check_tail (const guint8 *data,
            gsize         size)
{
  g_autoptr(HeraldPicture) picture = NULL;
  HeraldUfpEntry entry;
  guint64 offset = 0;

  if (!herald_ufp_find (data, size, &entry, &offset))
    return;

  g_assert_cmpuint (entry.max_bytes, <=, 2 * HERALD_THUMBNAIL_HEAD_BYTES);
  if (entry.offset >= offset && entry.offset - offset < size)
    picture = herald_ufp_unpack (&entry, data + (entry.offset - offset), size - (gsize) (entry.offset - offset));
  check_picture (picture);
}

static void
check_sources (GPtrArray *sources)
{
  g_assert_cmpuint (sources->len, <=, SOURCES_MAX);
  for (guint i = 0; i < sources->len; i++)
    {
      const HeraldPictureSource *source = g_ptr_array_index (sources, i);

      g_assert_true (source->is_server);
      g_assert_true (g_str_has_prefix (source->url, "/downloads/") || g_str_has_prefix (source->url, "/plugin/"));
      g_assert_cmpint (source->size_bytes, >=, 0);
      for (const char *c = source->url; *c != '\0'; c++)
        g_assert_true (g_ascii_isgraph (*c) && *c != '#');
    }
}

static void
check_json (const guint8 *data,
            gsize         size)
{
  g_autoptr(JsonNode) node = herald_json_parse ((const char *) data, size, NULL);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr(GPtrArray) thumbnails = NULL;
  g_autoptr(GPtrArray) films = NULL;
  const char *path = "a b#?/ä.gcode";

  if (object == NULL)
    return;

  herald_json_get_string (object, "path", &path);
  thumbnails = herald_octoprint_thumbnails_read (object, "local", path);
  check_sources (thumbnails);
  films = herald_octoprint_films_read (object, "film.mp4");
  check_sources (films);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  if (size > 0 && data[0] == JSON_LETTER)
    check_json (data + 1, size - 1);
  else if (size > 0)
    {
      check_head (data, size);
      check_tail (data, size);
    }

  return 0;
}
