/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/printer-state.h"

G_BEGIN_DECLS

/* What a person can have a printer do. */
typedef enum
{
  HERALD_ACTION_PAUSE = 1 << 0,
  HERALD_ACTION_RESUME = 1 << 1,
  HERALD_ACTION_CANCEL = 1 << 2,
  HERALD_ACTION_CONNECT = 1 << 3,
  HERALD_ACTION_DISCONNECT = 1 << 4,
} HeraldPrinterAction;

#define HERALD_ACTION_NONE ((HeraldPrinterAction) 0)

HeraldPrinterAction herald_printer_action_get_allowed (HeraldStateId         state);
const char         *herald_printer_action_to_string   (HeraldPrinterAction   action);
gboolean            herald_printer_action_from_string (const char           *name,
                                                       HeraldPrinterAction  *action);

/* (array zero-terminated=1) (transfer container): the names of those in @actions */
const char        **herald_printer_action_list        (HeraldPrinterAction   actions);

G_END_DECLS
