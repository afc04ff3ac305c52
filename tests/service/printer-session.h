/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"
#include "fixtures/fake-printer.h"
#include "herald-dbus.h"
#include "service/bus/printer-object.h"
#include "service/bus/service-object.h"

G_BEGIN_DECLS

#define PRINTER_SESSION_PAGE "http://fake/plugin/appkeys/auth/0123"

/* A private bus with the service's objects on it and one fake printer, `mk3`. */
typedef struct
{
  char *directory;
  HeraldEngine *engine;
  FakePrinter *printer;
  GDBusConnection *connection;
  HeraldServiceObject *service;
  GDBusObjectManagerServer *manager;
  HeraldDBusPrinter1 *object;
  guint name_id;
  gboolean has_name;
} PrinterSession;

/* The end of a call or a program; answers come in the order they were asked for. */
typedef struct
{
  gboolean done;
  GVariant *value;
  GError *error;
  char *output;
  char *problem;
  int status;
} PrinterSessionAnswer;

int          printer_session_run           (void);
void         printer_session_set_up        (PrinterSession       *self,
                                            gconstpointer         data);
void         printer_session_tear_down     (PrinterSession       *self,
                                            gconstpointer         data);
void         printer_session_remove        (PrinterSession       *self);

void         printer_session_call          (PrinterSession       *self,
                                            PrinterSessionAnswer *answer,
                                            const char           *method,
                                            GVariant             *arguments);
/* @words: one line, separated by spaces */
GSubprocess *printer_session_start_ctl     (PrinterSession       *self,
                                            PrinterSessionAnswer *answer,
                                            const char           *words);
/* A person sits there; @terminal: (out): the other side of it, to be closed, does not block */
GSubprocess *printer_session_start_ctl_at_terminal (PrinterSession       *self,
                                                    PrinterSessionAnswer *answer,
                                                    const char           *words,
                                                    int                  *terminal);
void         printer_session_await         (gboolean (*condition) (gpointer data),
                                            gpointer              data);
void         printer_session_await_answer  (PrinterSessionAnswer *answer);
void         printer_session_await_task    (PrinterSession       *self);
void         printer_session_assert_error  (PrinterSessionAnswer *answer,
                                            const char           *name);
void         printer_session_assert_end    (PrinterSessionAnswer *answer,
                                            int                   status,
                                            const char           *output,
                                            const char           *problem);
void         printer_session_clear_answer  (PrinterSessionAnswer *answer);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PrinterSessionAnswer, printer_session_clear_answer)

G_END_DECLS
