/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/values.h"

G_BEGIN_DECLS

/* What Avahi answers when it is asked where a service is */
#define HERALD_NETWORK_SERVICE_REPLY "(iissssisqaayu)"

/**
 * HeraldNetworkService:
 * @name: of this instance of the service; cleaned
 * @host: `octopi.local`; empty if it is no proper name
 * @address: an IPv4 or IPv6 address, without a zone
 * @txt: what it tells of itself; keys in lower case, values cleaned
 *
 * A service that somebody announces in the local network. May hold a password
 * in @txt: it is not to be kept, nor logged.
 */
typedef struct
{
  char *name;
  char *host;
  char *address;
  guint16 port;
  HeraldValues *txt;
} HeraldNetworkService;

HeraldNetworkService *herald_network_service_read (GVariant             *reply);
void                  herald_network_service_free (HeraldNetworkService *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldNetworkService, herald_network_service_free)

G_END_DECLS
