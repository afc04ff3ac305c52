/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "demo/demo-job.h"

G_BEGIN_DECLS

typedef enum
{
  /* All is well again */
  HERALD_DEMO_FAULT_NONE,
  /* Last until another fault or NONE */
  HERALD_DEMO_FAULT_SILENCE,
  HERALD_DEMO_FAULT_NO_AUTH_REPLY,
  HERALD_DEMO_FAULT_LONG_HISTORY,
  HERALD_DEMO_FAULT_NULL_JOB,
  HERALD_DEMO_FAULT_VERSION_2,
  HERALD_DEMO_FAULT_SEVERAL,
  HERALD_DEMO_FAULT_REDIRECT,
  HERALD_DEMO_FAULT_NOT_OCTOPRINT,
  HERALD_DEMO_FAULT_UNAVAILABLE,
  HERALD_DEMO_FAULT_REVOKED,
  HERALD_DEMO_FAULT_NO_STATUS,
  HERALD_DEMO_FAULT_REFUSE,
  HERALD_DEMO_FAULT_STARTING,
  /* Happen once, to every socket that is open */
  HERALD_DEMO_FAULT_DROP,
  HERALD_DEMO_FAULT_CLOSE_FRAME,
  HERALD_DEMO_FAULT_GARBAGE,
  HERALD_DEMO_FAULT_HUGE,
  HERALD_DEMO_FAULT_DEEP,
  HERALD_DEMO_FAULT_HALF_FRAME,
  HERALD_DEMO_FAULT_FRAGMENTS,
  HERALD_DEMO_FAULT_LOGOUT,
  HERALD_DEMO_FAULT_CABLE,
} HeraldDemoFault;

#define HERALD_TYPE_DEMO_PRINTER (herald_demo_printer_get_type ())
G_DECLARE_FINAL_TYPE (HeraldDemoPrinter, herald_demo_printer, HERALD, DEMO_PRINTER, GObject)

HeraldDemoPrinter *herald_demo_printer_new          (const char         *name,
                                                     const char         *key,
                                                     guint16             port,
                                                     double              speed,
                                                     GError            **error);

const char        *herald_demo_printer_get_name     (HeraldDemoPrinter  *self);
guint16            herald_demo_printer_get_port     (HeraldDemoPrinter  *self);
char              *herald_demo_printer_dup_url      (HeraldDemoPrinter  *self);
HeraldDemoJob     *herald_demo_printer_get_job      (HeraldDemoPrinter  *self);
guint              herald_demo_printer_get_n_keyed  (HeraldDemoPrinter  *self);
gboolean           herald_demo_printer_is_watched   (HeraldDemoPrinter  *self);

gboolean           herald_demo_printer_print        (HeraldDemoPrinter  *self,
                                                     const char         *file,
                                                     double              seconds,
                                                     HeraldDemoOutcome   outcome);
gboolean           herald_demo_printer_find_fault   (const char         *name,
                                                     HeraldDemoFault    *fault);
void               herald_demo_printer_play_fault   (HeraldDemoPrinter  *self,
                                                     HeraldDemoFault     fault,
                                                     double              seconds,
                                                     const char         *location);

G_END_DECLS
