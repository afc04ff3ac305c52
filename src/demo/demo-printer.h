/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "demo/demo-clock.h"
#include "demo/demo-job.h"

G_BEGIN_DECLS

typedef enum
{
  /* All is well again */
  HERALD_DEMO_FAULT_NONE,
  /* Last until another of these or NONE */
  HERALD_DEMO_FAULT_SILENCE,
  HERALD_DEMO_FAULT_NO_AUTH_REPLY,
  HERALD_DEMO_FAULT_REDIRECT,
  HERALD_DEMO_FAULT_NOT_OCTOPRINT,
  HERALD_DEMO_FAULT_UNAVAILABLE,
  HERALD_DEMO_FAULT_REVOKED,
  HERALD_DEMO_FAULT_NO_STATUS,
  /* Not reachable; the print goes on (restart: it is forgotten) */
  HERALD_DEMO_FAULT_REFUSE,
  HERALD_DEMO_FAULT_AWAY,
  HERALD_DEMO_FAULT_STARTING,
  HERALD_DEMO_FAULT_RESTART,
  /* Traits: go with each other and with all of the above, and last until NONE */
  HERALD_DEMO_FAULT_LONG_HISTORY,
  HERALD_DEMO_FAULT_NULL_JOB,
  HERALD_DEMO_FAULT_VERSION_2,
  HERALD_DEMO_FAULT_OLD,
  HERALD_DEMO_FAULT_SEVERAL,
  HERALD_DEMO_FAULT_LATE_HISTORY,
  HERALD_DEMO_FAULT_CLOCK_OFF,
  HERALD_DEMO_FAULT_NO_WEBSOCKET,
  HERALD_DEMO_FAULT_NO_FILES_PERMISSION,
  HERALD_DEMO_FAULT_NO_MARKINGS,
  /* Happen once, to every socket that is open */
  HERALD_DEMO_FAULT_DROP,
  HERALD_DEMO_FAULT_CLOSE_FRAME,
  HERALD_DEMO_FAULT_GARBAGE,
  HERALD_DEMO_FAULT_HUGE,
  HERALD_DEMO_FAULT_DEEP,
  HERALD_DEMO_FAULT_HALF_FRAME,
  HERALD_DEMO_FAULT_FRAGMENTS,
  HERALD_DEMO_FAULT_LOGOUT,
  /* Happen once, to the printer */
  HERALD_DEMO_FAULT_CABLE,
  HERALD_DEMO_FAULT_FIRMWARE,
  /* Happen once, to a file */
  HERALD_DEMO_FAULT_COUNTERS_RESET,
  HERALD_DEMO_FAULT_FILE_DELETED,
  HERALD_DEMO_FAULT_FILE_REPLACED,
} HeraldDemoFault;

#define HERALD_DEMO_N_FAULTS (HERALD_DEMO_FAULT_FILE_REPLACED + 1)

#define HERALD_TYPE_DEMO_PRINTER (herald_demo_printer_get_type ())
G_DECLARE_FINAL_TYPE (HeraldDemoPrinter, herald_demo_printer, HERALD, DEMO_PRINTER, GObject)

/* demo-printer.c */
HeraldDemoPrinter *herald_demo_printer_new           (const char             *name,
                                                      const char             *key,
                                                      guint16                 port,
                                                      double                  speed,
                                                      GError                **error);
void               herald_demo_printer_set_clock     (HeraldDemoPrinter      *self,
                                                      HeraldDemoClock        *clock);
HeraldDemoClock   *herald_demo_printer_get_clock     (HeraldDemoPrinter      *self);
const char        *herald_demo_printer_get_name      (HeraldDemoPrinter      *self);
guint16            herald_demo_printer_get_port      (HeraldDemoPrinter      *self);
char              *herald_demo_printer_dup_url       (HeraldDemoPrinter      *self);
HeraldDemoJob     *herald_demo_printer_get_job       (HeraldDemoPrinter      *self);
guint              herald_demo_printer_get_n_keyed   (HeraldDemoPrinter      *self);
gboolean           herald_demo_printer_is_watched    (HeraldDemoPrinter      *self);
gboolean           herald_demo_printer_print         (HeraldDemoPrinter      *self,
                                                      const char             *file,
                                                      double                  seconds,
                                                      HeraldDemoOutcome       outcome);
gboolean           herald_demo_printer_start         (HeraldDemoPrinter      *self,
                                                      const HeraldDemoPrint  *print);
void               herald_demo_printer_say           (HeraldDemoPrinter      *self,
                                                      HeraldDemoSays          what,
                                                      const char             *type,
                                                      JsonNode               *payload);
void               herald_demo_printer_add_log       (HeraldDemoPrinter      *self,
                                                      const char             *line);

/* demo-access.c */
void               herald_demo_printer_decide_access (HeraldDemoPrinter      *self,
                                                      gboolean                allow);

/* demo-faults.c */
gboolean           herald_demo_printer_find_fault    (const char             *name,
                                                      HeraldDemoFault        *fault);
void               herald_demo_printer_play_fault    (HeraldDemoPrinter      *self,
                                                      HeraldDemoFault         fault,
                                                      double                  seconds,
                                                      const char             *what);
void               herald_demo_printer_set_clock_off (HeraldDemoPrinter      *self,
                                                      gint64                  seconds);

G_END_DECLS
