/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-files"

#include "core/printers/octoprint/octoprint-files.h"

#include "core/base/json-reader.h"

#define NAME_MAX_CHARS 255
#define PATH_MAX_CHARS 1000

/* As deep as JSON may be; folders within folders cost two levels each. */
#define FOLDERS_MAX_DEPTH 32

#define COUNT_MAX 1000000
#define SECONDS_MAX 1e11

typedef struct
{
  gint64 skew_ms;
  HeraldOctoprintFileFunc func;
  gpointer user_data;
  guint n_files;
} Reading;

static gint64
get_counter (JsonObject *prints,
             const char *name)
{
  gint64 number;

  return herald_json_get_int (prints, name, &number) && number >= 0 && number <= COUNT_MAX ? number : 0;
}

/* OctoPrint knows no `prints` of a file that was never printed. */
static void
read_count (JsonObject       *file,
            gint64            skew_ms,
            HeraldPrintCount *count)
{
  JsonObject *prints = herald_json_get_object (file, "prints");
  JsonObject *last = herald_json_get_object (prints, "last");
  double last_s;
  double duration_s;

  *count = (HeraldPrintCount) { .known = TRUE, .last_duration_s = -1 };
  if (!herald_json_get_int (file, "date", &count->date_s))
    count->date_s = 0;
  count->n_done = get_counter (prints, "success");
  count->n_failed = get_counter (prints, "failure");
  count->last_done = herald_json_get_boolean (last, "success");
  if (herald_json_get_double (last, "date", &last_s) && last_s > 0 && last_s < SECONDS_MAX)
    count->last_ms = MAX ((gint64) (last_s * 1000) + skew_ms, 0);
  if (herald_json_get_double (last, "printTime", &duration_s) && duration_s >= 0 && duration_s < SECONDS_MAX)
    count->last_duration_s = (gint64) (duration_s + 0.5);
}

static void
read_file (Reading    *reading,
           JsonObject *file)
{
  g_autofree char *path = herald_json_dup_text (file, "path", PATH_MAX_CHARS);
  g_autofree char *name = herald_json_dup_text (file, "display", NAME_MAX_CHARS);
  const char *origin = "local";
  HeraldPrintCount count;

  herald_json_get_string (file, "origin", &origin);
  if (path == NULL || !g_str_equal (origin, "local") ||
      reading->n_files >= HERALD_OCTOPRINT_FILES_MAX)
    return;

  reading->n_files++;
  read_count (file, reading->skew_ms, &count);
  reading->func (path, name != NULL ? name : path, &count, reading->user_data);
}

static void
read_entries (Reading   *reading,
              JsonArray *entries,
              guint      depth)
{
  guint n_entries = entries != NULL && depth < FOLDERS_MAX_DEPTH ? json_array_get_length (entries) : 0;

  for (guint i = 0; i < n_entries; i++)
    {
      JsonNode *node = json_array_get_element (entries, i);
      JsonObject *entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *type = "";

      herald_json_get_string (entry, "type", &type);
      if (g_str_equal (type, "folder"))
        read_entries (reading, herald_json_get_array (entry, "children"), depth + 1);
      else if (entry != NULL)
        read_file (reading, entry);
    }
}

guint
herald_octoprint_files_read (JsonObject              *answer,
                             gint64                   skew_ms,
                             HeraldOctoprintFileFunc  func,
                             gpointer                 user_data)
{
  Reading reading = { .skew_ms = skew_ms, .func = func, .user_data = user_data };
  JsonArray *entries = herald_json_get_array (answer, "files");

  if (entries != NULL)
    read_entries (&reading, entries, 0);
  else
    read_file (&reading, answer);

  return reading.n_files;
}

char *
herald_octoprint_files_make_path (const char *path)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);

  return g_strconcat ("/api/files/local/", escaped, NULL);
}
