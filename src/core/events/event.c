/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-event"

#include "core/events/event.h"

G_DEFINE_BOXED_TYPE (HeraldEvent, herald_event, herald_event_ref, herald_event_unref)

/**
 * herald_event_new:
 * @printer: (nullable): id of the printer
 * @job: (nullable): the print it belongs to
 * @dedupe: what makes it the same event when it is reported again
 * @observed_ms: milliseconds since 1970; also taken as the time it happened
 * @values: (nullable): template values; shared, not to be changed any more
 *
 * Returns: (transfer full): the event
 */
HeraldEvent *
herald_event_new (HeraldEventKind    kind,
                  HeraldEventSource  source,
                  const char        *printer,
                  const char        *job,
                  const char        *dedupe,
                  gint64             observed_ms,
                  HeraldValues      *values)
{
  HeraldEvent *self = g_atomic_rc_box_new0 (HeraldEvent);

  self->kind = kind;
  self->source = source;
  self->urgency = herald_event_kind_get_info (kind)->urgency;
  self->printer = g_strdup (printer);
  self->job = g_strdup (job);
  self->dedupe = g_strdup (dedupe);
  self->occurred_ms = source == HERALD_SOURCE_LIVE || source == HERALD_SOURCE_LOCAL ? observed_ms : 0;
  self->observed_ms = observed_ms;
  self->values = values != NULL ? g_hash_table_ref (values) : herald_values_new ();

  return self;
}

/**
 * herald_event_set_occurred:
 * @occurred_ms: milliseconds since 1970; 0 if unknown
 *
 * For what was found out afterwards. Only for whoever has just made it: an event
 * that is shared is never changed.
 */
void
herald_event_set_occurred (HeraldEvent *self,
                           gint64       occurred_ms)
{
  self->occurred_ms = occurred_ms;
}

/**
 * herald_event_set_urgency:
 *
 * Tells it more quietly or more loudly than others of its kind. Only for whoever has
 * just made it: an event that is shared is never changed.
 */
void
herald_event_set_urgency (HeraldEvent   *self,
                          HeraldUrgency  urgency)
{
  self->urgency = urgency;
}

HeraldEvent *
herald_event_ref (HeraldEvent *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
herald_event_clear (HeraldEvent *self)
{
  g_free (self->printer);
  g_free (self->job);
  g_free (self->dedupe);
  g_hash_table_unref (self->values);
}

void
herald_event_unref (HeraldEvent *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) herald_event_clear);
}

static const char *const source_ids[] = { "live", "reconciled", "inferred", "local" };

/**
 * herald_event_source_to_id:
 *
 * Returns: the stable name used in the database and on the command line
 */
const char *
herald_event_source_to_id (HeraldEventSource source)
{
  return source_ids[source];
}

/**
 * herald_event_source_from_id:
 * @id: (nullable): an id like `live`
 * @source: (out): set only if @id is known
 *
 * Returns: whether @id names a source
 */
gboolean
herald_event_source_from_id (const char        *id,
                             HeraldEventSource *source)
{
  for (guint i = 0; i < G_N_ELEMENTS (source_ids); i++)
    {
      if (g_strcmp0 (source_ids[i], id) == 0)
        {
          *source = (HeraldEventSource) i;
          return TRUE;
        }
    }

  return FALSE;
}
