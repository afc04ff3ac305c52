/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-thumbnails"

#include "core/printers/octoprint/octoprint-thumbnails.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/json-reader.h"
#include "core/printers/octoprint/octoprint-answer.h"
#include "core/printers/picture-source.h"

/* What OctoPrint tells of one file; plugins may put more into it. */
#define FILE_MAX_BYTES (256 * 1024)

#define URL_MAX_BYTES 2048

/* OctoPrint 2.0 makes a reference for each size, e.g. `thumbnail_220x124`. */
#define SIZE_PREFIX "thumbnail_"
#define SIDE_MAX 4096

#define PLUGIN_PREFIX "plugin/"

#define LOCAL "local"

/* Where the printer’s own card is; OctoPrint 2.0 calls it otherwise, and may have thumbnails there. */
#define CARD "sdcard"

typedef struct
{
  char *origin;
  char *path;
} Finding;

static void
finding_free (Finding *finding)
{
  g_free (finding->origin);
  g_free (finding->path);
  g_free (finding);
}

static void
take_source (GPtrArray               *sources,
             HeraldPictureSourceKind  kind,
             char                    *path)
{
  g_autofree char *taken = path;

  g_ptr_array_add (sources, herald_picture_source_new (kind, taken, TRUE, (HeraldOrientation) { 0 }));
}

/* @name: `thumbnail_WIDTHxHEIGHT`; returns the number of pixels, 0 if it is nothing of that */
static guint64
read_pixels (const char *name)
{
  guint64 width;
  guint64 height;
  char *end = NULL;

  if (!g_str_has_prefix (name, SIZE_PREFIX) || !g_ascii_isdigit (name[strlen (SIZE_PREFIX)]))
    return 0;
  width = g_ascii_strtoull (name + strlen (SIZE_PREFIX), &end, 10);
  if (*end != 'x' || !g_ascii_isdigit (end[1]))
    return 0;
  height = g_ascii_strtoull (end + 1, &end, 10);

  return *end == '\0' && width <= SIDE_MAX && height <= SIDE_MAX ? width * height : 0;
}

/* The addresses in `refs` are whole and, behind a proxy, wrong; their names are enough. */
static void
add_own (GPtrArray  *sources,
         JsonObject *file,
         const char *origin,
         const char *path)
{
  JsonObject *refs = herald_json_get_object (file, "refs");
  g_autofree char *escaped_origin = g_uri_escape_string (origin, NULL, FALSE);
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
  const char *largest = NULL;
  guint64 n_largest = 0;
  JsonObjectIter iter;
  const char *name;

  if (refs == NULL || !json_object_has_member (refs, "thumbnail"))
    return;

  json_object_iter_init_ordered (&iter, refs);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      guint64 n_pixels = read_pixels (name);

      if (n_pixels > n_largest)
        {
          n_largest = n_pixels;
          largest = name + strlen (SIZE_PREFIX);
        }
    }

  take_source (sources, HERALD_SOURCE_KEPT,
               g_strconcat ("/downloads/thumbs/", escaped_origin, "/", escaped, largest != NULL ? "?size=" : NULL,
                            largest, NULL));
}

static gboolean
is_escaped (const char *path)
{
  g_autofree char *unescaped = g_uri_unescape_string (path, NULL);

  for (const char *c = path; *c != '\0'; c++)
    {
      if (!g_ascii_isgraph (*c) || *c == '#' || *c == '?')
        return FALSE;
    }

  return unescaped != NULL;
}

/* The plugins write names as they are, with blanks and all, and a time behind the last question mark. */
static char *
escape_reference (const char *reference)
{
  const char *mark = strrchr (reference, '?');
  g_autofree char *path = mark != NULL ? g_strndup (reference, (gsize) (mark - reference)) : g_strdup (reference);
  g_autofree char *escaped = NULL;
  g_autofree char *query = mark != NULL ? g_uri_escape_string (mark + 1, "=&", FALSE) : NULL;

  escaped = is_escaped (path) ? g_strdup (path) : g_uri_escape_string (path, "/", FALSE);

  return query != NULL ? g_strconcat ("/", escaped, "?", query, NULL) : g_strconcat ("/", escaped, NULL);
}

/* `thumbnail`: what PrusaSlicerThumbnails and UltimakerFormatPackage have written into the file’s metadata */
static void
add_plugin (GPtrArray  *sources,
            JsonObject *file)
{
  const char *reference = NULL;

  if (!herald_json_get_string (file, "thumbnail", &reference) || strlen (reference) > URL_MAX_BYTES)
    return;

  if (*reference == '/')
    reference++;
  if (g_str_has_prefix (reference, PLUGIN_PREFIX) && strstr (reference, "/..") == NULL)
    take_source (sources, HERALD_SOURCE_KEPT, escape_reference (reference));
}

GPtrArray *
herald_octoprint_thumbnails_read (JsonObject *file,
                                  const char *origin,
                                  const char *path)
{
  GPtrArray *sources = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_picture_source_free);
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);

  if (file != NULL)
    {
      add_own (sources, file, origin, path);
      add_plugin (sources, file);
    }
  if (g_str_equal (origin, LOCAL))
    take_source (sources, HERALD_SOURCE_GCODE, g_strconcat ("/downloads/files/local/", escaped, NULL));

  return sources;
}

static void
return_sources (GTask      *task,
                JsonObject *file)
{
  Finding *finding = g_task_get_task_data (task);
  g_autoptr(GPtrArray) sources = herald_octoprint_thumbnails_read (file, finding->origin, finding->path);

  if (sources->len > 0)
    g_task_return_pointer (task, g_steal_pointer (&sources), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS, "%s",
                             _("The file is on the printer’s own card, where its thumbnail cannot be read"));
}

static void
on_file_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) file = herald_octoprint_ask_finish (result, &error);

  /* Whoever may not see the list may still be allowed to have the file. */
  if (file != NULL || g_error_matches (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED))
    return_sources (task, file);
  else if (g_error_matches (error, HERALD_ERROR, HERALD_ERROR_REJECTED) &&
           herald_error_get_reply_code (error) == SOUP_STATUS_NOT_FOUND)
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS, "%s",
                             _("The printed file is no longer on the server"));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
herald_octoprint_thumbnails_find_async (HeraldPrinter           *printer,
                                        HeraldOctoprintServer   *server,
                                        const HeraldPictureWish *wish,
                                        GCancellable            *cancellable,
                                        GAsyncReadyCallback      callback,
                                        gpointer                 user_data)
{
  g_autoptr(GTask) task = g_task_new (printer, cancellable, callback, user_data);
  Finding *finding = g_new0 (Finding, 1);
  g_autofree char *escaped_origin = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *question = NULL;

  g_task_set_task_data (task, finding, (GDestroyNotify) finding_free);
  finding->origin = g_strdup (wish->origin != NULL ? wish->origin : LOCAL);
  finding->path = g_strdup (wish->path);

  if (wish->path == NULL || *wish->path == '\0')
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS, "%s",
                             _("There is no file whose thumbnail could be shown"));
  else if (g_str_equal (finding->origin, CARD))
    return_sources (task, NULL);
  else if (server == NULL)
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_UNREACHABLE, "%s",
                             _("There is no connection to OctoPrint"));
  else
    {
      escaped_origin = g_uri_escape_string (finding->origin, NULL, FALSE);
      escaped = g_uri_escape_string (finding->path, "/", FALSE);
      question = g_strconcat ("/api/files/", escaped_origin, "/", escaped, NULL);
      herald_octoprint_ask_async (server, question, FILE_MAX_BYTES, cancellable, on_file_ready,
                                  g_steal_pointer (&task));
    }
}

GPtrArray *
herald_octoprint_thumbnails_find_finish (GAsyncResult  *result,
                                         GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
