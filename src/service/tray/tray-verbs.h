/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"
#include "service/actions/launcher.h"
#include "service/tray/tray-item.h"

G_BEGIN_DECLS

/* Whose id stands behind the point of an action’s name */
typedef enum
{
  HERALD_TRAY_SUBJECT_NONE,
  HERALD_TRAY_SUBJECT_PRINTER,
  HERALD_TRAY_SUBJECT_CHANNEL,
  HERALD_TRAY_SUBJECT_PAGE,
} HeraldTraySubject;

/* A switch is on or off; a target is a string that says what exactly is meant. */
typedef enum
{
  HERALD_TRAY_VERB_PLAIN,
  HERALD_TRAY_VERB_SWITCH,
  HERALD_TRAY_VERB_TARGET,
} HeraldTrayVerbType;

/* What verbs work with; borrowed. @item: whose token lets a window come to the front; @actions: of which the signal quit is
 * emitted; @cancellable: of what takes longer */
typedef struct
{
  HeraldEngine *engine;
  HeraldLauncher *launcher;
  HeraldTrayItem *item;
  GActionGroup *actions;
  GCancellable *cancellable;
} HeraldTrayStage;

typedef struct _HeraldTrayVerb HeraldTrayVerb;

/**
 * HeraldTrayVerb:
 * @name: of the action, before the point
 * @activate: @id: (nullable): behind the point; @target: (nullable)
 * @action: what a printer is told, if it is told anything
 * @mute_ms: for how long nothing is told; 0 ends it
 *
 * Something that can be chosen in the menu; a row of a static table.
 */
struct _HeraldTrayVerb
{
  const char *name;
  HeraldTraySubject subject;
  void (*activate) (const HeraldTrayStage *stage,
                    const HeraldTrayVerb  *verb,
                    const char            *id,
                    const char            *target);
  HeraldTrayVerbType type;
  HeraldPrinterAction action;
  gint64 mute_ms;
};

/* (array length=n_verbs) */
const HeraldTrayVerb *herald_tray_verbs_get_all    (guint                *n_verbs);
const HeraldTrayVerb *herald_tray_verbs_find       (const char           *name,
                                                    const char          **id);
gboolean              herald_tray_verbs_is_enabled (const HeraldTrayVerb *verb,
                                                    GObject              *subject);

G_END_DECLS
