/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-mute"

#include <glib/gi18n-lib.h>

#include "ctl/failure.h"
#include "ctl/output.h"
#include "ctl/printer-commands.h"

/* “printer mute” and “printer unmute” */
gboolean
herald_printer_run_mute (HeraldCall  *call,
                         GError     **error)
{
  gboolean mutes = g_str_equal (call->command->verb, "mute");
  gboolean json = FALSE;
  const GOptionEntry entries[] = { HERALD_PRINTER_JSON_ENTRY (json), { NULL } };
  g_autoptr(HeraldDBusPrinter1) printer = herald_printer_parse_for_one (call, entries, error);
  GError *cause = NULL;

  if (printer == NULL)
    return FALSE;
  if (mutes ? !herald_dbus_printer1_call_mute_print_sync (printer, NULL, &cause)
            : !herald_dbus_printer1_call_unmute_print_sync (printer, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  if (json)
    herald_output_print_word ("id", call->words[0], TRUE);
  else
    g_print ("%s\n", mutes ? _("Nothing more is told of this print, unless something goes wrong.")
                           : _("What happens to this print is told again."));

  return TRUE;
}
