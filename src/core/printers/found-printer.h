/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  HERALD_FOUND_BY_MDNS = 1 << 0,
  HERALD_FOUND_BY_SSDP = 1 << 1,
} HeraldFoundBy;

/**
 * HeraldFoundPrinter:
 * @name: what the server calls itself; cleaned
 * @url: its address, normalised
 * @version: of the server; empty if not told
 * @uuid: stays when the address changes; empty if not told
 * @user: (nullable): login of a proxy, if the server announces one
 * @addresses: (array zero-terminated=1): normalised, all that it was found by, @url among them
 *
 * A server that was found in the network. Never changed once it is made.
 */
typedef struct
{
  char *name;
  char *url;
  char *version;
  char *uuid;
  char *user;
  char **addresses;
  HeraldFoundBy found_by;
} HeraldFoundPrinter;

#define HERALD_TYPE_FOUND_PRINTER (herald_found_printer_get_type ())

GType               herald_found_printer_get_type (void);

/* Copies what is in @content; texts and addresses may be NULL. */
HeraldFoundPrinter *herald_found_printer_new      (const HeraldFoundPrinter *content);
HeraldFoundPrinter *herald_found_printer_ref      (HeraldFoundPrinter       *self);
void                herald_found_printer_unref    (HeraldFoundPrinter       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldFoundPrinter, herald_found_printer_unref)

G_END_DECLS
