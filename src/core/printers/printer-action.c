/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-action"

#include "core/printers/printer-action.h"

static const struct
{
  HeraldPrinterAction action;
  const char *name;
} rows[] = {
  { HERALD_ACTION_PAUSE, "pause" },
  { HERALD_ACTION_RESUME, "resume" },
  { HERALD_ACTION_CANCEL, "cancel" },
  { HERALD_ACTION_CONNECT, "connect" },
  { HERALD_ACTION_DISCONNECT, "disconnect" },
};

/**
 * herald_printer_action_get_allowed:
 *
 * A server takes more than that and does nothing, e.g. to resume while it is still pausing; so it is we who say what makes sense.
 *
 * Returns: what a printer in that state can be told to do
 */
HeraldPrinterAction
herald_printer_action_get_allowed (HeraldStateId state)
{
  switch (state)
    {
    case HERALD_STATE_PRINTING:
      return HERALD_ACTION_PAUSE | HERALD_ACTION_CANCEL;
    case HERALD_STATE_PAUSED:
      return HERALD_ACTION_RESUME | HERALD_ACTION_CANCEL;
    case HERALD_STATE_RESUMING:
    case HERALD_STATE_PAUSING:
      return HERALD_ACTION_CANCEL;
    case HERALD_STATE_OPERATIONAL:
      return HERALD_ACTION_DISCONNECT;
    case HERALD_STATE_OFFLINE:
    case HERALD_STATE_ERROR:
      return HERALD_ACTION_CONNECT;
    case HERALD_STATE_CONNECTING:
    case HERALD_STATE_FINISHING:
    case HERALD_STATE_CANCELLING:
    case HERALD_STATE_TRANSFERRING:
    case HERALD_STATE_UNKNOWN:
    default:
      return HERALD_ACTION_NONE;
    }
}

const char *
herald_printer_action_to_string (HeraldPrinterAction action)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (rows[i].action == action)
        return rows[i].name;
    }

  g_return_val_if_reached ("");
}

/**
 * herald_printer_action_from_string:
 * @name: e.g. `pause`
 * @action: (out): set only if @name is known
 *
 * Returns: whether @name is an action
 */
gboolean
herald_printer_action_from_string (const char          *name,
                                   HeraldPrinterAction *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (g_strcmp0 (rows[i].name, name) == 0)
        {
          *action = rows[i].action;
          return TRUE;
        }
    }

  return FALSE;
}

const char **
herald_printer_action_list (HeraldPrinterAction actions)
{
  const char **names = g_new0 (const char *, G_N_ELEMENTS (rows) + 1);
  guint n_names = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if ((actions & rows[i].action) != 0)
        names[n_names++] = rows[i].name;
    }

  return names;
}
