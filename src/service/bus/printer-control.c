/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-control"

#include "service/bus/printer-control.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "service/bus/names.h"
#include "service/actions/printer-refusal.h"

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
  const char *refusal = NULL;
  g_autoptr(GError) error = NULL;

  if (!herald_printer_action_from_string (action, &wanted))
    g_set_error_literal (&error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                         _("A printer can be told to pause, resume, cancel, connect or disconnect"));
  else if ((refusal = herald_printer_refusal_get (printer, wanted)) != NULL)
    g_set_error_literal (&error, HERALD_ERROR, HERALD_ERROR_REJECTED, refusal);

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
