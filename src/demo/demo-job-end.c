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

/* A print that is over and not counted yet; what is said of it then, if anything is */
typedef struct
{
  char *path;
  gboolean success;
  double elapsed_s;
  gint64 ended_ms;
  JsonObject *failed;
} Uncounted;

static void
uncounted_free (Uncounted *end)
{
  g_free (end->path);
  g_clear_pointer (&end->failed, json_object_unref);
  g_free (end);
}

GPtrArray *
herald_demo_job_new_uncounted (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) uncounted_free);
}

static void
count (HeraldDemoJob   *self,
       const Uncounted *end)
{
  HeraldDemoFile *file = herald_demo_files_find (self->files, HERALD_DEMO_ORIGIN_LOCAL, end->path);

  if (file != NULL)
    {
      herald_demo_files_count (self->files, file, end->success, end->ended_ms + self->clock_offset_ms,
                               end->elapsed_s);
      herald_demo_job_tell_pair (self, "MetadataStatisticsUpdated", "storage", "local", "path", end->path);
    }
  if (end->failed != NULL)
    herald_demo_job_tell (self, "PrintFailed", end->failed);
}

/* Another thread of the server writes its history, and says then that the print failed: PrintDone and PrintCancelled come
 * first. */
void
herald_demo_job_count_late (HeraldDemoJob *self)
{
  while (self->uncounted->len > 0)
    {
      const Uncounted *end = g_ptr_array_index (self->uncounted, 0);

      if (self->now_ms < end->ended_ms + self->history_delay_ms)
        return;

      count (self, end);
      g_ptr_array_remove_index (self->uncounted, 0);
    }
}

/* @failed: (nullable) (transfer full): of PrintFailed */
static void
end_print (HeraldDemoJob  *self,
           HeraldDemoFile *file,
           gboolean        success,
           JsonObject     *failed)
{
  gboolean is_counted = file != NULL && file->origin == HERALD_DEMO_ORIGIN_LOCAL;
  Uncounted *end = g_new0 (Uncounted, 1);

  end->path = g_strdup (is_counted ? file->path : "");
  end->success = success;
  end->elapsed_s = self->elapsed_ms / 1000;
  end->ended_ms = self->now_ms;
  end->failed = failed;
  g_ptr_array_add (self->uncounted, end);
  herald_demo_job_count_late (self);
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
  end_print (self, self->file, TRUE, NULL);
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
  end_print (self, self->file, FALSE, failed_first ? NULL : json_object_ref (failed));
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

  json_object_set_double_member (payload, "time", self->elapsed_ms / 1000);
  json_object_set_string_member (payload, "reason", "error");
  json_object_set_string_member (payload, "error",
                                 self->dialect == HERALD_DEMO_DIALECT_2_0 ? "unknown" : error);
  if (self->dialect != HERALD_DEMO_DIALECT_1_4)
    json_object_set_double_member (payload, "progress", part);
  end_print (self, file, FALSE, json_object_ref (payload));
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
