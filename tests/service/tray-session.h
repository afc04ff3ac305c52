/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fixtures/shown-printers.h"
#include "fixtures/tray-host.h"
#include "service/tray/tray-display.h"

G_BEGIN_DECLS

#define TRAY_SESSION_ITEM "org.kde.StatusNotifierItem"
#define TRAY_SESSION_PATH "/StatusNotifierItem"

/* An engine with one fake printer, `p1`, that prints; its icon and a panel */
typedef struct
{
  TrayHost host;
  char *directory;
  HeraldEngine *engine;
  HeraldLauncher *launcher;
  HeraldTrayDisplay *display;
  FakePrinter *printer;
} TraySession;

/* Runs the tests with folders and a bus of their own; begin() comes first of all in main() */
void  tray_session_begin          (void);
int   tray_session_run            (void);

void  tray_session_set_up         (TraySession   *self,
                                   gconstpointer  data);
void  tray_session_tear_down      (TraySession   *self,
                                   gconstpointer  data);

/* A panel comes, and has drawn the icon. */
void  tray_session_show           (TraySession   *self);
/* All is told, and long enough ago that the next change is told at once. */
void  tray_session_settle         (TraySession   *self);
void  tray_session_wait_ms        (guint          ms);
void  tray_session_set_progress   (TraySession   *self,
                                   double         progress);
void  tray_session_assert_tooltip (TraySession   *self,
                                   const char    *expected);
void  tray_session_await_state    (TraySession   *self,
                                   HeraldTrayState state);

G_END_DECLS
