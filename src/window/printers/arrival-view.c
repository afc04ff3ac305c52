/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-arrival-view"

#include "window/printers/arrival-view.h"

#include <glib/gi18n-lib.h>

static const HeraldArrivalView views[HERALD_N_ARRIVAL_STEPS] = {
  [HERALD_ARRIVAL_LOST] = { "network-offline-symbolic", "dim-label", N_("The Printer Is Not There"),
                            N_("It was removed, or OctoHerald is just starting again."), NULL, NULL, FALSE },
  [HERALD_ARRIVAL_CONNECTING] = { NULL, NULL, N_("Connecting…"), N_("OctoHerald is calling the printer’s server."), NULL, NULL,
                                  FALSE },
  [HERALD_ARRIVAL_ASKING] = { NULL, NULL, N_("Asking OctoPrint…"), N_("A page will open in your browser."), NULL,
                              N_("_Cancel"), FALSE },
  [HERALD_ARRIVAL_WAITING] = { NULL, NULL, N_("Allow OctoHerald in Your Browser"),
                               N_("OctoPrint has opened there. Log in if it asks you to, then press “Allow”."),
                               N_("_Open the Page Again"), N_("_Cancel"), FALSE },
  [HERALD_ARRIVAL_LOCKED_OUT] = { "changes-prevent-symbolic", "accent", N_("OctoPrint Has to Let OctoHerald In"),
                                  N_("A page opens in your browser, where you allow it. OctoHerald never learns your password."),
                                  N_("_Ask OctoPrint for Access"), NULL, TRUE },
  [HERALD_ARRIVAL_REFUSED] = { "dialog-warning-symbolic", "warning", N_("No Access Yet"), NULL, N_("_Ask Again"), NULL, TRUE },
  [HERALD_ARRIVAL_UNTRUSTED] = { "dialog-warning-symbolic", "warning", N_("Is This Your Printer?"), NULL,
                                 N_("_Trust This Server"), NULL, FALSE },
  [HERALD_ARRIVAL_UNREACHABLE] = { "network-offline-symbolic", "warning", N_("The Printer Does Not Answer"), NULL,
                                   N_("_Try Again"), NULL, FALSE },
  [HERALD_ARRIVAL_DISABLED] = { "media-playback-stop-symbolic", "dim-label", N_("Switched Off"),
                                N_("OctoHerald does not watch this printer at the moment."), N_("_Switch On"), NULL, FALSE },
  [HERALD_ARRIVAL_THERE] = { "object-select-symbolic", "success", N_("The Printer Is Being Watched"),
                             N_("What it does appears on the page of the printers."), NULL, NULL, FALSE },
};

/* Without a key a server is asked for one first. */
static HeraldArrivalStep
find_without_key (const char *access,
                  gboolean    is_asking)
{
  if (g_strcmp0 (access, "refused") == 0 || g_strcmp0 (access, "failed") == 0)
    return HERALD_ARRIVAL_REFUSED;

  return is_asking ? HERALD_ARRIVAL_ASKING : HERALD_ARRIVAL_LOCKED_OUT;
}

/**
 * herald_arrival_step_find:
 * @is_asking: whether the server was asked for access, and nobody knows the page yet
 */
HeraldArrivalStep
herald_arrival_step_find (HeraldDBusPrinter1 *printer,
                          gboolean            is_asking)
{
  const char *connection = printer != NULL ? herald_dbus_printer1_get_connection (printer) : NULL;
  const char *access = printer != NULL ? herald_dbus_printer1_get_access_state (printer) : NULL;

  if (connection == NULL)
    return HERALD_ARRIVAL_LOST;
  if (g_str_equal (connection, "connected"))
    return HERALD_ARRIVAL_THERE;
  if (g_str_equal (connection, "untrusted"))
    return HERALD_ARRIVAL_UNTRUSTED;
  if (g_str_equal (connection, "disabled"))
    return HERALD_ARRIVAL_DISABLED;
  if (g_strcmp0 (access, "waiting") == 0)
    return is_asking ? HERALD_ARRIVAL_ASKING : HERALD_ARRIVAL_WAITING;
  if (g_str_equal (connection, "unauthorized"))
    return find_without_key (access, is_asking);
  if (is_asking)
    return HERALD_ARRIVAL_ASKING;
  if (g_str_equal (connection, "unreachable"))
    return HERALD_ARRIVAL_UNREACHABLE;

  return HERALD_ARRIVAL_CONNECTING;
}

const HeraldArrivalView *
herald_arrival_view_get (HeraldArrivalStep step)
{
  return &views[step];
}
