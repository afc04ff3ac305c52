/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-films"

#include "core/printers/octoprint/octoprint-films.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/json-reader.h"
#include "core/printers/octoprint/octoprint-answer.h"
#include "core/printers/picture-source.h"

/* A film takes some 300 bytes of the list; beyond this nobody has cleaned up for years. */
#define LIST_MAX_BYTES HERALD_JSON_MAX_BYTES

#define FOLDER "/downloads/timelapse/"

/* The last frame, which OctoPrint takes out of the film when it is made */
#define FRAME_SUFFIX ".thumb.jpg"

/* What can be shown elsewhere; OctoPrint may be set to others (`.mpg`, `.mkv`) */
static const char *const film_suffixes[] = { ".mp4", ".m4v" };

static void
add_source (GPtrArray               *sources,
            HeraldPictureSourceKind  kind,
            const char              *name,
            const char              *suffix,
            gint64                   size_bytes)
{
  g_autofree char *escaped = g_uri_escape_string (name, NULL, FALSE);
  g_autofree char *path = g_strconcat (FOLDER, escaped, suffix, NULL);
  HeraldPictureSource *source = herald_picture_source_new (kind, path, TRUE, (HeraldOrientation) { 0 });

  source->size_bytes = size_bytes;
  g_ptr_array_add (sources, source);
}

static gboolean
is_film (const char *name)
{
  g_autofree char *folded = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (film_suffixes); i++)
    {
      if (g_str_has_suffix (folded, film_suffixes[i]))
        return TRUE;
    }

  return FALSE;
}

static JsonObject *
find_film (JsonObject *list,
           const char *name)
{
  JsonArray *films = herald_json_get_array (list, "files");
  guint n_films = films != NULL ? json_array_get_length (films) : 0;

  for (guint i = 0; i < n_films; i++)
    {
      JsonNode *node = json_array_get_element (films, i);
      JsonObject *film = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *found = NULL;

      if (film != NULL && herald_json_get_string (film, "name", &found) && g_str_equal (found, name))
        return film;
    }

  return NULL;
}

GPtrArray *
herald_octoprint_films_read (JsonObject *list,
                             const char *name)
{
  GPtrArray *sources = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_picture_source_free);
  JsonObject *film = list != NULL ? find_film (list, name) : NULL;
  gint64 size_bytes = 0;
  const char *thumbnail = NULL;

  if (list != NULL && film == NULL)
    return sources;

  herald_json_get_int (film, "bytes", &size_bytes);
  if (is_film (name) && (film == NULL || size_bytes > 0))
    add_source (sources, HERALD_SOURCE_FILM, name, NULL, MAX (size_bytes, 0));
  if (film == NULL || herald_json_get_string (film, "thumbnail", &thumbnail))
    add_source (sources, HERALD_SOURCE_KEPT, name, FRAME_SUFFIX, 0);

  return sources;
}

static void
on_list_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  const char *name = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) list = herald_octoprint_ask_finish (result, &error);
  g_autoptr(GPtrArray) sources = NULL;

  /* Whoever may not see the list may still be allowed to have the film. */
  if (list == NULL && !g_error_matches (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  sources = herald_octoprint_films_read (list, name);
  if (sources->len > 0)
    g_task_return_pointer (task, g_steal_pointer (&sources), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS, "%s",
                             _("OctoPrint has no film of this print that could be shown"));
}

void
herald_octoprint_films_find_async (HeraldPrinter           *printer,
                                   HeraldOctoprintServer   *server,
                                   const HeraldPictureWish *wish,
                                   GCancellable            *cancellable,
                                   GAsyncReadyCallback      callback,
                                   gpointer                 user_data)
{
  g_autoptr(GTask) task = g_task_new (printer, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (wish->movie), g_free);
  if (wish->movie == NULL || *wish->movie == '\0' || strchr (wish->movie, '/') != NULL)
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS, "%s", _("There is no film of this"));
  else if (server == NULL)
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_UNREACHABLE, "%s",
                             _("There is no connection to OctoPrint"));
  else
    herald_octoprint_ask_async (server, "/api/timelapse", LIST_MAX_BYTES, cancellable, on_list_ready,
                                g_steal_pointer (&task));
}

GPtrArray *
herald_octoprint_films_find_finish (GAsyncResult  *result,
                                    GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
