/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-outbox-held"

#include "core/outbox/journal-desk.h"
#include "core/outbox/journal-pictures.h"
#include "core/outbox/outbox-private.h"

/* What is held until something is known or done: another part of #HeraldOutbox. */

/**
 * herald_outbox_illustrate:
 * @illustrations: (nullable) (element-type utf8 HeraldIllustration): by id of the channel
 * @kind: what they are: `snapshot`, `thumbnail`, `timelapse` or `file`
 * @note: (nullable): one sentence for the history of those that waited for a picture
 *
 * Gives the deliveries of @event that still wait for it their pictures and sends all that are held.
 *
 * Returns: %FALSE with a G_IO_ERROR; then they go out without when their time has come
 */
gboolean
herald_outbox_illustrate (HeraldOutbox  *self,
                          gint64         event,
                          GHashTable    *illustrations,
                          const char    *kind,
                          const char    *note,
                          GError       **error)
{
  g_autoptr(GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!herald_journal_illustrate (self->journal, event, illustrations, kind, note, changed, error))
    return FALSE;

  herald_outbox_tell (self, changed);
  return TRUE;
}

/**
 * herald_outbox_release:
 *
 * Sends the deliveries of @event that are held, but not for a picture.
 *
 * Returns: %FALSE with a G_IO_ERROR; then they go out when their time has come
 */
gboolean
herald_outbox_release (HeraldOutbox  *self,
                       gint64         event,
                       GError       **error)
{
  g_autoptr(GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!herald_journal_release (self->journal, event, changed, error))
    return FALSE;

  herald_outbox_tell (self, changed);
  return TRUE;
}

/**
 * herald_outbox_release_desk:
 * @hold_ms: how long those wait at most that are held for a picture or a script, too
 *
 * Sends the deliveries of @event that go only if nobody is at this computer.
 *
 * Returns: %FALSE with a G_IO_ERROR; then they are still held
 */
gboolean
herald_outbox_release_desk (HeraldOutbox  *self,
                            gint64         event,
                            guint          hold_ms,
                            GError       **error)
{
  g_autoptr(GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!herald_journal_release_desk (self->journal, event, hold_ms, changed, error))
    return FALSE;

  herald_outbox_tell (self, changed);
  return TRUE;
}

/**
 * herald_outbox_end_desk:
 *
 * Ends the deliveries of @event that go only if nobody is at this computer: somebody is.
 *
 * Returns: %FALSE with a G_IO_ERROR; then they are still held
 */
gboolean
herald_outbox_end_desk (HeraldOutbox  *self,
                        gint64         event,
                        GError       **error)
{
  g_autoptr(GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!herald_journal_end_desk (self->journal, event, changed, error))
    return FALSE;

  herald_outbox_tell (self, changed);
  return TRUE;
}
