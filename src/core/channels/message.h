/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "core/events/event-kind.h"

G_BEGIN_DECLS

/**
 * HeraldMessage:
 * @kind: what it is about
 * @urgency: how loudly it is told, by a channel that can do so
 * @printer: (nullable): id of the printer
 * @printer_name: what people call the printer; empty if it concerns none
 * @title: a few words on one line
 * @text: what is told; may have several lines
 * @job: (nullable): messages of one print share it
 * @file: (nullable): name of the file it is about
 * @percent: how far what it is about has come; 0 if it is not about that
 * @occurred_ms: when it happened, milliseconds since 1970; 0 if unknown
 * @created_ms: when it was worded; the date the message bears, however late it is sent
 *
 * What is to be said, in final words. Never changed once it is made, so that
 * a message is the same at each attempt to deliver it.
 */
typedef struct
{
  HeraldEventKind kind;
  HeraldUrgency urgency;
  char *printer;
  char *printer_name;
  char *title;
  char *text;
  char *job;
  char *file;
  guint percent;
  gint64 occurred_ms;
  gint64 created_ms;
} HeraldMessage;

#define HERALD_TYPE_MESSAGE (herald_message_get_type ())

GType          herald_message_get_type  (void);

HeraldMessage *herald_message_new       (const HeraldMessage  *content);
HeraldMessage *herald_message_from_json (const char           *json,
                                         gsize                 length,
                                         GError              **error);
HeraldMessage *herald_message_ref       (HeraldMessage        *self);
void           herald_message_unref     (HeraldMessage        *self);
char          *herald_message_to_json   (HeraldMessage        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldMessage, herald_message_unref)

G_END_DECLS
