/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-properties"

#include "service/bus/printer-properties.h"

#include "core/base/text.h"

static GVariant *
make_temperatures (HeraldPrinterState *state)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{s(dd)}"));
  for (guint i = 0; i < state->temperatures->len; i++)
    {
      const HeraldTemperature *temperature = g_ptr_array_index (state->temperatures, i);

      g_variant_builder_add (&builder, "{s(dd)}", temperature->heater, temperature->actual,
                             temperature->target);
    }

  return g_variant_builder_end (&builder);
}

static char *
make_finish_time (HeraldPrinter *printer)
{
  gint64 finish_ms = herald_printer_get_finish_ms (printer);

  return finish_ms > 0 ? herald_text_format_time (finish_ms) : g_strdup ("");
}

static GVariant *
make_certificate (HeraldCertificate *certificate)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  if (certificate != NULL)
    {
      g_variant_builder_add (&builder, "{ss}", "subject", certificate->subject);
      g_variant_builder_add (&builder, "{ss}", "issuer", certificate->issuer);
      g_variant_builder_add (&builder, "{ss}", "fingerprint", certificate->fingerprint);
    }

  return g_variant_builder_end (&builder);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static void
update_server (HeraldDBusPrinter1 *object,
               HeraldPrinter      *printer)
{
  g_auto(GStrv) cameras = herald_printer_dup_cameras (printer);

  herald_dbus_printer1_set_id (object, herald_printer_get_id (printer));
  herald_dbus_printer1_set_name (object, herald_printer_get_name (printer));
  herald_dbus_printer1_set_url (object, herald_printer_get_url (printer));
  herald_dbus_printer1_set_enabled (object, herald_printer_get_enabled (printer));
  herald_dbus_printer1_set_settings (object, herald_values_to_variant (herald_printer_get_settings (printer)));
  herald_dbus_printer1_set_cameras (object, (const char *const *) cameras);
  herald_dbus_printer1_set_version (object, herald_printer_get_version (printer));
  herald_dbus_printer1_set_server_name (object, herald_printer_get_server_name (printer));
  herald_dbus_printer1_set_color (object, herald_printer_get_color (printer));
  herald_dbus_printer1_set_gap (object, herald_printer_get_gap (printer));
  herald_dbus_printer1_set_fallback (object, herald_printer_get_fallback (printer));
  herald_dbus_printer1_set_certificate (object, make_certificate (herald_printer_get_certificate (printer)));
}

static void
update_state (HeraldDBusPrinter1 *object,
              HeraldPrinter      *printer)
{
  HeraldPrinterState *state = herald_printer_get_state (printer);
  const char *problem = herald_printer_get_problem (printer);
  g_autofree const char **actions = herald_printer_action_list (herald_printer_get_actions (printer));

  herald_dbus_printer1_set_connection (object, herald_connection_to_string (herald_printer_get_connection (printer)));
  herald_dbus_printer1_set_error (object, or_empty (problem != NULL ? problem : state->error));
  herald_dbus_printer1_set_attention (object, herald_printer_get_attention (printer));
  herald_dbus_printer1_set_state (object, herald_state_id_to_string (state->id));
  herald_dbus_printer1_set_state_text (object, or_empty (state->text));
  herald_dbus_printer1_set_actions (object, actions);
  herald_dbus_printer1_set_file (object, or_empty (state->name));
  herald_dbus_printer1_set_origin (object, or_empty (state->origin));
  herald_dbus_printer1_set_user (object, or_empty (state->user));
}

/* Returns (transfer full): what has happened to a printer if one of it is different */
static char *
dup_situation (HeraldDBusPrinter1 *object)
{
  return g_strjoin ("\n", or_empty (herald_dbus_printer1_get_connection (object)),
                    or_empty (herald_dbus_printer1_get_state (object)), or_empty (herald_dbus_printer1_get_file (object)),
                    or_empty (herald_dbus_printer1_get_attention (object)), NULL);
}

/**
 * herald_printer_properties_update:
 *
 * Sets everything but figures that change all the time.
 *
 * Returns: whether something has happened to the printer, and not just to its figures
 */
gboolean
herald_printer_properties_update (HeraldDBusPrinter1 *object,
                                  HeraldPrinter      *printer)
{
  g_autofree char *before = dup_situation (object);
  g_autofree char *after = NULL;

  update_server (object, printer);
  update_state (object, printer);
  after = dup_situation (object);

  return !g_str_equal (before, after);
}

/**
 * herald_printer_properties_update_figures:
 *
 * Sets temperatures, height and how far a print is: of ten printers they would
 * be 440,000 messages a day.
 */
void
herald_printer_properties_update_figures (HeraldDBusPrinter1 *object,
                                          HeraldPrinter      *printer)
{
  HeraldPrinterState *state = herald_printer_get_state (printer);
  g_autofree char *finishes_at = make_finish_time (printer);

  herald_dbus_printer1_set_temperatures (object, make_temperatures (state));
  herald_dbus_printer1_set_progress (object, state->progress);
  herald_dbus_printer1_set_elapsed (object, state->elapsed_s);
  herald_dbus_printer1_set_remaining (object, state->remaining_s);
  herald_dbus_printer1_set_remaining_origin (object, or_empty (state->remaining_origin));
  herald_dbus_printer1_set_finishes_at (object, finishes_at);
  herald_dbus_printer1_set_height (object, state->height_mm);
  herald_dbus_printer1_set_layer (object, state->layer);
  herald_dbus_printer1_set_layers (object, state->layers);
}
