/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/values.h"
#include "core/events/event-kind.h"

G_BEGIN_DECLS

/**
 * HeraldEventSource:
 * @HERALD_SOURCE_LIVE: seen as it happened
 * @HERALD_SOURCE_RECONCILED: found out afterwards, for certain
 * @HERALD_SOURCE_INFERRED: concluded from what changed meanwhile
 * @HERALD_SOURCE_LOCAL: happened on this computer
 */
typedef enum
{
  HERALD_SOURCE_LIVE,
  HERALD_SOURCE_RECONCILED,
  HERALD_SOURCE_INFERRED,
  HERALD_SOURCE_LOCAL,
} HeraldEventSource;

/**
 * HeraldEvent:
 * @urgency: how loudly it is told; that of its kind unless its maker knows better
 * @printer: (nullable): id of the printer, %NULL if it concerns none
 * @job: (nullable): tells the print from every other print of this printer
 * @dedupe: two events with the same key are the same event
 * @occurred_ms: when it happened, in milliseconds since 1970; 0 if unknown
 * @observed_ms: when we learnt of it
 * @values: template values, cleaned; common ones are added later
 *
 * Something that happened. Never changed once it is made.
 */
typedef struct
{
  HeraldEventKind kind;
  HeraldEventSource source;
  HeraldUrgency urgency;
  char *printer;
  char *job;
  char *dedupe;
  gint64 occurred_ms;
  gint64 observed_ms;
  HeraldValues *values;
} HeraldEvent;

#define HERALD_TYPE_EVENT (herald_event_get_type ())

GType        herald_event_get_type       (void);

HeraldEvent *herald_event_new            (HeraldEventKind    kind,
                                          HeraldEventSource  source,
                                          const char        *printer,
                                          const char        *job,
                                          const char        *dedupe,
                                          gint64             observed_ms,
                                          HeraldValues      *values);
void         herald_event_set_occurred   (HeraldEvent       *self,
                                          gint64             occurred_ms);
void         herald_event_set_urgency    (HeraldEvent       *self,
                                          HeraldUrgency      urgency);
HeraldEvent *herald_event_ref            (HeraldEvent       *self);
void         herald_event_unref          (HeraldEvent       *self);

const char  *herald_event_source_to_id   (HeraldEventSource  source);
gboolean     herald_event_source_from_id (const char        *id,
                                          HeraldEventSource *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldEvent, herald_event_unref)

G_END_DECLS
