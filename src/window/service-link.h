/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "herald-dbus.h"

G_BEGIN_DECLS

/**
 * HeraldLinkState:
 * @HERALD_LINK_CONNECTING: it is being started, or asked what it has
 * @HERALD_LINK_ABSENT: the service does not run
 * @HERALD_LINK_RUNNING: the service answers
 */
typedef enum
{
  HERALD_LINK_CONNECTING,
  HERALD_LINK_ABSENT,
  HERALD_LINK_RUNNING,
} HeraldLinkState;

#define HERALD_TYPE_SERVICE_LINK (herald_service_link_get_type ())
G_DECLARE_FINAL_TYPE (HeraldServiceLink, herald_service_link, HERALD, SERVICE_LINK, GObject)

/* Signals: state-changed; delivery-changed: something in the history */
HeraldServiceLink  *herald_service_link_new              (void);
void                herald_service_link_start_service    (HeraldServiceLink *self);
HeraldLinkState     herald_service_link_get_state        (HeraldServiceLink *self);
const char         *herald_service_link_get_problem      (HeraldServiceLink *self);
/* Of #HeraldDBusPrinter1 and #HeraldDBusChannel1, by name; empty while the service does not run */
GListModel         *herald_service_link_get_printers     (HeraldServiceLink *self);
GListModel         *herald_service_link_get_channels     (HeraldServiceLink *self);
HeraldDBusService1 *herald_service_link_get_service      (HeraldServiceLink *self);
HeraldDBusPrinter1 *herald_service_link_ref_printer      (HeraldServiceLink *self,
                                                          const char        *id);
HeraldDBusChannel1 *herald_service_link_ref_channel      (HeraldServiceLink *self,
                                                          const char        *id);
char               *herald_service_link_dup_printer_name (HeraldServiceLink *self,
                                                          const char        *id);
char               *herald_service_link_dup_channel_name (HeraldServiceLink *self,
                                                          const char        *id);

G_END_DECLS
