/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-message"

#include "core/channels/message.h"

#include "core/base/error.h"
#include "core/base/values.h"

G_DEFINE_BOXED_TYPE (HeraldMessage, herald_message, herald_message_ref, herald_message_unref)

/**
 * herald_message_new:
 * @content: what to copy
 *
 * Returns: (transfer full): the message
 */
HeraldMessage *
herald_message_new (const HeraldMessage *content)
{
  HeraldMessage *self = g_atomic_rc_box_new0 (HeraldMessage);

  self->kind = content->kind;
  self->urgency = content->urgency;
  self->printer = g_strdup (content->printer);
  self->printer_name = g_strdup (content->printer_name != NULL ? content->printer_name : "");
  self->title = g_strdup (content->title);
  self->text = g_strdup (content->text);
  self->job = g_strdup (content->job);
  self->file = g_strdup (content->file);
  self->percent = content->percent;
  self->occurred_ms = content->occurred_ms;
  self->created_ms = content->created_ms;

  return self;
}

/**
 * herald_message_from_json:
 * @json: what herald_message_to_json() wrote
 * @length: its bytes
 *
 * Returns: (transfer full): the message, or %NULL with HERALD_ERROR_PROTOCOL
 */
HeraldMessage *
herald_message_from_json (const char  *json,
                          gsize        length,
                          GError     **error)
{
  g_autoptr(HeraldValues) values = herald_values_from_json (json, length, error);
  HeraldMessage content = { 0 };

  if (values == NULL)
    return NULL;

  if (!herald_event_kind_from_id (herald_values_get (values, "kind"), &content.kind) ||
      herald_values_get (values, "title") == NULL ||
      herald_values_get (values, "text") == NULL)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_PROTOCOL,
                           "The stored message is incomplete");
      return NULL;
    }

  /* What an earlier version has stored does not say */
  content.urgency = herald_event_kind_get_info (content.kind)->urgency;
  herald_urgency_from_id (herald_values_get (values, "urgency"), &content.urgency);
  content.printer = (char *) herald_values_get (values, "printer");
  content.printer_name = (char *) herald_values_get (values, "printer-name");
  content.title = (char *) herald_values_get (values, "title");
  content.text = (char *) herald_values_get (values, "text");
  content.job = (char *) herald_values_get (values, "job");
  content.file = (char *) herald_values_get (values, "file");
  content.percent = (guint) CLAMP (herald_values_get_int (values, "percent", 0), 0, 100);
  content.occurred_ms = herald_values_get_int (values, "occurred-ms", 0);
  content.created_ms = herald_values_get_int (values, "created-ms", 0);

  return herald_message_new (&content);
}

HeraldMessage *
herald_message_ref (HeraldMessage *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
herald_message_clear (HeraldMessage *self)
{
  g_free (self->printer);
  g_free (self->printer_name);
  g_free (self->title);
  g_free (self->text);
  g_free (self->job);
  g_free (self->file);
}

void
herald_message_unref (HeraldMessage *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) herald_message_clear);
}

/**
 * herald_message_to_json:
 *
 * Returns: (transfer full): the message as a JSON object, always the same for the same message
 */
char *
herald_message_to_json (HeraldMessage *self)
{
  g_autoptr(HeraldValues) values = herald_values_new ();

  herald_values_set (values, "kind", herald_event_kind_get_info (self->kind)->id);
  herald_values_set (values, "urgency", herald_urgency_to_id (self->urgency));
  herald_values_set (values, "printer", self->printer);
  herald_values_set (values, "printer-name", self->printer_name);
  herald_values_set (values, "title", self->title);
  herald_values_set (values, "text", self->text);
  herald_values_set (values, "job", self->job);
  herald_values_set (values, "file", self->file);
  if (self->percent > 0)
    herald_values_set_printf (values, "percent", "%u", self->percent);
  herald_values_set_printf (values, "occurred-ms", "%" G_GINT64_FORMAT, self->occurred_ms);
  herald_values_set_printf (values, "created-ms", "%" G_GINT64_FORMAT, self->created_ms);

  return herald_values_to_json (values);
}
