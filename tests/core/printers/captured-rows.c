/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-captured-rows"

#include "captured-rows.h"

#define ALL "1. 2."
#define ONE "1."
#define TWO "2."
#define MADE "made/"

/* One message for one incident, whatever the server says of it, twice, late or never. */
const CapturedRow captured_rows[] = {
  /* A print, and states that come late: after PrintDone one still says that it prints */
  { ALL, "print-done", "print-started print-progress:50 print-done" },
  { ALL, "pause-resume", "print-started print-paused print-resumed print-progress:50 print-done" },
  { ALL, "upload", "file-uploaded print-started file-uploaded print-progress:50 print-done" },
  /* Heated up for minutes at 2 %, then printed in two seconds */
  { ALL, "heat-up", "print-started print-done cooled-down" },

  /* PrintCancelled and PrintFailed are one cancelled print */
  { ALL, "cancel", "print-started print-cancelled" },
  { ALL, "sd-cancel", "print-started print-cancelled" },

  /* Error, Disconnected, PrintFailed and the state that shows it are one failed print */
  { ALL, "firmware-error", "print-started print-failed" },
  { ALL, "cable-pulled", "print-started print-failed" },
  { ONE, "lost-while-paused-cable", "print-started print-paused print-failed/inferred" },
  { TWO, "lost-while-paused-cable", "print-started print-paused print-failed" },
  { ONE, "lost-while-paused-disconnect", "print-started print-paused print-failed/inferred" },
  { TWO, "lost-while-paused-disconnect", "print-started print-paused print-failed" },
  { ALL, "restart-in-print", "print-started print-failed/inferred" },

  /* The printer calls: one call, and no pause beside it */
  { ALL, "m0", "print-started attention-needed print-resumed print-progress:50 print-done" },
  { ALL, "m0-allowed", "print-started attention-needed print-resumed print-progress:50 print-done" },
  { ALL, "filament-change", "print-started attention-needed print-resumed print-done" },
  { ALL, "action-pause", "print-started attention-needed print-resumed print-progress:50 print-done" },
  { ALL, "action-paused", "print-started attention-needed print-resumed print-progress:50 print-done" },
  { ALL, "paused-for-user-logs", "print-started attention-needed print-progress:50 print-done" },
  /* Without its terminal nobody can know */
  { ALL, "paused-for-user", "print-started print-progress:50 print-done" },
  { ALL, "prompt", "attention-needed" },

  /* The printer's own card */
  { ALL, "sd-print", "print-started print-progress:50 print-done" },
  { ALL, "sd-started-at-printer", "print-started print-progress:50 print-done" },
  { "1.8.7 1.11.8 2.", "sd-transfer", "transfer-started file-uploaded transfer-done" },
  { "1.10.3", "sd-transfer", "transfer-started file-uploaded transfer-progress:50 transfer-done" },
  { ALL, "sd-transfer-cancelled", "transfer-started file-uploaded transfer-failed" },
  /* What 2.0.0rc7 says to be printed is only copied */
  { TWO, "sd-print-swallowed", "transfer-started file-uploaded transfer-done" },

  { ALL, "timelapse-done", "print-started print-progress:50 print-done timelapse-done cooled-down" },
  { ALL, "timelapse-failed", "print-started print-progress:50 print-done timelapse-failed" },

  /* The state may show it before the event says it */
  { ALL, "connect-disconnect", "printer-offline printer-operational" },

  /* Whom we see for the first time has no past */
  { ALL, "history-done", "" },
  { ALL, "history-printing", "" },
  { ALL, "history-paused", "" },
  { ALL, "history-offline", "" },
  { ALL, "history-after-error", "" },

  /* About us, not about the printer */
  { ALL, "reauth-logout", "" },
  { ALL, "reauth-modified", "" },
  { ALL, "reauth-stale", "" },

  /* Made by hand, for servers too old to be run */
  { MADE, "print-done",
    "print-started print-first-layer print-progress:50 print-done cooled-down cooled-down" },
  { MADE, "cancel", "print-started print-cancelled" },
  { MADE, "firmware-error", "print-started print-failed" },
  { MADE, "error-without-print", "printer-error" },
  { MADE, "cable-pulled", "print-started print-failed" },
  { MADE, "cable-pulled-idle", "printer-offline" },
  { MADE, "cable-pulled-idle-state-first", "printer-offline" },
  { MADE, "lost-while-paused", "print-started print-paused print-failed/inferred" },
  { MADE, "paused-for-user", "print-started attention-needed print-progress:50 print-done" },
  { MADE, "m0", "print-started attention-needed print-resumed print-progress:50 print-done" },
  { MADE, "filament-change", "print-started attention-needed print-resumed print-progress:50 print-done" },
  { MADE, "suppressed-command", "" },
  { MADE, "empty-payloads", "printer-operational" },
  { MADE, "timelapse-done", "timelapse-done" },
  { MADE, "unknown-state", "printer-unknown" },
  { MADE, "sd-transfer", "transfer-started file-uploaded transfer-progress:50 transfer-done" },
  { MADE, "first-layer-by-plugin", "print-started print-first-layer print-progress:50 print-done" },
  /* Less than a second, and nobody is needed */
  { MADE, "short-stop", "print-started print-progress:50 print-done" },
};

const guint n_captured_rows = G_N_ELEMENTS (captured_rows);

#define KILLED "Thermal Runaway, system stopped! Heater_ID: bed - Printer halted. kill() called!"
#define LOST "The connection to the printer was lost."

const CapturedValue captured_values[] = {
  { ALL, "print-done", "print-started", "file", "short" },
  { ALL, "print-done", "print-started", "name", "short.gcode" },
  { ALL, "print-done", "print-started", "path", "short.gcode" },
  { ALL, "print-done", "print-started", "origin", "local" },
  { ALL, "print-done", "print-started", "size", "694" },
  { ONE, "print-done", "print-started", "user", "admin" },
  { ONE, "print-done", "print-started", "owner", "admin" },
  { TWO, "print-done", "print-started", "user", NULL },
  { ALL, "print-done", "print-progress", "reason", "percent" },
  { ALL, "print-done", "print-progress", "height", "0.60" },
  { ALL, "print-done", "print-done", "file", "short" },
  { ALL, "print-done", "print-done", "time", "6" },
  { ALL, "print-done", "print-done", "time_formatted", "00:00:06" },
  { ALL, "print-done", "print-done", "spent", "6" },
  { ALL, "print-done", "print-done", "remaining", "0" },
  { ALL, "print-done", "print-done", "progress", "100" },
  { ALL, "print-done", "print-done", "away", NULL },
  { ONE, "print-done", "print-done", "filament", "4 mm" },
  { ALL, "print-done", "print-done", "owner", "admin" },
  { ALL, "print-done", "print-started", "eta", NULL },
  { ONE, "pause-resume", "print-paused", "user", "admin" },
  { TWO, "pause-resume", "print-paused", "user", "admin" },
  { "1.10.3 1.11.8 2.", "pause-resume", "print-paused", "progress", "38" },
  { ALL, "pause-resume", "print-done", "time", "6" },
  /* The state of the print came before the event, and did not know whose it is */
  { ONE, "pause-resume", "print-progress", "owner", "admin" },
  { ALL, "upload", "file-uploaded", "name", "part.gcode" },
  { ALL, "upload", "file-uploaded", "origin", "local" },
  { ALL, "upload", "file-uploaded", "file", "part" },
  { ALL, "upload", "file-uploaded", "size", NULL },
  { ALL, "heat-up", "cooled-down", "heater", "The hotend" },
  { ALL, "heat-up", "cooled-down", "threshold", "80" },
  { ALL, "heat-up", "cooled-down", "file", "warm" },

  { ALL, "cancel", "print-cancelled", "time", "3" },
  { ALL, "cancel", "print-cancelled", "user", "admin" },
  { "1.10.3 1.11.8 2.", "cancel", "print-cancelled", "progress", "3" },
  { "1.8.7", "cancel", "print-cancelled", "progress", "2" },
  { ALL, "cancel", "print-cancelled", "error", NULL },
  { ALL, "cancel", "print-cancelled", "position", NULL },

  { ALL, "firmware-error", "print-failed", "error", KILLED },
  { ALL, "firmware-error", "print-failed", "reason", "error" },
  { ALL, "firmware-error", "print-failed", "file", "long" },
  { ALL, "firmware-error", "print-failed", "time", "3" },
  { "1.10.3 1.11.8 2.", "firmware-error", "print-failed", "progress", "3" },
  { ALL, "cable-pulled", "print-failed", "error", LOST },
  { ALL, "cable-pulled", "print-failed", "time", "3" },
  { ALL, "lost-while-paused-cable", "print-failed", "error", LOST },
  { ALL, "lost-while-paused-cable", "print-failed", "progress", "2" },
  { ONE, "lost-while-paused-cable", "print-failed", "time", "2" },
  { TWO, "lost-while-paused-cable", "print-failed", "time", "4" },
  { ALL, "lost-while-paused-disconnect", "print-failed", "error", LOST },
  { ALL, "restart-in-print", "print-failed", "error",
    "It was interrupted while nobody watched; how it ended is not known." },
  { ALL, "restart-in-print", "print-failed", "file", "long" },
  { "1.8.7", "restart-in-print", "print-failed", "progress", "1" },
  { "1.10.3 1.11.8", "restart-in-print", "print-failed", "progress", "2" },

  { ALL, "m0", "attention-needed", "question", "Put the nuts in" },
  { ALL, "m0", "attention-needed", "reason", "The print waits until somebody goes on with it." },
  { "1.10.3 1.11.8 2.", "m0", "attention-needed", "progress", "51" },
  { ALL, "m0", "attention-needed", "file", "stop" },
  { ALL, "m0-allowed", "attention-needed", "reason", "The print waits until somebody goes on with it." },
  { ALL, "m0-allowed", "attention-needed", "question", NULL },
  { ALL, "filament-change", "attention-needed", "reason", "The filament is to be changed." },
  { ALL, "filament-change", "attention-needed", "question", "Heater Timeout" },
  { ALL, "action-pause", "attention-needed", "reason", "The printer itself has paused the print." },
  { ALL, "action-paused", "attention-needed", "reason", "The printer itself has paused the print." },
  { ALL, "paused-for-user-logs", "attention-needed", "reason", "It waits for somebody, perhaps for new filament." },
  { ALL, "prompt", "attention-needed", "reason", "It asks a question." },
  { ALL, "prompt", "attention-needed", "question", "Is the bed empty?" },
  { ALL, "prompt", "attention-needed", "file", NULL },

  { ALL, "sd-print", "print-started", "file", "from-t~1" },
  { ONE, "sd-print", "print-done", "origin", "sdcard" },
  { TWO, "sd-print", "print-done", "origin", "printer" },
  { ALL, "sd-started-at-printer", "print-started", "user", NULL },
  { "1.8.7", "sd-started-at-printer", "print-done", "file", "starte~1" },
  { "1.10.3 1.11.8", "sd-started-at-printer", "print-done", "file", "started-by-hand" },
  { ONE, "sd-transfer", "transfer-started", "name", "to-the-card.gcode" },
  { ONE, "sd-transfer", "transfer-done", "local", "to-the-card.gcode" },
  { TWO, "sd-transfer", "transfer-done", "name", "to-the~1.gco" },
  { ALL, "sd-transfer-cancelled", "transfer-failed", "time", "1" },
  { TWO, "sd-print-swallowed", "transfer-done", "name", "swallo~1.gco" },

  { ALL, "timelapse-done", "timelapse-done", "gcode", "short.gcode" },
  { ALL, "timelapse-done", "cooled-down", "heater", "The bed" },
  { ALL, "timelapse-failed", "timelapse-failed", "reason", "returncode" },
  { ALL, "timelapse-failed", "timelapse-failed", "returncode", "1" },
  { ALL, "timelapse-failed", "timelapse-failed", "error", "Conversion failed!" },
  { ALL, "timelapse-failed", "timelapse-failed", "file", "short" },

  { MADE, "print-done", "print-done", "time", "14" },
  { MADE, "print-done", "print-first-layer", "height", "0.40" },
  { MADE, "cancel", "print-cancelled", "position", "X 100.0 Y 120.5 Z 14.2" },
  { MADE, "lost-while-paused", "print-paused", "position", "X 100.0 Y 120.5 Z 14.2" },
  { MADE, "lost-while-paused", "print-failed", "error", LOST },
  { MADE, "lost-while-paused", "print-failed", "progress", "12" },
  { MADE, "firmware-error", "print-failed", "error", "Thermal Runaway, system stopped! Heater_ID: 0" },
  { MADE, "error-without-print", "printer-error", "error", "MINTEMP triggered, system stopped!" },
  { MADE, "cable-pulled", "print-failed", "error", LOST },
  { MADE, "paused-for-user", "attention-needed", "file", "cube" },
  { "made/1.4.2", "m0", "attention-needed", "reason", "The printer itself has paused the print." },
  { "made/1.5.3", "m0", "attention-needed", "question", "Turn the part over" },
  { MADE, "filament-change", "attention-needed", "reason", "The filament is to be changed." },
  { MADE, "filament-change", "attention-needed", "question", "Nozzle parked" },
  { MADE, "timelapse-done", "timelapse-done", "movie_basename", "cube_20210101120000.mp4" },
  { MADE, "sd-transfer", "transfer-done", "time", "8" },
  { MADE, "first-layer-by-plugin", "print-progress", "layer", "3" },
  { MADE, "first-layer-by-plugin", "print-progress", "layers", "120" },
};

const guint n_captured_values = G_N_ELEMENTS (captured_values);
