/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-query"

#include "core/outbox/history-query.h"

HeraldHistoryQuery *
herald_history_query_new (void)
{
  return g_new0 (HeraldHistoryQuery, 1);
}

void
herald_history_query_free (HeraldHistoryQuery *self)
{
  g_free (self->printer);
  g_free (self->channel);
  g_free (self->kind);
  g_clear_pointer (&self->ids, g_array_unref);
  g_strfreev (self->words);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_free (self);
}

/**
 * herald_history_query_dup_states:
 *
 * Returns: (transfer full) (nullable): the ids of the states, each between commas; %NULL for all
 */
char *
herald_history_query_dup_states (const HeraldHistoryQuery *self)
{
  GString *text = NULL;

  if (self->states == 0)
    return NULL;

  text = g_string_new (",");
  for (guint i = 0; i <= HERALD_DELIVERY_CANCELLED; i++)
    {
      if ((self->states & 1u << i) != 0)
        g_string_append_printf (text, "%s,", herald_delivery_state_to_id ((HeraldDeliveryState) i));
    }

  return g_string_free (text, FALSE);
}
