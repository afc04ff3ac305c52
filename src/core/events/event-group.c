/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-event-group"

#include "core/events/event-group.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *id;
  const char *name;
} groups[] = {
  [HERALD_GROUP_PRINTS] = { "prints", N_("Prints") },
  [HERALD_GROUP_PROGRESS] = { "progress", N_("Progress") },
  [HERALD_GROUP_ATTENTION] = { "attention", N_("Attention") },
  [HERALD_GROUP_PRINTER] = { "printer", N_("Printer") },
  [HERALD_GROUP_FILES] = { "files", N_("Files") },
  [HERALD_GROUP_TIMELAPSE] = { "timelapse", N_("Timelapse") },
  [HERALD_GROUP_SYSTEM] = { "system", N_("System") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (groups) == HERALD_N_EVENT_GROUPS);

const char *
herald_event_group_get_id (HeraldEventGroup group)
{
  g_return_val_if_fail (group < HERALD_N_EVENT_GROUPS, NULL);

  return groups[group].id;
}

const char *
herald_event_group_get_name (HeraldEventGroup group)
{
  g_return_val_if_fail (group < HERALD_N_EVENT_GROUPS, NULL);

  return groups[group].name;
}
