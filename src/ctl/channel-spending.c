/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-spending"

#include "ctl/channel-spending.h"

/* (transfer full) (nullable): %NULL if there is nothing to tell; who only looks needs not hear of an error */
static GVariant *
ask (HeraldDBusChannel1 *channel)
{
  g_autoptr(GVariant) spending = NULL;

  if (!herald_dbus_channel1_call_get_spending_sync (channel, &spending, NULL, NULL) ||
      g_variant_n_children (spending) == 0)
    return NULL;

  return g_steal_pointer (&spending);
}

/**
 * herald_channel_spending_print:
 * @channels: (element-type HeraldDBusChannel1):
 *
 * Prints a line on what each has sent and spent.
 */
void
herald_channel_spending_print (GPtrArray *channels)
{
  for (guint i = 0; i < channels->len; i++)
    {
      HeraldDBusChannel1 *channel = g_ptr_array_index (channels, i);
      g_autoptr(GVariant) spending = ask (channel);
      const char *summary = NULL;

      if (spending != NULL && g_variant_lookup (spending, "summary", "&s", &summary))
        herald_output_print_field (herald_dbus_channel1_get_id (channel), summary);
    }
}

void
herald_channel_spending_add_json (JsonBuilder        *builder,
                                  HeraldDBusChannel1 *channel)
{
  g_autoptr(GVariant) spending = ask (channel);

  herald_output_add_variant (builder, "spending", spending);
}
