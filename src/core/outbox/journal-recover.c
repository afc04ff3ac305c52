/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-journal-recover"

#include "core/outbox/journal.h"

#include <glib/gi18n-lib.h>

#include "core/outbox/journal-pictures.h"
#include "core/outbox/journal-row.h"

/* A message the program died of so often must not be what it dies of for ever. */
#define N_DEATHS_MAX 3

/* The longest wait there is. What would wait longer after a boot waits because of a wrong clock
 * and is due at once. */
#define WAIT_MAX_MS ((24 * 60 + 15) * 60 * 1000)

/**
 * herald_journal_move_to_boot:
 *
 * The boot time of before the boot is worth nothing; the wall time says how much has passed. For the files of the journal.
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_journal_move_to_boot (HeraldJournal  *self,
                             GError        **error)
{
  return herald_database_run (
      self->database, error,
      "UPDATE delivery SET"
      " due_boot_ms=?2+CASE WHEN due_ms-?3 BETWEEN 0 AND ?4 THEN due_ms-?3 ELSE 0 END,"
      " due_ms=?3+CASE WHEN due_ms-?3 BETWEEN 0 AND ?4 THEN due_ms-?3 ELSE 0 END,"
      " expires_boot_ms=?2+min(expires_ms-?3,expires_ms-created_ms),"
      " boot_id=?1"
      " WHERE boot_id<>?1 AND state IN('pending','sending','committing','deferred','quarantined')",
      "tiii", herald_clock_get_boot_id (self->clock), herald_clock_get_boot_ms (self->clock),
      herald_clock_get_wall_ms (self->clock), (gint64) WAIT_MAX_MS);
}

static gboolean
recover_sending (HeraldJournal  *self,
                 gboolean        counts_deaths,
                 GArray         *changed,
                 GError        **error)
{
  return herald_journal_collect (
      self,
      herald_database_select (
          self->database, error,
          "UPDATE delivery SET deaths=deaths+?1,"
          " state=CASE WHEN deaths+?1>=?2 THEN 'quarantined' ELSE 'deferred' END,"
          " reason=CASE WHEN deaths+?1>=?2 THEN ?3 ELSE reason END,"
          " due_boot_ms=?4, due_ms=?5"
          " WHERE state='sending' RETURNING id",
          "iitii", (gint64) (counts_deaths ? 1 : 0), (gint64) N_DEATHS_MAX,
          _("OctoHerald ended unexpectedly each time it tried to send this. Please look at it and "
            "try again or discard it."),
          herald_clock_get_boot_ms (self->clock), herald_clock_get_wall_ms (self->clock)),
      changed, error);
}

static gboolean
recover_committing (HeraldJournal  *self,
                    GArray         *changed,
                    GError        **error)
{
  return herald_journal_collect (
      self,
      herald_database_select (
          self->database, error,
          "UPDATE delivery SET ambiguous=ambiguous+1,"
          " state=CASE WHEN ambiguous>0 THEN 'probable' ELSE 'deferred' END,"
          " finished_ms=CASE WHEN ambiguous>0 THEN ?3 END,"
          " reason=?1, due_boot_ms=?2, due_ms=?3"
          " WHERE state='committing' RETURNING id",
          "tii", _("OctoHerald ended before the answer came. The message may have arrived."),
          herald_clock_get_boot_ms (self->clock), herald_clock_get_wall_ms (self->clock)),
      changed, error);
}

/**
 * herald_journal_recover:
 * @counts_deaths: whether the program died: it then counts against what it was sending, and
 *   nobody fetches the pictures any more for which messages are held
 *
 * Nobody is sending any more. What was being sent waits again, as it cannot
 * have arrived; what had passed the point of no return is sent once more, and
 * after that taken as probably arrived.
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_journal_recover (HeraldJournal  *self,
                        gboolean        counts_deaths,
                        GArray         *changed,
                        GError        **error)
{
  gboolean ok;

  if (!herald_database_begin (self->database, error))
    return FALSE;

  ok = herald_journal_move_to_boot (self, error) &&
       recover_sending (self, counts_deaths, changed, error) &&
       recover_committing (self, changed, error) &&
       (!counts_deaths || herald_journal_release_all (self, changed, error)) &&
       herald_database_run (self->database, error,
                            "UPDATE attempt SET ended_ms=?1, detail='interrupted'"
                            " WHERE ended_ms IS NULL",
                            "i", herald_clock_get_wall_ms (self->clock));

  return herald_journal_conclude (self, ok, error);
}

/**
 * herald_journal_end_doubtful:
 * @channel: id of a channel where a second copy is worse than none
 *
 * Ends what waits there, may have arrived already and is not urgent.
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_journal_end_doubtful (HeraldJournal  *self,
                             const char     *channel,
                             GArray         *changed,
                             GError        **error)
{
  return herald_journal_collect (
      self,
      herald_database_select (
          self->database, error,
          "UPDATE delivery SET state='probable', finished_ms=?2"
          " WHERE channel=?1 AND state='deferred' AND ambiguous>0 AND urgent=0 RETURNING id",
          "ti", channel, herald_clock_get_wall_ms (self->clock)),
      changed, error);
}
