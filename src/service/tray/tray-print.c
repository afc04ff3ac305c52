/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-print"

#include "service/tray/tray-print.h"

static GQuark
get_quark (void)
{
  return g_quark_from_static_string ("herald-tray-print");
}

static void
on_event_detected (HeraldPrinter *printer,
                   HeraldEvent   *event,
                   gpointer       user_data)
{
  if (event->kind == HERALD_KIND_PRINT_STARTED || herald_event_kind_is_outcome (event->kind))
    g_object_set_qdata_full (G_OBJECT (printer), get_quark (), g_strdup (event->dedupe), g_free);
}

/* What is noticed lives as long as the printer: an icon that is switched off and on does not forget it. */
void
herald_tray_print_follow (HeraldPrinter *printer)
{
  if (g_object_get_qdata (G_OBJECT (printer), get_quark ()) != NULL)
    return;

  g_object_set_qdata_full (G_OBJECT (printer), get_quark (), g_strdup (""), g_free);
  g_signal_connect (printer, "event-detected", G_CALLBACK (on_event_detected), NULL);
}

/**
 * herald_tray_print_dup_key:
 *
 * The file, as a print may begin while we do not hear of it, and the last that was heard of a begin or an end.
 */
char *
herald_tray_print_dup_key (HeraldPrinter *printer)
{
  HeraldPrinterState *state = herald_printer_get_state (printer);
  const char *heard = g_object_get_qdata (G_OBJECT (printer), get_quark ());

  if (!herald_state_id_has_job (state->id))
    return g_strdup ("");

  return g_strjoin ("\n", state->path != NULL ? state->path : "", heard, NULL);
}
