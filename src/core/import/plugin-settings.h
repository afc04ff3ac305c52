/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "core/events/event-kind.h"
#include "core/import/import-plan.h"

G_BEGIN_DECLS

/* What a plugin of OctoPrint keeps: a value is missing where nobody has changed it. */

/* (transfer full) (nullable): a text on one line, also of a number; NULL if there is none or it is empty */
char    *herald_plugin_dup_text    (JsonObject *settings,
                                    const char *name);
/* The same, to the letter: spaces belong to a password */
char    *herald_plugin_dup_secret  (JsonObject *settings,
                                    const char *name);
gboolean herald_plugin_get_switch  (JsonObject *settings,
                                    const char *name,
                                    gboolean    fallback);
gint64   herald_plugin_get_whole   (JsonObject *settings,
                                    const char *name,
                                    gint64      fallback);
double   herald_plugin_get_number  (JsonObject *settings,
                                    const char *name,
                                    double      fallback);

/**
 * HeraldPluginEvent:
 * @id: as OctoTweet and Octorant call it
 * @kind: as we call it
 * @picture: whether a picture goes with it unless somebody has changed that
 * @checksum: (nullable): begin of the SHA-256 of the words it comes with, by which they are known where they are sent along
 *
 * A message of OctoTweet, which has been made of Octorant.
 */
typedef struct
{
  const char *id;
  HeraldEventKind kind;
  gboolean picture;
  const char *checksum;
} HeraldPluginEvent;

const HeraldPluginEvent *herald_plugin_events_get    (guint                   *n_events);
/* (transfer full) (nullable): its words in our language; NULL if nobody has changed them, or there are none */
char                    *herald_plugin_event_dup_words (const HeraldPluginEvent *self,
                                                      JsonObject              *event,
                                                      HeraldImportPlan        *plan);

/* Says that scripts are left, if there are any */
void                     herald_plugin_tell_scripts  (JsonObject              *settings,
                                                      HeraldImportPlan        *plan,
                                                      const char              *source);

G_END_DECLS
