/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-control"

#include "service/printer-control.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "service/names.h"

/* Why an action makes no sense now. */
static const struct
{
  HeraldPrinterAction action;
  const char *refusal;
} refusals[] = {
  { HERALD_ACTION_PAUSE, N_("Nothing is being printed that could be paused") },
  { HERALD_ACTION_RESUME, N_("No print is paused, so there is none to go on with") },
  { HERALD_ACTION_CANCEL, N_("Nothing is being printed that could be cancelled") },
  { HERALD_ACTION_CONNECT, N_("OctoPrint is connected to the printer already, or is just connecting") },
  { HERALD_ACTION_DISCONNECT, N_("The printer is busy, or OctoPrint is not connected to it") },
};

static const char *
get_refusal (HeraldPrinter       *printer,
             HeraldPrinterAction  action)
{
  if (!herald_printer_get_enabled (printer))
    return _("This printer is switched off in OctoHerald, so it cannot be told anything");
  if (herald_printer_get_connection (printer) != HERALD_CONNECTION_CONNECTED)
    return _("There is no connection to OctoPrint, so the printer cannot be told anything");

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      if (refusals[i].action == action)
        return _(refusals[i].refusal);
    }

  g_return_val_if_reached ("");
}

static void
on_control_ready (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GDBusMethodInvocation *invocation = G_DBUS_METHOD_INVOCATION (user_data);
  g_autoptr(GError) error = NULL;

  if (herald_printer_control_finish (HERALD_PRINTER (source), result, &error))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    herald_names_return_error (invocation, error);
}

/**
 * herald_printer_control_answer:
 * @action: its name, as it came over the bus
 * @taken_invocation: the call of Control; answered when the printer has done it, and consumed
 */
void
herald_printer_control_answer (HeraldPrinter         *printer,
                               const char            *action,
                               GCancellable          *cancellable,
                               GDBusMethodInvocation *taken_invocation)
{
  HeraldPrinterAction wanted = HERALD_ACTION_NONE;
  g_autoptr(GError) error = NULL;

  if (!herald_printer_action_from_string (action, &wanted))
    g_set_error_literal (&error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                         _("A printer can be told to pause, resume, cancel, connect or disconnect"));
  else if ((herald_printer_get_actions (printer) & wanted) == 0)
    g_set_error_literal (&error, HERALD_ERROR, HERALD_ERROR_REJECTED, get_refusal (printer, wanted));

  if (error != NULL)
    herald_names_return_error (taken_invocation, error);
  else
    herald_printer_control_async (printer, wanted, cancellable, on_control_ready, taken_invocation);
}

/**
 * herald_printer_control_answer_history:
 * @taken_invocation: the call of GetTemperatureHistory; answered and consumed
 */
void
herald_printer_control_answer_history (HeraldPrinter         *printer,
                                       GDBusMethodInvocation *taken_invocation)
{
  GVariant *points = herald_temperature_history_to_variant (herald_printer_get_temperatures (printer),
                                                            g_get_real_time () / 1000);

  g_dbus_method_invocation_return_value (taken_invocation, g_variant_new ("(@a(xa{s(dd)}))", points));
}
