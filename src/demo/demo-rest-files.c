/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-rest-files"

#include "demo/demo-rest.h"

#include <string.h>

#define DISK_BYTES G_GINT64_CONSTANT (32000000000)

static JsonObject *
new_prints (const HeraldDemoPrints *known)
{
  JsonObject *prints = json_object_new ();
  JsonObject *last = json_object_new ();

  json_object_set_double_member (last, "date", (double) known->last_ms / 1000);
  json_object_set_boolean_member (last, "success", known->last_success);
  if (known->last_success)
    json_object_set_double_member (last, "printTime", known->last_s);
  json_object_set_int_member (prints, "success", known->n_success);
  json_object_set_int_member (prints, "failure", known->n_failure);
  json_object_set_object_member (prints, "last", last);

  return prints;
}

static JsonObject *
new_statistics (const HeraldDemoPrints *known)
{
  JsonObject *statistics = json_object_new ();
  JsonObject *average = json_object_new ();
  JsonObject *last = json_object_new ();

  if (known->n_success > 0)
    {
      json_object_set_double_member (average, "_default", known->total_s / known->n_success);
      json_object_set_double_member (last, "_default", known->last_s);
    }
  json_object_set_object_member (statistics, "averagePrintTime", average);
  json_object_set_object_member (statistics, "lastPrintTime", last);

  return statistics;
}

static JsonObject *
new_analysis (const HeraldDemoFile *file)
{
  JsonObject *analysis = json_object_new ();
  JsonObject *dimensions = json_object_new ();

  json_object_set_double_member (dimensions, "depth", 20);
  json_object_set_double_member (dimensions, "height", 20);
  json_object_set_double_member (dimensions, "width", 20);
  json_object_set_object_member (analysis, "dimensions", dimensions);
  json_object_set_double_member (analysis, "estimatedPrintTime", file->seconds);
  json_object_set_object_member (analysis, "filament",
                                 herald_demo_status_new_filament (file, HERALD_DEMO_DIALECT_1_11));

  return analysis;
}

static JsonObject *
new_refs (HeraldDemoRequest    *request,
          const HeraldDemoFile *file,
          const char           *origin)
{
  JsonObject *refs = json_object_new ();
  g_autofree char *path = g_uri_escape_string (file->path, "/", FALSE);
  g_autofree char *resource = g_strdup_printf ("http://127.0.0.1:%u/api/files/%s/%s",
                                               request->printer->port, origin, path);
  g_autofree char *download = g_strdup_printf ("http://127.0.0.1:%u/downloads/files/%s/%s",
                                               request->printer->port, origin, path);

  json_object_set_string_member (refs, "resource", resource);
  if (file->origin == HERALD_DEMO_ORIGIN_LOCAL)
    json_object_set_string_member (refs, "download", download);

  return refs;
}

static JsonObject *
new_file (HeraldDemoRequest    *request,
          const HeraldDemoFile *known)
{
  JsonObject *file = json_object_new ();
  JsonArray *type_path = json_array_new ();
  g_autofree char *name = g_path_get_basename (known->path);
  gboolean local = known->origin == HERALD_DEMO_ORIGIN_LOCAL;
  const char *card = request->view.dialect == HERALD_DEMO_DIALECT_2_0 ? "printer" : "sdcard";
  const char *origin = local ? "local" : card;
  const HeraldDemoPrints *prints = &known->prints;

  json_array_add_string_element (type_path, "machinecode");
  json_array_add_string_element (type_path, "gcode");
  json_object_set_string_member (file, "name", name);
  json_object_set_string_member (file, "display", name);
  json_object_set_string_member (file, "path", known->path);
  json_object_set_string_member (file, "origin", origin);
  json_object_set_string_member (file, "type", "machinecode");
  json_object_set_array_member (file, "typePath", type_path);
  json_object_set_int_member (file, "size", known->size);
  json_object_set_object_member (file, "refs", new_refs (request, known, origin));
  if (!local)
    return file;

  json_object_set_int_member (file, "date", known->date_ms / 1000);
  if (request->view.dialect != HERALD_DEMO_DIALECT_2_0)
    json_object_set_string_member (file, "hash", known->hash);
  json_object_set_string_member (file, "user", "admin");
  json_object_set_object_member (file, "gcodeAnalysis", new_analysis (known));
  if (prints->n_success + prints->n_failure > 0)
    {
      json_object_set_object_member (file, "prints", new_prints (prints));
      json_object_set_object_member (file, "statistics", new_statistics (prints));
    }

  return file;
}

/* A file in a folder is in a folder of the answer, as deep as it is. */
static void
add_below (JsonArray  *array,
           const char *folder_path,
           const char *path,
           JsonObject *file)
{
  const char *slash = strchr (path, '/');
  g_autofree char *name = NULL;
  g_autofree char *full = NULL;
  JsonObject *folder = NULL;
  JsonArray *type_path = NULL;

  if (slash == NULL)
    {
      json_array_add_object_element (array, file);
      return;
    }

  name = g_strndup (path, (gsize) (slash - path));
  full = folder_path != NULL ? g_strconcat (folder_path, "/", name, NULL) : g_strdup (name);
  for (guint i = 0; i < json_array_get_length (array) && folder == NULL; i++)
    {
      JsonObject *known = json_array_get_object_element (array, i);

      if (g_str_equal (json_object_get_string_member (known, "path"), full) &&
          json_object_has_member (known, "children"))
        folder = known;
    }
  if (folder == NULL)
    {
      folder = json_object_new ();
      type_path = json_array_new ();
      json_array_add_string_element (type_path, "folder");
      json_object_set_string_member (folder, "name", name);
      json_object_set_string_member (folder, "display", name);
      json_object_set_string_member (folder, "path", full);
      json_object_set_string_member (folder, "origin", "local");
      json_object_set_string_member (folder, "type", "folder");
      json_object_set_array_member (folder, "typePath", type_path);
      json_object_set_array_member (folder, "children", json_array_new ());
      json_array_add_object_element (array, folder);
    }
  add_below (json_object_get_array_member (folder, "children"), full, slash + 1, file);
}

static gboolean
is_forbidden (HeraldDemoRequest *request)
{
  if (!herald_demo_request_has (request, HERALD_DEMO_FAULT_NO_FILES_PERMISSION))
    return FALSE;

  herald_demo_answer_error (request, 403,
                            "You don't have the permission to access the requested "
                            "resource. It is either read-protected or not readable by "
                            "the server.");

  return TRUE;
}

/* `GET /api/files?recursive=true`, with what lies on the card of the printer */
void
herald_demo_get_all_files (HeraldDemoRequest *request)
{
  HeraldDemoFiles *files = herald_demo_job_get_files (request->printer->job);
  GPtrArray *all = herald_demo_files_get_all (files);
  JsonObject *object = NULL;
  JsonArray *array = NULL;

  if (is_forbidden (request) ||
      herald_demo_answer_unchanged (request, herald_demo_files_get_revision (files)))
    return;

  object = json_object_new ();
  array = json_array_new ();
  for (guint i = 0; i < all->len; i++)
    {
      const HeraldDemoFile *file = g_ptr_array_index (all, i);
      JsonObject *shown = new_file (request, file);

      if (file->origin == HERALD_DEMO_ORIGIN_LOCAL)
        add_below (array, NULL, file->path, shown);
      else
        json_array_add_object_element (array, shown);
    }
  json_object_set_array_member (object, "files", array);
  json_object_set_int_member (object, "free", DISK_BYTES / 2);
  json_object_set_int_member (object, "total", DISK_BYTES);
  herald_demo_answer_take (request, 200, object);
}

/* `GET /api/files/local/<path>` */
void
herald_demo_get_file (HeraldDemoRequest *request)
{
  static const struct
  {
    const char *name;
    HeraldDemoOrigin origin;
  } origins[] = {
    { "local/", HERALD_DEMO_ORIGIN_LOCAL },
    { "sdcard/", HERALD_DEMO_ORIGIN_SDCARD },
    { "printer/", HERALD_DEMO_ORIGIN_SDCARD },
  };
  HeraldDemoFiles *files = herald_demo_job_get_files (request->printer->job);
  const char *path = request->path + strlen (HERALD_DEMO_FILES_PATH);
  const HeraldDemoFile *file = NULL;

  if (is_forbidden (request))
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (origins) && file == NULL; i++)
    {
      if (g_str_has_prefix (path, origins[i].name))
        file = herald_demo_files_find (files, origins[i].origin, path + strlen (origins[i].name));
    }
  if (file == NULL)
    herald_demo_answer_not_found (request);
  else if (!herald_demo_answer_unchanged (request, herald_demo_files_get_revision (files)))
    herald_demo_answer_take (request, 200, new_file (request, file));
}

static JsonObject *
new_movie (const HeraldDemoMovie *known)
{
  JsonObject *movie = json_object_new ();
  g_autofree char *url = g_strconcat ("/downloads/timelapse/", known->name, NULL);
  g_autofree char *thumbnail = g_strconcat (url, ".thumb.jpg", NULL);
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc (known->date_ms / 1000);
  g_autofree char *day = date != NULL ? g_date_time_format (date, "%Y-%m-%d %H:%M") : g_strdup ("");

  json_object_set_string_member (movie, "name", known->name);
  json_object_set_int_member (movie, "bytes", HERALD_DEMO_MOVIE_BYTES);
  json_object_set_string_member (movie, "size", "120.6KB");
  json_object_set_string_member (movie, "date", day);
  json_object_set_double_member (movie, "timestamp", (double) known->date_ms / 1000);
  json_object_set_string_member (movie, "url", url);
  json_object_set_string_member (movie, "thumbnail", thumbnail);

  return movie;
}

void
herald_demo_get_timelapse (HeraldDemoRequest *request)
{
  HeraldDemoFiles *files = herald_demo_job_get_files (request->printer->job);
  GArray *movies = herald_demo_files_get_movies (files);
  JsonObject *object = NULL;
  JsonObject *config = NULL;
  JsonArray *array = NULL;

  if (herald_demo_answer_unchanged (request, herald_demo_files_get_revision (files)))
    return;

  object = json_object_new ();
  config = json_object_new ();
  array = json_array_new ();
  for (guint i = 0; i < movies->len; i++)
    json_array_add_object_element (array, new_movie (&g_array_index (movies, HeraldDemoMovie, i)));
  json_object_set_string_member (config, "type", "off");
  json_object_set_object_member (object, "config", config);
  json_object_set_boolean_member (object, "enabled", TRUE);
  json_object_set_array_member (object, "files", array);
  herald_demo_answer_take (request, 200, object);
}
