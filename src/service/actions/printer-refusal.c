/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-refusal"

#include "service/actions/printer-refusal.h"

#include <glib/gi18n-lib.h>

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

const char *
herald_printer_refusal_get (HeraldPrinter       *printer,
                            HeraldPrinterAction  action)
{
  if ((herald_printer_get_actions (printer) & action) != 0)
    return NULL;
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
