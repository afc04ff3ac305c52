/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-journal-desk"

#include "core/outbox/journal-desk.h"

#include <glib/gi18n-lib.h>

#include "core/outbox/journal-row.h"

/**
 * herald_journal_release_desk:
 * @hold_ms: how long those wait at most that are held for something else, too
 *
 * Nobody is at this computer: makes due what was to go in that case.
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_journal_release_desk (HeraldJournal  *self,
                             gint64          event,
                             gint64          hold_ms,
                             GArray         *changed,
                             GError        **error)
{
  return herald_journal_collect (
      self,
      herald_database_select (self->database, error,
                              "UPDATE delivery SET due_boot_ms=?2+iif(held=4,0,?4), due_ms=?3+iif(held=4,0,?4),"
                              " held=held-4"
                              " WHERE event=?1 AND held IN(4,5,6) AND state='pending' RETURNING id",
                              "iiii", event, herald_clock_get_boot_ms (self->clock),
                              herald_clock_get_wall_ms (self->clock), hold_ms),
      changed, error);
}

/**
 * herald_journal_end_desk:
 *
 * Somebody is at this computer and has seen it there: ends what was to go otherwise.
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_journal_end_desk (HeraldJournal  *self,
                         gint64          event,
                         GArray         *changed,
                         GError        **error)
{
  return herald_journal_collect (
      self,
      herald_database_select (self->database, error,
                              "UPDATE delivery SET state='superseded', finished_ms=?2, reason=?3"
                              " WHERE event=?1 AND held IN(4,5,6) AND state='pending' RETURNING id",
                              "iit", event, herald_clock_get_wall_ms (self->clock),
                              _("You were at the computer, where it was shown.")),
      changed, error);
}
