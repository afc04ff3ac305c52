/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-row"

#include "ctl/printer-row.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "core/base/text.h"
#include "core/base/time-words.h"
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

static void
add_strings (JsonBuilder       *builder,
             const char        *name,
             const char *const *strings)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (; strings != NULL && *strings != NULL; strings++)
    json_builder_add_string_value (builder, *strings);
  json_builder_end_array (builder);
}

/**
 * herald_printer_row_add_certificate:
 * @certificate: (nullable): an a{ss}; nothing in it means that there is none
 *
 * Adds the member `certificate`.
 */
void
herald_printer_row_add_certificate (JsonBuilder *builder,
                                    GVariant    *certificate)
{
  static const char *const names[] = { "subject", "issuer", "fingerprint" };

  json_builder_set_member_name (builder, "certificate");
  if (certificate == NULL || g_variant_n_children (certificate) == 0)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = NULL;

      g_variant_lookup (certificate, names[i], "&s", &value);
      herald_output_add_text (builder, names[i], value);
    }
  json_builder_end_object (builder);
}

static void
add_job (JsonBuilder        *builder,
         HeraldDBusPrinter1 *printer)
{
  herald_output_add_text (builder, "file", herald_dbus_printer1_get_file (printer));
  herald_output_add_text (builder, "origin", herald_dbus_printer1_get_origin (printer));
  herald_output_add_text (builder, "user", herald_dbus_printer1_get_user (printer));
  herald_output_add_number (builder, "progress", herald_dbus_printer1_get_progress (printer));
  herald_output_add_seconds (builder, "elapsed", herald_dbus_printer1_get_elapsed (printer));
  herald_output_add_seconds (builder, "remaining", herald_dbus_printer1_get_remaining (printer));
  herald_output_add_text (builder, "remaining_origin",
                          herald_dbus_printer1_get_remaining_origin (printer));
  herald_output_add_text (builder, "finishes_at", herald_dbus_printer1_get_finishes_at (printer));
  herald_output_add_number (builder, "height", herald_dbus_printer1_get_height (printer));
  herald_output_add_seconds (builder, "layer", herald_dbus_printer1_get_layer (printer));
  herald_output_add_seconds (builder, "layers", herald_dbus_printer1_get_layers (printer));
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
  herald_output_add_text (builder, "attention", herald_dbus_printer1_get_attention (printer));
  add_job (builder, printer);
  add_temperatures (builder, herald_dbus_printer1_get_temperatures (printer));
  herald_output_add_text (builder, "version", herald_dbus_printer1_get_version (printer));
  herald_output_add_text (builder, "server_name", herald_dbus_printer1_get_server_name (printer));
  herald_output_add_text (builder, "color", herald_dbus_printer1_get_color (printer));
  add_strings (builder, "actions", herald_dbus_printer1_get_actions (printer));
  add_strings (builder, "cameras", herald_dbus_printer1_get_cameras (printer));
  json_builder_set_member_name (builder, "print_muted");
  json_builder_add_boolean_value (builder, herald_dbus_printer1_get_print_muted (printer));
  herald_output_add_text (builder, "gap", herald_dbus_printer1_get_gap (printer));
  herald_output_add_text (builder, "fallback", herald_dbus_printer1_get_fallback (printer));
  herald_printer_row_add_certificate (builder, herald_dbus_printer1_get_certificate (printer));
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
  { "starting", N_("OctoPrint is starting"), HERALD_TONE_BUSY },
  { "unauthorized", N_("key refused"), HERALD_TONE_BAD },
  { "untrusted", N_("certificate not trusted"), HERALD_TONE_BAD },
  { "disabled", N_("switched off"), HERALD_TONE_DIM },
  { "offline", N_("printer off"), HERALD_TONE_DIM },
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

/* What a person can do about it, if that is clear. Returns: (nullable) (transfer full): */
static char *
make_advice (HeraldDBusPrinter1 *printer)
{
  const char *id = herald_dbus_printer1_get_id (printer);
  const char *connection = herald_dbus_printer1_get_connection (printer);

  /* A locked keyring and the login of a proxy look the same from here */
  if (g_strcmp0 (connection, "unauthorized") == 0)
    return g_strdup_printf (_("If the key is missing or wrong: octoheraldctl printer request-access %s"), id);
  if (g_strcmp0 (connection, "untrusted") == 0)
    return g_strdup_printf (_("Look at the certificate: octoheraldctl printer check %s"), id);

  return NULL;
}

/* Returns: (nullable) (transfer full): */
static char *
make_call (const char *attention)
{
  if (attention == NULL || *attention == '\0')
    return NULL;

  /* Translators: a sentence that says why */
  return g_strdup_printf (_("The printer needs you. %s"), attention);
}

/* What is wrong, then what else there is to say: whole sentences have no room in a table. */
static void
print_notes (HeraldDBusPrinter1 *printer)
{
  g_autofree char *advice = make_advice (printer);
  g_autofree char *attention = make_call (herald_dbus_printer1_get_attention (printer));
  const char *const notes[] = {
    herald_dbus_printer1_get_error (printer),
    attention,
    advice,
    herald_dbus_printer1_get_fallback (printer),
    herald_dbus_printer1_get_gap (printer),
  };
  g_autoptr(GString) lines = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      if (notes[i] != NULL && *notes[i] != '\0')
        g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "", notes[i]);
    }
  herald_output_print_field (herald_dbus_printer1_get_id (printer), lines->str);
}

/**
 * herald_printer_row_print:
 * @printers: (element-type HeraldDBusPrinter1):
 *
 * Prints a table of them, and below it what there is to say about each.
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
    print_notes (g_ptr_array_index (printers, i));
}

static char *
format_height (HeraldDBusPrinter1 *printer)
{
  double height = herald_dbus_printer1_get_height (printer);
  gint64 layer = herald_dbus_printer1_get_layer (printer);
  gint64 layers = herald_dbus_printer1_get_layers (printer);
  GString *text = g_string_new (NULL);

  if (isfinite (height) && height > 0)
    g_string_append_printf (text, "%.2f mm", height);
  if (layer > 0 && text->len > 0)
    g_string_append (text, ", ");
  if (layer > 0 && layers > 0)
    /* Translators: the layer being printed, and how many there are, e.g. “layer 12 of 250” */
    g_string_append_printf (text, _("layer %d of %d"), (int) layer, (int) layers);
  else if (layer > 0)
    /* Translators: the layer being printed, e.g. “layer 12” */
    g_string_append_printf (text, _("layer %d"), (int) layer);

  return g_string_free (text, FALSE);
}

/* “in 1 h 30 min, 15:40” */
static char *
format_finish (HeraldDBusPrinter1 *printer)
{
  const char *finishes_at = herald_dbus_printer1_get_finishes_at (printer);
  g_autofree char *relative = herald_human_format_moment (finishes_at,
                                                          g_get_real_time () / G_USEC_PER_SEC);
  g_autoptr(GDateTime) moment = finishes_at != NULL ? g_date_time_new_from_iso8601 (finishes_at, NULL)
                                                    : NULL;
  g_autoptr(GDateTime) local = moment != NULL ? g_date_time_to_local (moment) : NULL;
  g_autofree char *clock = local != NULL ? herald_time_words_format_clock (local) : NULL;

  return clock != NULL ? g_strconcat (relative, herald_text_get_comma (), clock, NULL) : g_strdup ("");
}

static char *
join (const char *const *words)
{
  return words != NULL ? g_strjoinv (herald_text_get_comma (), (char **) words) : g_strdup ("");
}

/**
 * herald_printer_row_print_one:
 *
 * Prints all that a person wants to know of @printer.
 */
void
herald_printer_row_print_one (HeraldDBusPrinter1 *printer)
{
  g_autoptr(GPtrArray) printers = g_ptr_array_new ();
  g_autofree char *elapsed = herald_human_format_duration (herald_dbus_printer1_get_elapsed (printer));
  g_autofree char *finish = format_finish (printer);
  g_autofree char *height = format_height (printer);
  g_autofree char *cameras = join (herald_dbus_printer1_get_cameras (printer));
  const char *server_name = herald_dbus_printer1_get_server_name (printer);

  g_ptr_array_add (printers, printer);
  herald_printer_row_print (printers);
  g_print ("\n");
  herald_output_print_field (_("Printing for"), elapsed);
  herald_output_print_field (_("Will finish"), finish);
  herald_output_print_field (_("Height"), height);
  herald_output_print_field (_("Started by"), herald_dbus_printer1_get_user (printer));
  herald_output_print_field (_("Storage"), herald_dbus_printer1_get_origin (printer));
  if (g_strcmp0 (server_name, herald_dbus_printer1_get_name (printer)) != 0)
    herald_output_print_field (_("Named there"), server_name);
  herald_output_print_field (_("Cameras"), cameras);
  herald_output_print_field (_("Address"), herald_dbus_printer1_get_url (printer));
  herald_output_print_field (_("OctoPrint"), herald_dbus_printer1_get_version (printer));
}
