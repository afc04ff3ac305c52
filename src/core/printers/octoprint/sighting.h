/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/discovery/network-service.h"
#include "core/printers/found-printer.h"
#include "core/printers/octoprint/server-description.h"

G_BEGIN_DECLS

/**
 * HeraldSighting:
 * @name: what a person calls the server
 * @uuid: empty if it was not told
 * @user: (nullable): login of a proxy
 * @host_url: (nullable): by name; nicer, and stays when the address changes
 * @address_url: by address
 *
 * A server, seen once in one way. One server is seen in several.
 */
typedef struct
{
  HeraldFoundBy found_by;
  char *name;
  char *version;
  char *uuid;
  char *user;
  char *host_url;
  char *address_url;
} HeraldSighting;

HeraldSighting *herald_sighting_new_from_service     (const HeraldNetworkService    *service);
HeraldSighting *herald_sighting_new_from_description (const char                    *url,
                                                      const HeraldServerDescription *description);
void            herald_sighting_free                 (HeraldSighting                *self);

char           *herald_sighting_strip_name           (const char                    *name);

/* Where OctoPrint is whose description is at @location; NULL if it is somebody else's */
char           *herald_sighting_read_location        (const char                    *location);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldSighting, herald_sighting_free)

G_END_DECLS
