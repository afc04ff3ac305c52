/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "herald-dbus.h"

G_BEGIN_DECLS

#define HERALD_CLIENT_BUS_NAME "io.github.octoherald.OctoHerald.Service"

/**
 * HeraldClient:
 * @service: Service1
 * @manager: has the printers and channels
 *
 * The running service, as seen over the bus.
 */
typedef struct
{
  HeraldDBusService1 *service;
  GDBusObjectManager *manager;
} HeraldClient;

HeraldClient       *herald_client_new           (GError       **error);
void                herald_client_free          (HeraldClient  *self);

/* Of HeraldDBusPrinter1 and HeraldDBusChannel1, by name */
GPtrArray          *herald_client_dup_printers  (HeraldClient  *self);
GPtrArray          *herald_client_dup_channels  (HeraldClient  *self);

HeraldDBusPrinter1 *herald_client_find_printer  (HeraldClient  *self,
                                                 const char    *id,
                                                 GError       **error);
HeraldDBusChannel1 *herald_client_find_channel  (HeraldClient  *self,
                                                 const char    *id,
                                                 GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldClient, herald_client_free)

G_END_DECLS
