/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldEventGroup:
 *
 * Where people look for a kind. In the order in which they are asked for most.
 */
typedef enum
{
  HERALD_GROUP_PRINTS,
  HERALD_GROUP_PROGRESS,
  HERALD_GROUP_ATTENTION,
  HERALD_GROUP_PRINTER,
  HERALD_GROUP_FILES,
  HERALD_GROUP_TIMELAPSE,
  HERALD_GROUP_SYSTEM,
} HeraldEventGroup;

#define HERALD_N_EVENT_GROUPS (HERALD_GROUP_SYSTEM + 1)

/* The stable name used on the bus */
const char *herald_event_group_get_id   (HeraldEventGroup group);
/* What people call it; untranslated */
const char *herald_event_group_get_name (HeraldEventGroup group);

G_END_DECLS
