/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-condition"

#include "window/base/condition.h"

#include <glib/gi18n-lib.h>

/* The last row of a table is for what a newer service may say. */
static const HeraldCondition printer_conditions[] = {
  { "connecting", N_("Connecting"), "content-loading-symbolic", NULL },
  { "unreachable", N_("Not reachable"), "network-offline-symbolic", "error" },
  { "starting", N_("Server is starting"), "content-loading-symbolic", NULL },
  { "unauthorized", N_("Key refused"), "changes-prevent-symbolic", "error" },
  { "untrusted", N_("Server not trusted"), "changes-prevent-symbolic", "error" },
  { "disabled", N_("Switched off"), "media-playback-stop-symbolic", "dim-label" },
  { "offline", N_("Printer offline"), "printer-symbolic", "dim-label" },
  { "operational", N_("Ready"), "printer-symbolic", "success" },
  { "printing", N_("Printing"), "printer-printing-symbolic", "accent" },
  { "pausing", N_("Pausing"), "media-playback-pause-symbolic", "warning" },
  { "paused", N_("Paused"), "media-playback-pause-symbolic", "warning" },
  { "resuming", N_("Resuming"), "media-playback-start-symbolic", "accent" },
  { "finishing", N_("Finishing"), "printer-printing-symbolic", "accent" },
  { "cancelling", N_("Cancelling"), "process-stop-symbolic", "warning" },
  { "transferring", N_("Copying a file"), "document-send-symbolic", NULL },
  { "error", N_("Error"), "printer-error-symbolic", "error" },
  { NULL, N_("Not known"), "dialog-question-symbolic", "dim-label" },
};

static const HeraldCondition delivery_conditions[] = {
  { "pending", N_("Waiting"), "content-loading-symbolic", "dim-label" },
  { "sending", N_("Being sent"), "document-send-symbolic", "accent" },
  { "committing", N_("Being sent"), "document-send-symbolic", "accent" },
  { "deferred", N_("Will be tried again"), "view-refresh-symbolic", "warning" },
  { "delivered", N_("Delivered"), "object-select-symbolic", "success" },
  { "probable", N_("Probably delivered"), "object-select-symbolic", "warning" },
  { "expired", N_("Too old to be sent"), "dialog-warning-symbolic", "warning" },
  { "superseded", N_("No longer needed"), "go-next-symbolic", "dim-label" },
  { "digested", N_("Part of a summary"), "go-next-symbolic", "dim-label" },
  { "rejected", N_("Refused"), "dialog-error-symbolic", "error" },
  { "quarantined", N_("Held back, please look at it"), "dialog-error-symbolic", "error" },
  { "cancelled", N_("Discarded"), "process-stop-symbolic", "dim-label" },
  { NULL, N_("Not known"), "dialog-question-symbolic", "dim-label" },
};

static const HeraldCondition *
find_condition (const HeraldCondition *table,
                const char            *id)
{
  while (table->id != NULL && g_strcmp0 (table->id, id) != 0)
    table++;

  return table;
}

/**
 * herald_condition_of_printer:
 * @connection: (nullable): of Printer1
 * @state: (nullable): of Printer1; counts only while there is a connection
 *
 * Returns: (transfer none): how the printer is doing
 */
const HeraldCondition *
herald_condition_of_printer (const char *connection,
                             const char *state)
{
  if (g_strcmp0 (connection, "connected") == 0)
    return find_condition (printer_conditions, state);

  return find_condition (printer_conditions, connection);
}

/**
 * herald_condition_of_delivery:
 * @state: (nullable): of a message in the history
 *
 * Returns: (transfer none): how the message is doing
 */
const HeraldCondition *
herald_condition_of_delivery (const char *state)
{
  return find_condition (delivery_conditions, state);
}
