/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-types"

#include <glib/gi18n-lib.h>

#include "ctl/channel-commands.h"
#include "ctl/failure.h"
#include "ctl/output.h"

static void
print_types (GVariant *types)
{
  const char *const headings[] = { _("TYPE"), _("FIELD"), _("KIND"), _("MEANING"), NULL };
  g_autoptr(HeraldTable) table = herald_table_new (headings);
  GVariantIter iter;
  GVariant *entry;

  g_variant_iter_init (&iter, types);
  while ((entry = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_autoptr(GVariant) type = entry;
      g_autoptr(GVariant) fields = g_variant_lookup_value (type, "fields", NULL);
      const char *id = "";
      const char *name = "";

      g_variant_lookup (type, "id", "&s", &id);
      g_variant_lookup (type, "name", "&s", &name);
      herald_table_add (table, id, HERALD_TONE_PLAIN);
      herald_table_add (table, "", HERALD_TONE_PLAIN);
      herald_table_add (table, "", HERALD_TONE_PLAIN);
      herald_table_add (table, name, HERALD_TONE_PLAIN);

      for (gsize i = 0; fields != NULL && i < g_variant_n_children (fields); i++)
        {
          g_autoptr(GVariant) field = g_variant_get_child_value (fields, i);
          const char *field_name = "";
          const char *kind = "";
          const char *label = "";
          gboolean secret = FALSE;

          g_variant_lookup (field, "name", "&s", &field_name);
          g_variant_lookup (field, "kind", "&s", &kind);
          g_variant_lookup (field, "label", "&s", &label);
          g_variant_lookup (field, "secret", "b", &secret);
          herald_table_add (table, "", HERALD_TONE_PLAIN);
          herald_table_add (table, field_name, HERALD_TONE_PLAIN);
          herald_table_add (table, secret ? _("secret") : kind, HERALD_TONE_DIM);
          herald_table_add (table, label, HERALD_TONE_PLAIN);
        }
    }
  herald_table_print (table);
}

gboolean
herald_channel_run_types (HeraldCall  *call,
                          GError     **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = { HERALD_CHANNEL_JSON_ENTRY (json), { NULL } };
  g_autoptr(GVariant) types = NULL;
  g_autoptr(JsonBuilder) builder = NULL;
  GError *cause = NULL;

  if (!herald_call_parse (call, entries, 0, 0, error) || !herald_call_connect (call, error))
    return FALSE;
  if (!herald_dbus_service1_call_list_channel_types_sync (call->client->service, &types, NULL,
                                                          &cause))
    return herald_failure_take_dbus_error (error, cause);

  if (!json)
    {
      print_types (types);
      return TRUE;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  herald_output_add_variant (builder, "types", types);
  json_builder_end_object (builder);
  herald_output_print_json (builder, TRUE);

  return TRUE;
}
