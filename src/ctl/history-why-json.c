/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-why-json"

#include "ctl/history-row.h"
#include "ctl/history-why.h"
#include "ctl/output.h"

/* The contract: whatever is not known is null. */

static void
add_list (JsonBuilder  *builder,
          GVariant     *row,
          const char   *name,
          void        (*add_entry) (JsonBuilder  *builder,
                                    GVariant     *entry))
{
  g_autoptr(GVariant) entries = g_variant_lookup_value (row, name, G_VARIANT_TYPE ("aa{sv}"));

  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (gsize i = 0; entries != NULL && i < g_variant_n_children (entries); i++)
    {
      g_autoptr(GVariant) entry = g_variant_get_child_value (entries, i);

      json_builder_begin_object (builder);
      add_entry (builder, entry);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_try (JsonBuilder *builder,
         GVariant    *attempt)
{
  static const char *const keys[] = { "number", "started", "ended", "step", "label", "code", "words", NULL };

  herald_output_add_members (builder, attempt, keys);
}

static void
add_message (JsonBuilder *builder,
             GVariant    *message)
{
  static const char *const keys[] = { "channel_name", "repeats", NULL };

  herald_history_row_add_members (builder, message);
  herald_output_add_members (builder, message, keys);
  add_list (builder, message, "tries", add_try);
}

static void
add_other (JsonBuilder *builder,
           GVariant    *other)
{
  static const char *const keys[] = { "channel", "channel_name", "channel_type", "rule", "reason", NULL };

  herald_output_add_members (builder, other, keys);
}

/* @explanation: as the service gives it */
void
herald_history_why_print_json (GVariant *explanation)
{
  static const char *const keys[] = { "event",    "kind",     "kind_name", "printer", "printer_name",
                                      "occurred", "observed", "source",    "cause",   NULL };
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  herald_output_add_members (builder, explanation, keys);
  add_list (builder, explanation, "messages", add_message);
  add_list (builder, explanation, "others", add_other);
  json_builder_end_object (builder);
  herald_output_print_json (builder, TRUE);
}
