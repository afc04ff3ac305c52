/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-job-tell"

#include "demo/demo-job-private.h"

/* OctoPrint forgets markings as it forgets temperatures */
#define MARKINGS_MS (30 * 60 * 1000)

static const struct
{
  const char *id;
  const char *text;
  const char *sd_text;
} states[] = {
  [HERALD_DEMO_STATE_OFFLINE] = { "OFFLINE", "Offline", NULL },
  [HERALD_DEMO_STATE_OPERATIONAL] = { "OPERATIONAL", "Operational", NULL },
  [HERALD_DEMO_STATE_STARTING] = { "STARTING", "Starting", "Starting print from SD" },
  [HERALD_DEMO_STATE_PRINTING] = { "PRINTING", "Printing", "Printing from SD" },
  [HERALD_DEMO_STATE_PAUSING] = { "PAUSING", "Pausing", NULL },
  [HERALD_DEMO_STATE_PAUSED] = { "PAUSED", "Paused", NULL },
  [HERALD_DEMO_STATE_RESUMING] = { "RESUMING", "Resuming", NULL },
  [HERALD_DEMO_STATE_FINISHING] = { "FINISHING", "Finishing", NULL },
  [HERALD_DEMO_STATE_CANCELLING] = { "CANCELLING", "Cancelling", NULL },
  [HERALD_DEMO_STATE_ERROR] = { "ERROR", "Error", NULL },
  [HERALD_DEMO_STATE_TRANSFERRING] = { "PRINTING", "Sending file to SD", "Sending file to SD" },
};

/* Borrows @payload; NULL is JSON null. */
void
herald_demo_job_tell_message (HeraldDemoJob  *self,
                              HeraldDemoSays  what,
                              const char     *type,
                              JsonObject     *payload)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_NULL);

  if (payload != NULL)
    json_node_init_object (node, payload);
  self->say (what, type, node, self->user_data);
}

/* Tells an event; borrows @payload. */
void
herald_demo_job_tell (HeraldDemoJob *self,
                      const char    *type,
                      JsonObject    *payload)
{
  herald_demo_job_tell_message (self, HERALD_DEMO_SAYS_EVENT, type, payload);
}

void
herald_demo_job_tell_pair (HeraldDemoJob *self,
                           const char    *type,
                           const char    *first,
                           const char    *first_value,
                           const char    *second,
                           const char    *second_value)
{
  g_autoptr(JsonObject) payload = json_object_new ();

  json_object_set_string_member (payload, first, first_value);
  json_object_set_string_member (payload, second, second_value);
  herald_demo_job_tell (self, type, payload);
}

/* Both texts must be static. */
void
herald_demo_job_note_marking (HeraldDemoJob *self,
                              const char    *type,
                              const char    *label)
{
  HeraldDemoMarking marking = { type, label, self->now_ms + self->clock_offset_ms };

  while (self->markings->len > 0 &&
         ABS (marking.time_ms - g_array_index (self->markings, HeraldDemoMarking, 0).time_ms) >
             MARKINGS_MS)
    g_array_remove_index (self->markings, 0);
  g_array_append_val (self->markings, marking);
}

/* Marks the chart and says so (since 1.9). */
void
herald_demo_job_mark (HeraldDemoJob *self,
                      const char    *type,
                      const char    *label)
{
  herald_demo_job_note_marking (self, type, label);
  if (self->dialect != HERALD_DEMO_DIALECT_1_4)
    herald_demo_job_tell_pair (self, "ChartMarked", "type", type, "label", label);
}

/**
 * herald_demo_job_new_payload:
 *
 * Returns: (transfer full): what every event of a print tells about the file that is selected
 */
JsonObject *
herald_demo_job_new_payload (HeraldDemoJob *self)
{
  JsonObject *payload = json_object_new ();
  const HeraldDemoFile *file = self->file;
  gboolean new = self->dialect == HERALD_DEMO_DIALECT_2_0;
  g_autofree char *name = NULL;

  if (file == NULL)
    return payload;

  name = g_path_get_basename (file->path);
  json_object_set_string_member (payload, "name", name);
  json_object_set_string_member (payload, "path", file->path);
  json_object_set_string_member (payload, "origin",
                                 file->origin == HERALD_DEMO_ORIGIN_LOCAL ? "local"
                                 : new                                    ? "printer"
                                                                          : "sdcard");
  json_object_set_int_member (payload, "size", file->size);
  if (new)
    json_object_set_string_member (payload, "connector", "serial");
  else
    json_object_set_string_member (payload, "owner", "admin");

  return payload;
}

/* Returns (transfer none): what OctoPrint calls the state for people */
const char *
herald_demo_job_get_state_text (HeraldDemoJob *self)
{
  const char *sd_text = states[self->state].sd_text;
  gboolean from_card = self->file != NULL && self->file->origin == HERALD_DEMO_ORIGIN_SDCARD;

  if (self->state == HERALD_DEMO_STATE_OFFLINE &&
      (self->dialect == HERALD_DEMO_DIALECT_2_0 ? self->broken : self->error != NULL))
    return "Offline after error";

  return from_card && sd_text != NULL ? sd_text : states[self->state].text;
}

/* Tells of the line to the printer; since 2.0 with what kind of line it is. */
void
herald_demo_job_tell_link (HeraldDemoJob *self,
                           const char    *type)
{
  g_autoptr(JsonObject) payload = NULL;

  if (self->dialect == HERALD_DEMO_DIALECT_2_0)
    {
      payload = json_object_new ();
      json_object_set_string_member (payload, "connector", "serial");
    }
  herald_demo_job_tell (self, type, payload);
}

/* Tells a state; 2.0 has other names for being off. */
static void
tell_state (HeraldDemoJob *self,
            const char    *id,
            const char    *text)
{
  g_autoptr(JsonObject) payload = json_object_new ();
  gboolean off = self->state == HERALD_DEMO_STATE_OFFLINE;
  gboolean new = self->dialect == HERALD_DEMO_DIALECT_2_0;

  if (off)
    text = new && self->broken ? "Offline after error" : "Offline";
  if (off && new)
    id = self->broken ? "CLOSED_WITH_ERROR" : "CLOSED";
  json_object_set_string_member (payload, "state_id", id);
  json_object_set_string_member (payload, "state_string", text);
  if (new)
    json_object_set_string_member (payload, "connector", off ? "unknown" : "serial");
  herald_demo_job_tell (self, "PrinterStateChanged", payload);
}

void
herald_demo_job_enter (HeraldDemoJob   *self,
                       HeraldDemoState  state)
{
  self->state = state;
  self->state_since_ms = self->now_ms;
  tell_state (self, states[state].id, herald_demo_job_get_state_text (self));
}

/* The moment between being off and being connected */
void
herald_demo_job_tell_detecting (HeraldDemoJob *self)
{
  self->state = HERALD_DEMO_STATE_OPERATIONAL;
  tell_state (self, self->dialect == HERALD_DEMO_DIALECT_2_0 ? "DETECTING" : "DETECT_SERIAL",
              "Detecting serial connection");
}
