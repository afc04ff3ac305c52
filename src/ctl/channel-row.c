/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-row"

#include "ctl/channel-row.h"

#include <glib/gi18n-lib.h>

#include "ctl/channel-spending.h"
#include "ctl/human.h"

/* What every channel has; the rest of its settings are the fields of its type. */
static const char *const own_names[] = { "id", "type", "name", "enabled", "health", "error", "next_try", NULL };

/**
 * herald_channel_row_add_json:
 *
 * Adds an object with everything that may be told of @channel.
 */
void
herald_channel_row_add_json (JsonBuilder        *builder,
                             HeraldDBusChannel1 *channel)
{
  GVariantIter iter;
  const char *name;
  const char *value;

  json_builder_begin_object (builder);
  herald_output_add_text (builder, "id", herald_dbus_channel1_get_id (channel));
  herald_output_add_text (builder, "type", herald_dbus_channel1_get_type_ (channel));
  herald_output_add_text (builder, "name", herald_dbus_channel1_get_name (channel));
  json_builder_set_member_name (builder, "enabled");
  json_builder_add_boolean_value (builder, herald_dbus_channel1_get_enabled (channel));
  herald_output_add_text (builder, "health", herald_dbus_channel1_get_health (channel));
  herald_output_add_text (builder, "error", herald_dbus_channel1_get_error (channel));
  herald_output_add_text (builder, "next_try", herald_dbus_channel1_get_next_try (channel));

  g_variant_iter_init (&iter, herald_dbus_channel1_get_settings (channel));
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &value))
    {
      if (!g_strv_contains (own_names, name))
        herald_output_add_text (builder, name, value);
    }
  herald_channel_spending_add_json (builder, channel);
  json_builder_end_object (builder);
}

static void
add_health (HeraldTable        *table,
            HeraldDBusChannel1 *channel)
{
  const char *health = herald_dbus_channel1_get_health (channel);

  if (g_strcmp0 (health, "ok") == 0)
    herald_table_add (table, _("works"), HERALD_TONE_GOOD);
  else if (g_strcmp0 (health, "waiting") == 0)
    herald_table_add (table, _("waits"), HERALD_TONE_BUSY);
  else if (g_strcmp0 (health, "held") == 0)
    herald_table_add (table, _("held"), HERALD_TONE_BAD);
  else
    herald_table_add (table, C_("account", "switched off"), HERALD_TONE_DIM);
}

/* Where a login in the browser is used, that is what most often needs a person. */
static gboolean
may_lack_login (HeraldDBusChannel1 *channel)
{
  const char *login = "";

  return g_strcmp0 (herald_dbus_channel1_get_health (channel), "held") == 0 &&
         g_variant_lookup (herald_dbus_channel1_get_settings (channel), "login", "&s", &login) &&
         g_str_equal (login, "browser");
}

static char *
describe_problem (HeraldDBusChannel1 *channel)
{
  const char *error = herald_dbus_channel1_get_error (channel);
  g_autoptr(GDateTime) next = g_date_time_new_from_iso8601 (herald_dbus_channel1_get_next_try (channel), NULL);
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *moment = NULL;

  if (may_lack_login (channel))
    /* Translators: what is wrong, then what to type */
    return g_strdup_printf (_("%s – to sign in: octoheraldctl channel login %s"), error,
                            herald_dbus_channel1_get_id (channel));
  if (next == NULL || g_date_time_to_unix (next) <= now_s)
    return g_strdup (error);

  moment = herald_human_format_moment (herald_dbus_channel1_get_next_try (channel), now_s);
  /* Translators: a sentence that says what is wrong, then for example “in 4 min” */
  return g_strdup_printf (_("%s Next try %s."), error, moment);
}

/**
 * herald_channel_row_print_problems:
 * @channels: (element-type HeraldDBusChannel1):
 *
 * Prints what is wrong with each; nothing if all is well.
 */
void
herald_channel_row_print_problems (GPtrArray *channels)
{
  for (guint i = 0; i < channels->len; i++)
    {
      HeraldDBusChannel1 *channel = g_ptr_array_index (channels, i);
      g_autofree char *problem = describe_problem (channel);

      herald_output_print_field (herald_dbus_channel1_get_id (channel), problem);
    }
}

/**
 * herald_channel_row_print:
 * @channels: (element-type HeraldDBusChannel1):
 *
 * Prints a table of them, and below it what is wrong with each.
 */
void
herald_channel_row_print (GPtrArray *channels)
{
  const char *const headings[] = { _("ID"), _("NAME"), _("TYPE"), _("HEALTH"), NULL };
  g_autoptr(HeraldTable) table = herald_table_new (headings);

  for (guint i = 0; i < channels->len; i++)
    {
      HeraldDBusChannel1 *channel = g_ptr_array_index (channels, i);

      herald_table_add (table, herald_dbus_channel1_get_id (channel), HERALD_TONE_PLAIN);
      herald_table_add (table, herald_dbus_channel1_get_name (channel), HERALD_TONE_PLAIN);
      herald_table_add (table, herald_dbus_channel1_get_type_ (channel), HERALD_TONE_PLAIN);
      add_health (table, channel);
    }
  herald_table_print (table);

  herald_channel_row_print_problems (channels);
  herald_channel_spending_print (channels);
}
