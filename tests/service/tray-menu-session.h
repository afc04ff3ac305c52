/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fixtures/tray-host.h"
#include "service/tray/tray-menu.h"

/* A menu on the bus, with actions quit, off (disabled), pause (of a printer), muted (yes or no) and mute-for (hour, day). */
typedef struct
{
  TrayHost host;
  GMenu *model;
  GSimpleActionGroup *actions;
  HeraldTrayMenu *menu;
  GString *done;
} TrayMenuSession;

void      tray_menu_session_set_up        (TrayMenuSession  *self,
                                           gconstpointer     data);
void      tray_menu_session_tear_down     (TrayMenuSession  *self,
                                           gconstpointer     data);

/* @arguments: as GVariant text */
GVariant *tray_menu_session_call          (TrayMenuSession  *self,
                                           const char       *method,
                                           const char       *arguments,
                                           GError          **error);
void      tray_menu_session_assert_answer (TrayMenuSession  *self,
                                           const char       *method,
                                           const char       *arguments,
                                           const char       *expected);
void      tray_menu_session_assert_error  (TrayMenuSession  *self,
                                           const char       *method,
                                           const char       *arguments,
                                           int               code);
void      tray_menu_session_click         (TrayMenuSession  *self,
                                           int               id);
/* A line for each item: number, label, and what is unusual about it */
void      tray_menu_session_assert_menu   (TrayMenuSession  *self,
                                           const char       *expected);
void      tray_menu_session_assert_told   (TrayMenuSession  *self,
                                           const char       *expected);
