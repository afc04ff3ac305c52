/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-journal-repeat"

#include "core/outbox/journal-repeat.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/outbox/journal-row.h"

/* What is told again is worth to be told for that long at least. */
#define LIFETIME_MIN_MS (G_GINT64_CONSTANT (60) * 60 * 1000)

gboolean
herald_journal_lane_is_repeat (const char *lane)
{
  return strstr (lane, HERALD_JOURNAL_REPEAT) != NULL;
}

/* Twice for one click is once: what waits to be told again already is only moved. */
static gboolean
move (HeraldJournal  *self,
      const char     *channel,
      const char     *key,
      gint64          at_ms,
      GArray         *changed,
      GError        **error)
{
  gint64 boot_ms = herald_clock_get_boot_ms (self->clock);
  gint64 wait_ms = at_ms - herald_clock_get_wall_ms (self->clock);

  return herald_journal_collect (
      self,
      herald_database_select (self->database, error,
                              "UPDATE delivery SET due_boot_ms=?3, due_ms=?4"
                              " WHERE channel=?1 AND idem=?2 AND instr(lane,?5)>0 AND state='pending' RETURNING id",
                              "ttiit", channel, key, boot_ms + wait_ms, at_ms, HERALD_JOURNAL_REPEAT),
      changed, error);
}

static gboolean
copy (HeraldJournal  *self,
      const char     *channel,
      const char     *key,
      gint64          at_ms,
      GArray         *changed,
      GError        **error)
{
  gint64 boot_ms = herald_clock_get_boot_ms (self->clock);
  gint64 wall_ms = herald_clock_get_wall_ms (self->clock);
  gint64 id;

  if (!herald_database_run (
          self->database, error,
          "INSERT INTO delivery(event,rule,channel,channel_type,dest,lane,idem,body,boot_id,"
          "due_boot_ms,due_ms,expires_boot_ms,expires_ms,created_ms,urgent,reason,note,picture,picture_kind,"
          "price,picture_price)"
          " SELECT event,(SELECT max(rule)+1 FROM delivery AS other WHERE other.event=delivery.event"
          "  AND other.channel=delivery.channel AND other.dest=delivery.dest),"
          "channel,channel_type,dest,"
          "iif(instr(lane,?9)>0,substr(lane,1,instr(lane,?9)-1),lane)||?9||(SELECT max(id) FROM delivery),idem,body,?3,"
          "?4+?6-?5,?6,?4+?6-?5+max(expires_ms-created_ms,?7),?6+max(expires_ms-created_ms,?7),?5,urgent,?10,?8,"
          "picture,picture_kind,price,picture_price"
          " FROM delivery WHERE id=(SELECT max(id) FROM delivery WHERE channel=?1 AND idem=?2)",
          "tttiiiittt", channel, key, herald_clock_get_boot_id (self->clock), boot_ms, wall_ms, at_ms, LIFETIME_MIN_MS,
          _("Told again because you have put it off."), HERALD_JOURNAL_REPEAT,
          _("You have put it off.")))
    return FALSE;
  if (herald_database_get_changes (self->database) == 0)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("This message is not in the history any more, so it cannot be shown again."));
      return FALSE;
    }

  id = herald_database_get_last_id (self->database);
  g_array_append_val (changed, id);

  return TRUE;
}

/**
 * herald_journal_repeat:
 * @key: of a delivery, as its attempt has it
 *
 * Returns: %FALSE with HERALD_ERROR_SETTINGS if there is no such message, or a G_IO_ERROR
 */
gboolean
herald_journal_repeat (HeraldJournal  *self,
                       const char     *channel,
                       const char     *key,
                       gint64          at_ms,
                       GArray         *changed,
                       GError        **error)
{
  gboolean ok;

  if (!herald_database_begin (self->database, error))
    return FALSE;

  ok = move (self, channel, key, at_ms, changed, error) &&
       (changed->len > 0 || copy (self, channel, key, at_ms, changed, error));
  if (!herald_journal_conclude (self, ok, error))
    {
      g_array_set_size (changed, 0);
      return FALSE;
    }

  return TRUE;
}
