/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/printer-watch.h"

/**
 * WatchLedger:
 * @told: set of the dedupe keys that were told
 * @ended: set of the keys of prints whose outcome was told
 *
 * A watch, and the books that are kept of what it tells. They must add up after every step.
 */
typedef struct
{
  HeraldPrinterWatch *watch;
  gint64 now_ms;
  GHashTable *told;
  GHashTable *ended;
} WatchLedger;

void watch_ledger_init           (WatchLedger         *self,
                                  gint64               now_ms);
void watch_ledger_clear          (WatchLedger         *self);

void watch_ledger_say            (WatchLedger         *self,
                                  HeraldPrinterSignal  signal,
                                  HeraldValues        *values);
void watch_ledger_show           (WatchLedger         *self,
                                  HeraldPrinterState  *state);
void watch_ledger_wait           (WatchLedger         *self,
                                  gint64               ms);
void watch_ledger_put_clock_back (WatchLedger         *self,
                                  gint64               ms);
void watch_ledger_close_gap      (WatchLedger         *self,
                                  HeraldGap           *gap);
/* The program ends and begins anew; of the watch only the print is kept, as text. */
void watch_ledger_restart        (WatchLedger         *self);
