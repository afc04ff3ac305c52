/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/events/event-group.h"

G_BEGIN_DECLS

typedef enum
{
  HERALD_KIND_OCTOPRINT_STARTED,
  HERALD_KIND_OCTOPRINT_STOPPED,
  HERALD_KIND_OCTOPRINT_UNREACHABLE,
  HERALD_KIND_OCTOPRINT_BACK,
  HERALD_KIND_PRINTER_OPERATIONAL,
  HERALD_KIND_PRINTER_OFFLINE,
  HERALD_KIND_PRINTER_ERROR,
  HERALD_KIND_PRINTER_UNKNOWN,
  HERALD_KIND_PRINT_STARTED,
  HERALD_KIND_PRINT_PROGRESS,
  HERALD_KIND_PRINT_PAUSED,
  HERALD_KIND_PRINT_RESUMED,
  HERALD_KIND_PRINT_CANCELLED,
  HERALD_KIND_PRINT_FAILED,
  HERALD_KIND_PRINT_DONE,
  HERALD_KIND_PRINT_FIRST_LAYER,
  HERALD_KIND_ATTENTION_NEEDED,
  HERALD_KIND_FILE_UPLOADED,
  HERALD_KIND_TRANSFER_STARTED,
  HERALD_KIND_TRANSFER_PROGRESS,
  HERALD_KIND_TRANSFER_DONE,
  HERALD_KIND_TRANSFER_FAILED,
  HERALD_KIND_TIMELAPSE_DONE,
  HERALD_KIND_TIMELAPSE_FAILED,
  HERALD_KIND_COOLED_DOWN,
  HERALD_KIND_TEST,
  HERALD_KIND_CUSTOM,
} HeraldEventKind;

#define HERALD_N_EVENT_KINDS (HERALD_KIND_CUSTOM + 1)

typedef enum
{
  HERALD_URGENCY_LOW,
  HERALD_URGENCY_NORMAL,
  HERALD_URGENCY_CRITICAL,
} HeraldUrgency;

/**
 * HeraldReach:
 * @HERALD_REACH_DESKTOP: somebody sits in front of it, or nobody
 * @HERALD_REACH_MAIL: read when there is time, kept
 * @HERALD_REACH_PUBLIC: posted in the user's name
 *
 * What kind of reader a channel has; old news gets stale at a different age for each.
 */
typedef enum
{
  HERALD_REACH_DESKTOP,
  HERALD_REACH_MAIL,
  HERALD_REACH_PUBLIC,
} HeraldReach;

#define HERALD_N_REACHES (HERALD_REACH_PUBLIC + 1)

/**
 * HeraldEventKindInfo:
 * @id: stable name, used in the configuration, on the command line and in the database
 * @group: where people look for it
 * @enabled: whether it is told unless the user says otherwise
 * @name: what people call it; untranslated
 * @title: default title; untranslated template
 * @text: default text; untranslated template
 * @variables: (array zero-terminated=1): names that templates of this kind can use
 *   beside those every kind has
 * @pictures: (array zero-terminated=1): those that can go with it (`none snapshot thumbnail timelapse`); the first
 *   one does unless the user says otherwise
 * @lifetime: seconds after which the news is too old to be told, by reach
 */
typedef struct
{
  const char *id;
  HeraldEventGroup group;
  gboolean enabled;
  HeraldUrgency urgency;
  const char *name;
  const char *title;
  const char *text;
  const char *const *variables;
  const char *const *pictures;
  guint lifetime[HERALD_N_REACHES];
} HeraldEventKindInfo;

const HeraldEventKindInfo *herald_event_kind_get_info     (HeraldEventKind  kind);
/* Whether it is how a print ended: each print has one of them */
gboolean                   herald_event_kind_is_outcome   (HeraldEventKind  kind);
const char *const         *herald_event_kind_get_commons  (void);
gboolean                   herald_event_kind_from_id      (const char      *id,
                                                           HeraldEventKind *kind);
gboolean                   herald_event_kind_has_variable (HeraldEventKind  kind,
                                                           const char      *name);

const char                *herald_urgency_to_id           (HeraldUrgency    urgency);
gboolean                   herald_urgency_from_id         (const char      *id,
                                                           HeraldUrgency   *urgency);

G_END_DECLS
