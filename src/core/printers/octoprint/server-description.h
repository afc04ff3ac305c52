/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Some 1 KB of text, whatever name and model somebody has entered. */
#define HERALD_SERVER_DESCRIPTION_MAX_BYTES (64 * 1024)

/**
 * HeraldServerDescription:
 * @name: `OctoPrint instance "MK3"`; cleaned
 * @manufacturer: cleaned
 * @uuid: in lower case; empty if it is none
 *
 * What OctoPrint tells everybody at HERALD_SERVER_DESCRIPTION_PATH.
 */
typedef struct
{
  char *name;
  char *manufacturer;
  char *uuid;
} HeraldServerDescription;

#define HERALD_SERVER_DESCRIPTION_PATH "/plugin/discovery/discovery.xml"

HeraldServerDescription *herald_server_description_parse    (const char              *text,
                                                             gsize                    length);
void                     herald_server_description_free     (HeraldServerDescription *self);

char                    *herald_server_description_dup_uuid (const char              *foreign);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldServerDescription, herald_server_description_free)

G_END_DECLS
