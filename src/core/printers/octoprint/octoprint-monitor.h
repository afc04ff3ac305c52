/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/clock.h"
#include "core/printers/octoprint/frame.h"
#include "core/printers/octoprint/octoprint-server.h"
#include "core/printers/print-journal.h"
#include "core/printers/printer-class.h"

G_BEGIN_DECLS

#define HERALD_TYPE_OCTOPRINT_MONITOR (herald_octoprint_monitor_get_type ())
G_DECLARE_FINAL_TYPE (HeraldOctoprintMonitor, herald_octoprint_monitor, HERALD, OCTOPRINT_MONITOR, GObject)

/* @printer: (not owned): gets states and events
 * @journal: (nullable): without one nothing is remembered */
HeraldOctoprintMonitor *herald_octoprint_monitor_new       (HeraldPrinter          *printer,
                                                            HeraldPrintJournal     *journal,
                                                            HeraldClock            *clock);

/* Begins with what is remembered. @alive_ms: when this program last ran; 0 if never */
void                    herald_octoprint_monitor_start     (HeraldOctoprintMonitor *self,
                                                            gint64                  alive_ms);
/* @server: who pushes, to be asked questions */
void                    herald_octoprint_monitor_take_push (HeraldOctoprintMonitor *self,
                                                            HeraldOctoprintServer  *server,
                                                            HeraldPushType          type,
                                                            JsonObject             *content);
/* Nothing will come until it comes again. @reason: a word for the journal */
void                    herald_octoprint_monitor_lose      (HeraldOctoprintMonitor *self,
                                                            const char             *reason);

/* (nullable): the print that is under way */
HeraldPrintJob         *herald_octoprint_monitor_get_job   (HeraldOctoprintMonitor *self);

G_END_DECLS
