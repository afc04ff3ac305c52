/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The longest name that is compared, in bytes; a longer one is near to none */
#define HERALD_NEAREST_NAME_MAX 64

/**
 * HeraldNearestName:
 * @wanted: what somebody typed, in small letters
 * @found: (nullable): the nearest name so far; borrowed
 * @distance: how many slips of a finger @found is away
 *
 * A search for the name somebody may have meant.
 */
typedef struct
{
  char wanted[HERALD_NEAREST_NAME_MAX + 1];
  const char *found;
  guint distance;
} HeraldNearestName;

void herald_nearest_name_init (HeraldNearestName *self,
                               const char        *typed,
                               gsize              length);
void herald_nearest_name_try  (HeraldNearestName *self,
                               const char        *name);

G_END_DECLS
