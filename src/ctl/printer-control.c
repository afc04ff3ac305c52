/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-control"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "core/base/text.h"
#include "ctl/failure.h"
#include "ctl/input.h"
#include "ctl/output.h"
#include "ctl/printer-commands.h"

#define NAME_MAX_CHARS 200

/* The commands are called as the actions are on the bus. */
static const struct
{
  const char *action;
  const char *done;
} rows[] = {
  { "pause", N_("The print is paused.") },
  { "resume", N_("The print goes on.") },
  { "cancel", N_("The print is cancelled.") },
  { "connect", N_("OctoPrint is connected to the printer.") },
  { "disconnect", N_("OctoPrint is disconnected from the printer.") },
};

static const char *
get_done (const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (g_str_equal (rows[i].action, action))
        return _(rows[i].done);
    }

  return "";
}

/* What is refused anyway is not asked about. */
static gboolean
can_cancel (HeraldDBusPrinter1 *printer)
{
  const char *const *actions = herald_dbus_printer1_get_actions (printer);

  return actions != NULL && g_strv_contains (actions, "cancel");
}

static gboolean
confirm (HeraldDBusPrinter1  *printer,
         GError             **error)
{
  g_autofree char *file = herald_text_clean (herald_dbus_printer1_get_file (printer), NAME_MAX_CHARS);
  g_autofree char *name = herald_text_clean (herald_dbus_printer1_get_name (printer), NAME_MAX_CHARS);
  g_autofree char *question = NULL;

  if (*file != '\0')
    /* Translators: the name of a file, the name of a printer */
    question = g_strdup_printf (_("Really cancel the print of “%s” on “%s”?"), file, name);
  else
    question = g_strdup_printf (_("Really cancel the print on “%s”?"), name);

  return herald_input_confirm (question) ||
         herald_failure_set_refused (error, _("The print is not cancelled"));
}

gboolean
herald_printer_run_control (HeraldCall  *call,
                            GError     **error)
{
  const char *action = call->command->verb;
  gboolean is_cancel = g_str_equal (action, "cancel");
  gboolean json = FALSE;
  gboolean yes = FALSE;
  const GOptionEntry yes_entry = { "yes", 'y', 0, G_OPTION_ARG_NONE, &yes, N_("Do not ask"), NULL };
  const GOptionEntry entries[] = {
    HERALD_PRINTER_JSON_ENTRY (json), is_cancel ? yes_entry : (GOptionEntry) { NULL }, { NULL }
  };
  g_autoptr(HeraldDBusPrinter1) printer = herald_printer_parse_for_one (call, entries, error);
  GError *cause = NULL;

  if (printer == NULL)
    return FALSE;
  if (is_cancel && !yes && isatty (STDIN_FILENO) && can_cancel (printer) && !confirm (printer, error))
    return FALSE;

  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (printer), HERALD_PRINTER_LIMIT_MS);
  if (!herald_dbus_printer1_call_control_sync (printer, action, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  if (json)
    herald_output_print_word ("id", call->words[0], TRUE);
  else
    g_print ("%s\n", get_done (action));

  return TRUE;
}
