/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-job-more"

#include "demo/demo-job-private.h"

#include <string.h>

#define MOVIE_MS 3000
#define MOVIE_STEP_PERCENT 25

static JsonObject *
new_transfer (HeraldDemoJob *self)
{
  JsonObject *payload = json_object_new ();
  g_autofree char *local = g_path_get_basename (self->file->path);

  json_object_set_string_member (payload, "local", local);
  json_object_set_string_member (payload, "remote", self->file->path);

  return payload;
}

/**
 * herald_demo_job_transfer:
 * @outcome: %HERALD_DEMO_OUTCOME_FAILED stops it half-way
 *
 * Sends a file to the card of the printer, which OctoPrint calls printing.
 *
 * Returns: %FALSE if the printer is not ready for it
 */
gboolean
herald_demo_job_transfer (HeraldDemoJob     *self,
                          const char        *file,
                          double             seconds,
                          HeraldDemoOutcome  outcome)
{
  g_autofree char *remote = g_strconcat ("/", file, NULL);
  g_autoptr(JsonObject) payload = NULL;

  if (self->state != HERALD_DEMO_STATE_OPERATIONAL)
    return FALSE;

  self->file = herald_demo_files_put (self->files, HERALD_DEMO_ORIGIN_SDCARD, remote, seconds,
                                      self->now_ms + self->clock_offset_ms);
  self->outcome = outcome;
  self->elapsed_ms = 0;
  self->has_progress = TRUE;
  payload = new_transfer (self);
  herald_demo_job_tell (self, "TransferStarted", payload);
  herald_demo_job_enter (self, HERALD_DEMO_STATE_TRANSFERRING);

  return TRUE;
}

/* Ends a transfer with the event @type, TransferDone or TransferFailed. */
void
herald_demo_job_end_transfer (HeraldDemoJob *self,
                              const char    *type)
{
  g_autoptr(JsonObject) payload = new_transfer (self);

  json_object_set_double_member (payload, "time", self->elapsed_ms / 1000);
  self->file = NULL;
  self->has_progress = FALSE;
  herald_demo_job_enter (self, HERALD_DEMO_STATE_OPERATIONAL);
  herald_demo_job_tell (self, type, payload);
}

void
herald_demo_job_advance_transfer (HeraldDemoJob *self,
                                  double         step_ms)
{
  double total_ms = self->file->seconds * 1000;

  self->elapsed_ms = MIN (self->elapsed_ms + step_ms, total_ms);
  if (self->outcome == HERALD_DEMO_OUTCOME_FAILED && self->elapsed_ms * 2 >= total_ms)
    herald_demo_job_end_transfer (self, "TransferFailed");
  else if (self->elapsed_ms >= total_ms)
    herald_demo_job_end_transfer (self, "TransferDone");
}

static void
tell_files_changed (HeraldDemoJob *self,
                    const char    *type,
                    const char    *path,
                    const char    *operation)
{
  g_autoptr(JsonObject) payload = json_object_new ();
  g_autoptr(JsonObject) updated = json_object_new ();
  g_autofree char *name = g_path_get_basename (path);
  JsonArray *types = json_array_new ();

  json_array_add_string_element (types, "machinecode");
  json_array_add_string_element (types, "gcode");
  json_object_set_string_member (payload, "storage", "local");
  json_object_set_string_member (payload, "path", path);
  json_object_set_string_member (payload, "name", name);
  json_object_set_array_member (payload, "type", types);
  json_object_set_string_member (payload, "operation", operation);
  herald_demo_job_tell (self, type, payload);
  json_object_set_string_member (updated, "type", "printables");
  herald_demo_job_tell (self, "UpdatedFiles", updated);
}

/* Uploads a file; one that is there and not being printed is replaced, and its history begins anew.
 */
void
herald_demo_job_upload (HeraldDemoJob *self,
                        const char    *file,
                        double         seconds)
{
  static const char *const no[] = { "select", "print", "effective_select", "effective_print" };
  g_autoptr(JsonObject) payload = json_object_new ();
  g_autofree char *name = g_path_get_basename (file);
  gint64 server_ms = self->now_ms + self->clock_offset_ms;
  HeraldDemoFile *old = herald_demo_files_find (self->files, HERALD_DEMO_ORIGIN_LOCAL, file);

  if (old != NULL && old == self->file && herald_demo_job_is_active (self))
    return;

  if (old != NULL)
    herald_demo_files_replace (self->files, old, server_ms);
  herald_demo_files_put (self->files, HERALD_DEMO_ORIGIN_LOCAL, file, seconds, server_ms);
  tell_files_changed (self, "FileAdded", file, "add");
  json_object_set_string_member (payload, "name", name);
  json_object_set_string_member (payload, "path", file);
  json_object_set_string_member (payload, "target", "local");
  for (gsize i = 0; i < G_N_ELEMENTS (no); i++)
    json_object_set_boolean_member (payload, no[i], FALSE);
  herald_demo_job_tell (self, "Upload", payload);
}

/* Deletes a file, unless it is being printed; frees @file. */
void
herald_demo_job_remove_file (HeraldDemoJob  *self,
                             HeraldDemoFile *file)
{
  g_autofree char *path = g_strdup (file->path);

  if (file == self->file)
    {
      if (self->state != HERALD_DEMO_STATE_OPERATIONAL)
        return;

      self->file = NULL;
      self->has_progress = FALSE;
      herald_demo_job_tell (self, "FileDeselected", NULL);
    }
  herald_demo_files_remove (self->files, file);
  tell_files_changed (self, "FileRemoved", path, "remove");
}

/* The process was killed and runs again: no event, no outcome, no markings; only its files are
 * left. */
void
herald_demo_job_forget (HeraldDemoJob *self)
{
  self->file = NULL;
  self->has_progress = FALSE;
  self->elapsed_ms = 0;
  self->layer = 0;
  self->broken = FALSE;
  g_clear_pointer (&self->error, g_free);
  g_ptr_array_set_size (self->uncounted, 0);
  g_clear_pointer (&self->movie, g_free);
  g_array_set_size (self->markings, 0);
  self->state = HERALD_DEMO_STATE_OPERATIONAL;
  herald_demo_job_note_marking (self, "connected", "Connected");
}

static void
tell_movie (HeraldDemoJob *self,
            const char    *type)
{
  g_autoptr(JsonObject) payload = json_object_new ();
  g_autofree char *path = g_strconcat ("/home/pi/.octoprint/timelapse/", self->movie, NULL);
  g_autofree char *prefix = g_strndup (self->movie, strlen (self->movie) - strlen (".mp4"));

  json_object_set_string_member (payload, "gcode", self->movie_of);
  json_object_set_string_member (payload, "movie", path);
  json_object_set_string_member (payload, "movie_basename", self->movie);
  json_object_set_string_member (payload, "movie_prefix", prefix);
  herald_demo_job_tell (self, type, payload);
}

void
herald_demo_job_begin_movie (HeraldDemoJob *self)
{
  g_autoptr(GDateTime) now =
      g_date_time_new_from_unix_utc ((self->now_ms + self->clock_offset_ms) / 1000);
  g_autofree char *time = now != NULL ? g_date_time_format (now, "%Y%m%d%H%M%S") : g_strdup ("0");
  g_autofree char *base = g_path_get_basename (self->file->path);
  char *dot = strrchr (base, '.');

  if (dot != NULL)
    *dot = '\0';
  g_free (self->movie_of);
  self->movie_of = g_path_get_basename (self->file->path);
  g_free (self->movie);
  self->movie = g_strdup_printf ("%s_%s.mp4", base, time);
  self->movie_since_ms = self->now_ms;
  self->movie_percent = 0;
  tell_movie (self, "MovieRendering");
}

void
herald_demo_job_advance_movie (HeraldDemoJob *self)
{
  gint64 percent = 0;

  if (self->movie == NULL)
    return;

  percent = (self->now_ms - self->movie_since_ms) * 100 / MOVIE_MS;
  while (self->movie_percent + MOVIE_STEP_PERCENT <= MIN (percent, 99))
    {
      g_autoptr(JsonObject) payload = json_object_new ();

      self->movie_percent += MOVIE_STEP_PERCENT;
      json_object_set_double_member (payload, "progress", self->movie_percent);
      herald_demo_job_tell_message (self, HERALD_DEMO_SAYS_MESSAGE, "renderProgress", payload);
    }
  if (percent < 100)
    return;

  herald_demo_files_add_movie (self->files, self->movie, self->now_ms + self->clock_offset_ms);
  tell_movie (self, "MovieDone");
  g_clear_pointer (&self->movie, g_free);
}

/* The height grows with the progress, as a layer is as high as any other. */
void
herald_demo_job_advance_layer (HeraldDemoJob *self)
{
  double part = self->elapsed_ms / (self->file->seconds * 1000);
  guint layer = MIN ((guint) (part * HERALD_DEMO_LAYERS) + 1, HERALD_DEMO_LAYERS);
  g_autoptr(JsonObject) payload = NULL;

  /* OctoPrint does not see the G-code of a card */
  if (self->file->origin == HERALD_DEMO_ORIGIN_SDCARD || layer == self->layer)
    return;

  payload = json_object_new ();
  json_object_set_double_member (payload, "new", layer / HERALD_DEMO_LAYERS_PER_MM);
  if (self->layer > 0)
    json_object_set_double_member (payload, "old", self->layer / HERALD_DEMO_LAYERS_PER_MM);
  else
    json_object_set_null_member (payload, "old");
  self->layer = layer;
  herald_demo_job_tell (self, "ZChange", payload);
}
