/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-job-end"

#include "demo/demo-job-private.h"

static double
get_part (HeraldDemoJob *self)
{
  return self->file != NULL ? self->elapsed_ms / (self->file->seconds * 1000) : 0;
}

static void
add_position (HeraldDemoJob *self,
              JsonObject    *payload)
{
  static const char *const axes[] = { "x", "y", "z", "e", "t", "f" };
  JsonObject *position = json_object_new ();
  double part = get_part (self);

  for (gsize i = 0; i < G_N_ELEMENTS (axes); i++)
    json_object_set_null_member (position, axes[i]);
  json_object_set_object_member (payload, "position", position);
  json_object_set_int_member (payload, "fileposition",
                              (gint64) (part * (double) self->file->size));
  json_object_set_int_member (payload, "progress", (gint64) (part * 100));
  json_object_set_string_member (payload, "user", "admin");
}

static void
count (HeraldDemoJob *self,
       const char    *path,
       gboolean       success,
       double         elapsed_s)
{
  HeraldDemoFile *file = herald_demo_files_find (self->files, HERALD_DEMO_ORIGIN_LOCAL, path);

  if (file == NULL)
    return;

  herald_demo_files_count (self->files, file, success, self->now_ms + self->clock_offset_ms,
                           elapsed_s);
  herald_demo_job_tell_pair (self, "MetadataStatisticsUpdated", "storage", "local", "path", path);
}

static void
count_now (HeraldDemoJob *self,
           gboolean       success)
{
  if (self->file != NULL && self->file->origin == HERALD_DEMO_ORIGIN_LOCAL)
    count (self, self->file->path, success, self->elapsed_ms / 1000);
}

/* Another thread of the server writes its history: PrintDone comes first. */
void
herald_demo_job_count_late (HeraldDemoJob *self)
{
  if (self->uncounted == NULL || self->now_ms < self->count_at_ms)
    return;

  count (self, self->uncounted, TRUE, self->uncounted_s);
  g_clear_pointer (&self->uncounted, g_free);
}

void
herald_demo_job_end_done (HeraldDemoJob *self)
{
  g_autoptr(JsonObject) payload = herald_demo_job_new_payload (self);

  herald_demo_job_mark (self, "done", "Done");
  json_object_set_double_member (payload, "time", self->elapsed_ms / 1000);
  herald_demo_job_tell (self, "PrintDone", payload);
  if ((self->flags & HERALD_DEMO_PRINT_TIMELAPSE) != 0)
    herald_demo_job_begin_movie (self);
  if (self->history_delay_ms > 0 && self->file->origin == HERALD_DEMO_ORIGIN_LOCAL)
    {
      g_free (self->uncounted);
      self->uncounted = g_strdup (self->file->path);
      self->uncounted_s = self->elapsed_ms / 1000;
      self->count_at_ms = self->now_ms + self->history_delay_ms;
    }
  else
    count_now (self, TRUE);
  herald_demo_job_enter (self, HERALD_DEMO_STATE_OPERATIONAL);
}

/* One cancel is PrintCancelled and PrintFailed, in this order unless a print is to be odd. */
void
herald_demo_job_end_cancelled (HeraldDemoJob *self)
{
  g_autoptr(JsonObject) cancelled = herald_demo_job_new_payload (self);
  g_autoptr(JsonObject) failed = herald_demo_job_new_payload (self);
  gboolean failed_first = (self->flags & HERALD_DEMO_PRINT_FAILED_FIRST) != 0;

  add_position (self, cancelled);
  json_object_set_double_member (cancelled, "time", self->elapsed_ms / 1000);
  add_position (self, failed);
  json_object_set_double_member (failed, "time", self->elapsed_ms / 1000);
  json_object_set_string_member (failed, "reason", "cancelled");

  if (failed_first)
    herald_demo_job_tell (self, "PrintFailed", failed);
  herald_demo_job_tell (self, "PrintCancelled", cancelled);
  herald_demo_job_mark (self, "cancel", "Cancel");
  count_now (self, FALSE);
  if (!failed_first)
    herald_demo_job_tell (self, "PrintFailed", failed);
  self->has_progress = FALSE;
  self->layer = 0;
  herald_demo_job_enter (self, HERALD_DEMO_STATE_OPERATIONAL);
}

/* The line to the printer is gone. A paused print is not even said to have failed (before 2.0). */
void
herald_demo_job_lose_printer (HeraldDemoJob *self,
                              const char    *error)
{
  gboolean failed = herald_demo_job_is_active (self) &&
                    (self->state != HERALD_DEMO_STATE_PAUSED ||
                     self->dialect == HERALD_DEMO_DIALECT_2_0);
  HeraldDemoFile *file = self->file;
  g_autoptr(JsonObject) payload = herald_demo_job_new_payload (self);
  double part = get_part (self);

  if (self->state == HERALD_DEMO_STATE_TRANSFERRING)
    herald_demo_job_end_transfer (self, "TransferFailed");
  if (file != NULL)
    herald_demo_job_tell (self, "FileDeselected", NULL);
  self->file = NULL;
  self->has_progress = FALSE;
  self->layer = 0;
  herald_demo_job_tell_link (self, "Disconnected");
  herald_demo_job_note_marking (self, "disconnected", "Disconnected");
  herald_demo_job_enter (self, HERALD_DEMO_STATE_OFFLINE);
  if (!failed)
    return;

  if (file->origin == HERALD_DEMO_ORIGIN_LOCAL)
    count (self, file->path, FALSE, self->elapsed_ms / 1000);
  json_object_set_double_member (payload, "time", self->elapsed_ms / 1000);
  json_object_set_string_member (payload, "reason", "error");
  json_object_set_string_member (payload, "error",
                                 self->dialect == HERALD_DEMO_DIALECT_2_0 ? "unknown" : error);
  if (self->dialect != HERALD_DEMO_DIALECT_1_4)
    json_object_set_double_member (payload, "progress", part);
  herald_demo_job_tell (self, "PrintFailed", payload);
}

/* The firmware stops everything because of an error. */
void
herald_demo_job_kill (HeraldDemoJob *self)
{
  g_autoptr(JsonObject) payload = json_object_new ();
  JsonArray *logs = NULL;
  HeraldDemoState state = self->state;

  if (state == HERALD_DEMO_STATE_OFFLINE)
    return;

  logs = json_array_new ();
  g_free (self->error);
  self->error = g_strdup ("Thermal Runaway, system stopped! Heater_ID: bed - "
                          "Printer halted. kill() called!");
  herald_demo_job_enter (self, HERALD_DEMO_STATE_ERROR);
  json_array_add_string_element (logs, "Recv: Error:Printer halted. kill() called!");
  json_object_set_string_member (payload, "error", self->error);
  json_object_set_string_member (payload, "reason", "firmware");
  json_object_set_string_member (payload, "consequence", "emergency");
  json_object_set_array_member (payload, "logs", logs);
  json_object_set_string_member (payload, "faq", "firmware-thermal-runaway");
  if (self->dialect == HERALD_DEMO_DIALECT_1_4)
    {
      static const char *const newer[] = { "reason", "consequence", "logs", "faq" };

      for (gsize i = 0; i < G_N_ELEMENTS (newer); i++)
        json_object_remove_member (payload, newer[i]);
    }
  herald_demo_job_tell (self, "Error", payload);
  herald_demo_job_tell (self, "EStop", NULL);
  self->broken = TRUE;
  /* What it was doing until now, whatever the state is called */
  self->state = state;
  herald_demo_job_lose_printer (self, self->error);
}

void
herald_demo_job_tell_paused (HeraldDemoJob *self)
{
  g_autoptr(JsonObject) payload = herald_demo_job_new_payload (self);

  add_position (self, payload);
  herald_demo_job_tell (self, "PrintPaused", payload);
  herald_demo_job_mark (self, "pause", "Pause");
  herald_demo_job_enter (self, HERALD_DEMO_STATE_PAUSED);
}
