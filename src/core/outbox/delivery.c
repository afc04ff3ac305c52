/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-delivery"

#include "core/outbox/delivery.h"

static const struct
{
  const char *id;
  gboolean is_final;
} states[] = {
  [HERALD_DELIVERY_PENDING] = { "pending", FALSE },
  [HERALD_DELIVERY_SENDING] = { "sending", FALSE },
  [HERALD_DELIVERY_COMMITTING] = { "committing", FALSE },
  [HERALD_DELIVERY_DEFERRED] = { "deferred", FALSE },
  [HERALD_DELIVERY_DELIVERED] = { "delivered", TRUE },
  [HERALD_DELIVERY_PROBABLE] = { "probable", TRUE },
  [HERALD_DELIVERY_EXPIRED] = { "expired", TRUE },
  [HERALD_DELIVERY_SUPERSEDED] = { "superseded", TRUE },
  [HERALD_DELIVERY_DIGESTED] = { "digested", TRUE },
  [HERALD_DELIVERY_REJECTED] = { "rejected", TRUE },
  [HERALD_DELIVERY_QUARANTINED] = { "quarantined", FALSE },
  [HERALD_DELIVERY_CANCELLED] = { "cancelled", TRUE },
};

HeraldDelivery *
herald_delivery_new (void)
{
  return g_new0 (HeraldDelivery, 1);
}

void
herald_delivery_free (HeraldDelivery *self)
{
  g_free (self->channel);
  g_free (self->channel_type);
  g_free (self->destination);
  g_free (self->key);
  g_clear_pointer (&self->message, herald_message_unref);
  g_free (self->reason);
  g_free (self->remote_id);
  g_free (self->note);
  g_free (self->picture_kind);
  g_clear_pointer (&self->picture, herald_attachment_unref);
  g_free (self);
}

/**
 * herald_delivery_state_to_id:
 *
 * Returns: the stable name used in the database and on the command line
 */
const char *
herald_delivery_state_to_id (HeraldDeliveryState state)
{
  return states[state].id;
}

/**
 * herald_delivery_state_from_id:
 * @id: (nullable): a stable name
 * @state: (out): the state, if there is one of that name
 *
 * Returns: whether there is one
 */
gboolean
herald_delivery_state_from_id (const char          *id,
                               HeraldDeliveryState *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (g_strcmp0 (states[i].id, id) == 0)
        {
          *state = (HeraldDeliveryState) i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * herald_delivery_state_is_final:
 *
 * Returns: whether nothing will happen to it any more
 */
gboolean
herald_delivery_state_is_final (HeraldDeliveryState state)
{
  return states[state].is_final;
}
