/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-journal-discard"

#include "core/outbox/journal-discard.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/outbox/journal-row.h"

/**
 * herald_journal_discard:
 *
 * Returns: %FALSE with HERALD_ERROR_SETTINGS if it is not waiting, or a G_IO_ERROR
 */
gboolean
herald_journal_discard (HeraldJournal  *self,
                        gint64          id,
                        GError        **error)
{
  g_autoptr(HeraldDelivery) delivery = herald_journal_find (self, id, error);

  if (delivery == NULL)
    return FALSE;

  if (!herald_database_run (self->database, error,
                            "UPDATE delivery SET state=CASE WHEN ambiguous>0 THEN 'probable' ELSE 'cancelled' END,"
                            " finished_ms=?2, reason=?3||coalesce(' '||reason,''), discarded=state, discarded_reason=reason"
                            " WHERE id=?1 AND state IN('pending','deferred','quarantined')",
                            "iit", id, herald_clock_get_wall_ms (self->clock),
                            _("Discarded by you.")))
    return FALSE;
  if (herald_database_get_changes (self->database) == 1)
    return TRUE;

  g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                       herald_delivery_state_is_final (delivery->state)
                         ? _("This message is not waiting any more.")
                         : _("This message is being sent right now."));
  return FALSE;
}

/* Why it cannot be put back, a question to each */
static const struct
{
  const char *sql;
  const char *types; /* what it takes of id and now */
  const char *sentence;
} hindrances[] = {
  { "SELECT 1 FROM delivery WHERE id=?1 AND discarded IS NULL", "i", N_("This message was not discarded by you.") },
  { "SELECT 1 FROM delivery JOIN delivery AS other ON other.event=delivery.event AND other.channel=delivery.channel"
    " AND other.dest=delivery.dest AND other.rule>delivery.rule WHERE delivery.id=?1",
    "i", N_("This message has been sent again meanwhile.") },
  { "SELECT 1 FROM delivery WHERE id=?1 AND discarded<>'quarantined' AND expires_ms<=?2",
    "ii", N_("This message is too old to be told now. If you want it all the same, send it again.") },
  { "SELECT 1 FROM delivery JOIN event ON event.id=delivery.event WHERE delivery.id=?1 AND event.kind='print-progress'"
    " AND EXISTS (SELECT 1 FROM event AS newer JOIN delivery AS other ON other.event=newer.id"
    "  WHERE newer.job=event.job AND newer.id>event.id AND other.lane=delivery.lane)",
    "i", N_("Newer news of the same print made it pointless.") },
};

static gboolean
check_hindrances (HeraldJournal  *self,
                  gint64          id,
                  GError        **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (hindrances); i++)
    {
      g_autoptr(GError) problem = NULL;
      gint64 is_hindered = 0;

      if (herald_database_get_int (self->database, &is_hindered, &problem, hindrances[i].sql, hindrances[i].types, id,
                                   herald_clock_get_wall_ms (self->clock)))
        {
          g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _(hindrances[i].sentence));
          return FALSE;
        }
      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * herald_journal_restore:
 *
 * What was discarded is again what it was before, with its time and its reason.
 *
 * Returns: %FALSE with HERALD_ERROR_SETTINGS if it was not discarded or cannot be told any more, or a G_IO_ERROR
 */
gboolean
herald_journal_restore (HeraldJournal  *self,
                        gint64          id,
                        GError        **error)
{
  g_autoptr(HeraldDelivery) delivery = herald_journal_find (self, id, error);
  gboolean ok;

  if (delivery == NULL || !herald_database_begin (self->database, error))
    return FALSE;

  ok = check_hindrances (self, id, error) &&
       herald_database_run (self->database, error,
                            "UPDATE delivery SET state=discarded, reason=discarded_reason, finished_ms=NULL,"
                            " discarded=NULL, discarded_reason=NULL WHERE id=?1",
                            "i", id) &&
       herald_journal_move_to_boot (self, error);

  return herald_journal_conclude (self, ok, error);
}
