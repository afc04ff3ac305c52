/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-outbox-wishes"

#include "core/outbox/outbox-private.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/outbox/flight.h"
#include "core/outbox/journal-discard.h"
#include "core/outbox/journal-repeat.h"

/* What a person wants to become of a message: another part of #HeraldOutbox. */

static void
insist_on (HeraldOutbox *self,
           gint64        delivery)
{
  const HeraldHistoryFilter filter = { .delivery = delivery };
  g_autoptr(GPtrArray) rows = herald_journal_query (self->journal, &filter, NULL);

  if (rows != NULL && rows->len > 0)
    herald_courier_insist (self->courier, ((HeraldDelivery *) g_ptr_array_index (rows, 0))->channel);
}

/**
 * herald_outbox_retry:
 *
 * Tries a delivery at once, with its channel if that waits; one that is over is sent again as a new delivery.
 *
 * Returns: %FALSE with HERALD_ERROR_SETTINGS if it was delivered or is being sent, or a
 *   G_IO_ERROR
 */
gboolean
herald_outbox_retry (HeraldOutbox  *self,
                     gint64         delivery,
                     GError       **error)
{
  g_autoptr(GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!herald_journal_retry (self->journal, delivery, changed, error))
    return FALSE;

  insist_on (self, delivery);
  herald_outbox_tell (self, changed);
  return TRUE;
}

gboolean
herald_outbox_repeat (HeraldOutbox  *self,
                      const char    *channel,
                      const char    *key,
                      gint64         at_ms,
                      GError       **error)
{
  g_autoptr(GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!herald_journal_repeat (self->journal, channel, key, at_ms, changed, error))
    return FALSE;

  herald_outbox_tell (self, changed);
  return TRUE;
}

/**
 * herald_outbox_discard:
 *
 * Returns: %FALSE with HERALD_ERROR_SETTINGS if it is not waiting, or a G_IO_ERROR
 */
gboolean
herald_outbox_discard (HeraldOutbox  *self,
                       gint64         delivery,
                       GError       **error)
{
  g_autoptr(GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!herald_journal_discard (self->journal, delivery, error))
    return FALSE;

  g_array_append_val (changed, delivery);
  herald_outbox_tell (self, changed);
  return TRUE;
}

/* What waits for an account that is gone would wait for ever. */
static HeraldChannel *
ref_channel (HeraldOutbox  *self,
             const char    *id,
             GError       **error)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->channels); i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (self->channels, i);

      if (g_str_equal (herald_channel_get_id (channel), id))
        return g_steal_pointer (&channel);
    }

  g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                       _("The account it was to be sent with has been removed."));
  return NULL;
}

/**
 * herald_outbox_restore:
 *
 * Puts back what was discarded, as it was.
 *
 * Returns: %FALSE with HERALD_ERROR_SETTINGS if that cannot be any more, or a G_IO_ERROR
 */
gboolean
herald_outbox_restore (HeraldOutbox  *self,
                       gint64         delivery,
                       GError       **error)
{
  const HeraldHistoryFilter filter = { .delivery = delivery };
  g_autoptr(GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GPtrArray) rows = herald_journal_query (self->journal, &filter, error);
  g_autoptr(HeraldChannel) channel = NULL;

  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    {
      channel = ref_channel (self, ((HeraldDelivery *) g_ptr_array_index (rows, 0))->channel, error);
      if (channel == NULL)
        return FALSE;
    }
  if (!herald_journal_restore (self->journal, delivery, error))
    return FALSE;

  g_array_append_val (changed, delivery);
  /* As at the start, which it may have missed */
  if (herald_flight_tells_phones (channel))
    herald_journal_end_doubtful (self->journal, herald_channel_get_id (channel), changed, NULL);
  herald_outbox_tell (self, changed);
  return TRUE;
}
