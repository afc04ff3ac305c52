/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-row"

#include "ctl/printer-row.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ctl/human.h"

#define BAR_CELLS 20

/* Unlike everything else a temperature may be below zero. */
static void
add_temperature (JsonBuilder *builder,
                 const char  *name,
                 double       degrees)
{
  json_builder_set_member_name (builder, name);
  if (isfinite (degrees))
    json_builder_add_double_value (builder, degrees);
  else
    json_builder_add_null_value (builder);
}

static void
add_temperatures (JsonBuilder *builder,
                  GVariant    *temperatures)
{
  GVariantIter iter;
  const char *heater;
  double actual;
  double target;

  json_builder_set_member_name (builder, "temperatures");
  json_builder_begin_object (builder);
  g_variant_iter_init (&iter, temperatures);
  while (g_variant_iter_next (&iter, "{&s(dd)}", &heater, &actual, &target))
    {
      json_builder_set_member_name (builder, heater);
      json_builder_begin_object (builder);
      add_temperature (builder, "actual", actual);
      add_temperature (builder, "target", target);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

/**
 * herald_printer_row_add_json:
 *
 * Adds an object with everything that is known of @printer.
 */
void
herald_printer_row_add_json (JsonBuilder        *builder,
                             HeraldDBusPrinter1 *printer)
{
  json_builder_begin_object (builder);
  herald_output_add_text (builder, "id", herald_dbus_printer1_get_id (printer));
  herald_output_add_text (builder, "name", herald_dbus_printer1_get_name (printer));
  herald_output_add_text (builder, "url", herald_dbus_printer1_get_url (printer));
  json_builder_set_member_name (builder, "enabled");
  json_builder_add_boolean_value (builder, herald_dbus_printer1_get_enabled (printer));
  herald_output_add_text (builder, "connection", herald_dbus_printer1_get_connection (printer));
  herald_output_add_text (builder, "state", herald_dbus_printer1_get_state (printer));
  herald_output_add_text (builder, "state_text", herald_dbus_printer1_get_state_text (printer));
  herald_output_add_text (builder, "error", herald_dbus_printer1_get_error (printer));
  herald_output_add_text (builder, "file", herald_dbus_printer1_get_file (printer));
  herald_output_add_number (builder, "progress", herald_dbus_printer1_get_progress (printer));
  herald_output_add_seconds (builder, "elapsed", herald_dbus_printer1_get_elapsed (printer));
  herald_output_add_seconds (builder, "remaining", herald_dbus_printer1_get_remaining (printer));
  herald_output_add_text (builder, "remaining_origin",
                          herald_dbus_printer1_get_remaining_origin (printer));
  herald_output_add_text (builder, "finishes_at", herald_dbus_printer1_get_finishes_at (printer));
  add_temperatures (builder, herald_dbus_printer1_get_temperatures (printer));
  herald_output_add_text (builder, "version", herald_dbus_printer1_get_version (printer));
  json_builder_end_object (builder);
}

/**
 * herald_printer_row_add_array:
 * @printers: (element-type HeraldDBusPrinter1):
 *
 * Adds the member `printers`.
 */
void
herald_printer_row_add_array (JsonBuilder *builder,
                              GPtrArray   *printers)
{
  json_builder_set_member_name (builder, "printers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < printers->len; i++)
    herald_printer_row_add_json (builder, g_ptr_array_index (printers, i));
  json_builder_end_array (builder);
}

/* How the ids of the API are told to people. */
static const struct
{
  const char *id;
  const char *words;
  HeraldTone tone;
} conditions[] = {
  { "connecting", N_("connecting"), HERALD_TONE_BUSY },
  { "unreachable", N_("not reachable"), HERALD_TONE_BAD },
  { "starting", N_("starting"), HERALD_TONE_BUSY },
  { "unauthorized", N_("key refused"), HERALD_TONE_BAD },
  { "untrusted", N_("not trusted"), HERALD_TONE_BAD },
  { "disabled", N_("switched off"), HERALD_TONE_DIM },
  { "offline", N_("offline"), HERALD_TONE_DIM },
  { "operational", N_("ready"), HERALD_TONE_GOOD },
  { "printing", N_("printing"), HERALD_TONE_GOOD },
  { "pausing", N_("pausing"), HERALD_TONE_BUSY },
  { "paused", N_("paused"), HERALD_TONE_BUSY },
  { "resuming", N_("resuming"), HERALD_TONE_BUSY },
  { "finishing", N_("finishing"), HERALD_TONE_GOOD },
  { "cancelling", N_("cancelling"), HERALD_TONE_BUSY },
  { "transferring", N_("copying"), HERALD_TONE_BUSY },
  { "error", N_("error"), HERALD_TONE_BAD },
  { "unknown", N_("unknown"), HERALD_TONE_DIM },
};

static void
add_condition (HeraldTable        *table,
               HeraldDBusPrinter1 *printer)
{
  const char *connection = herald_dbus_printer1_get_connection (printer);
  const char *id = g_strcmp0 (connection, "connected") == 0
                     ? herald_dbus_printer1_get_state (printer)
                     : connection;

  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
    {
      if (g_strcmp0 (conditions[i].id, id) == 0)
        {
          herald_table_add (table, _(conditions[i].words), conditions[i].tone);
          return;
        }
    }

  herald_table_add (table, id, HERALD_TONE_PLAIN);
}

static char *
format_progress (double percent)
{
  g_autofree char *bar = NULL;

  if (!isfinite (percent) || percent < 0)
    return g_strdup ("");

  bar = herald_human_format_bar (percent, BAR_CELLS);

  return g_strdup_printf ("%s %3.0f %%", bar, CLAMP (percent, 0, 100));
}

static char *
format_temperatures (GVariant *temperatures)
{
  GString *text = g_string_new (NULL);
  GVariantIter iter;
  const char *heater;
  double actual;
  double target;

  g_variant_iter_init (&iter, temperatures);
  while (g_variant_iter_next (&iter, "{&s(dd)}", &heater, &actual, &target))
    {
      g_string_append_printf (text, "%s%s %.0f", text->len > 0 ? "  " : "", heater, actual);
      if (target > 0)
        g_string_append_printf (text, "/%.0f", target);
      g_string_append (text, " °C");
    }

  return g_string_free (text, FALSE);
}

static void
add_row (HeraldTable        *table,
         HeraldDBusPrinter1 *printer)
{
  g_autofree char *progress = format_progress (herald_dbus_printer1_get_progress (printer));
  g_autofree char *left = herald_human_format_duration (
      herald_dbus_printer1_get_remaining (printer));
  g_autofree char *temperatures = format_temperatures (
      herald_dbus_printer1_get_temperatures (printer));

  herald_table_add (table, herald_dbus_printer1_get_id (printer), HERALD_TONE_PLAIN);
  herald_table_add (table, herald_dbus_printer1_get_name (printer), HERALD_TONE_PLAIN);
  add_condition (table, printer);
  herald_table_add (table, progress, HERALD_TONE_PLAIN);
  herald_table_add (table, left, HERALD_TONE_PLAIN);
  herald_table_add (table, herald_dbus_printer1_get_file (printer), HERALD_TONE_PLAIN);
  herald_table_add (table, temperatures, HERALD_TONE_DIM);
}

/**
 * herald_printer_row_print:
 * @printers: (element-type HeraldDBusPrinter1):
 *
 * Prints a table of them, and below it what is wrong with each.
 */
void
herald_printer_row_print (GPtrArray *printers)
{
  const char *const headings[] = { _("ID"),   _("NAME"), _("STATE"),        _("PROGRESS"),
                                   _("LEFT"), _("FILE"), _("TEMPERATURES"), NULL };
  g_autoptr(HeraldTable) table = herald_table_new (headings);

  for (guint i = 0; i < printers->len; i++)
    add_row (table, g_ptr_array_index (printers, i));
  herald_table_print (table);

  for (guint i = 0; i < printers->len; i++)
    {
      HeraldDBusPrinter1 *printer = g_ptr_array_index (printers, i);

      herald_output_print_field (herald_dbus_printer1_get_id (printer),
                                 herald_dbus_printer1_get_error (printer));
    }
}
