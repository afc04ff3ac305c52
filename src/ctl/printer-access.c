/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-access"

#include <glib/gi18n-lib.h>

#include "ctl/page-wait.h"
#include "ctl/printer-commands.h"
#include "ctl/web-page.h"

static const HeraldPageWaitKind permission = {
  .method = "RequestAccess",
  .call_limit_ms = HERALD_PRINTER_LIMIT_MS,
  .cancel_method = "CancelAccess",
  .state = "AccessState",
  .problem = "AccessProblem",
  .until = "AccessUntil",
  .granted = "granted",
  /* OctoPrint gives a person ten minutes. */
  .limit_s = 15 * 60,
  .invitation = N_("Open this page, log in to OctoPrint and allow OctoHerald:"),
  .countdown = N_("Waiting for your permission, {time} left. Ctrl-C withdraws the request."),
  .thanks = N_("OctoPrint has given OctoHerald a key of its own. The printer is being watched."),
  .withdrawn = N_("The request was withdrawn"),
  .removed = N_("The printer was removed"),
  .late = N_("Nobody has decided. Ask again when you can log in to OctoPrint"),
};

gboolean
herald_printer_run_request_access (HeraldCall  *call,
                                   GError     **error)
{
  gboolean json = FALSE;
  gboolean no_browser = FALSE;
  const GOptionEntry entries[] = {
    { "no-browser", 0, 0, G_OPTION_ARG_NONE, &no_browser, N_("Do not open the page, only print its address"),
      NULL },
    HERALD_PRINTER_JSON_ENTRY (json),
    { NULL },
  };
  g_autoptr(HeraldDBusPrinter1) printer = herald_printer_parse_for_one (call, entries, error);
  HeraldPageWait wait = { .kind = &permission };

  if (printer == NULL)
    return FALSE;

  wait.object = G_DBUS_PROXY (printer);
  wait.manager = call->client->manager;
  wait.json = json;
  wait.opens_browser = !no_browser && herald_web_page_can_open ();

  return herald_page_wait_run (&wait, error);
}
