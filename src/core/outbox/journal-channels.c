/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-journal-channels"

#include "core/outbox/journal-channels.h"

/**
 * herald_journal_knows_channel:
 * @channel: an id
 *
 * Returns: whether something was ever to be sent by a channel of this id, as far as is remembered
 */
gboolean
herald_journal_knows_channel (HeraldJournal *self,
                              const char    *channel)
{
  gint64 knows = 0;
  g_autoptr(GError) error = NULL;

  herald_database_get_int (self->database, &knows, &error, "SELECT EXISTS(SELECT 1 FROM delivery WHERE channel=?1)",
                           "t", channel);
  if (error != NULL)
    g_warning ("The messages of a channel cannot be looked for: %s", error->message);

  return knows != 0;
}
