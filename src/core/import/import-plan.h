/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/values.h"
#include "core/events/event-kind.h"

G_BEGIN_DECLS

/* Nobody has more printers, and nobody reads more lines. */
#define HERALD_IMPORT_MAX_PRINTERS 100
#define HERALD_IMPORT_MAX_LINES 400

/**
 * HeraldImportOutcome:
 * @HERALD_IMPORT_TAKEN: it is here as it was there
 * @HERALD_IMPORT_CHANGED: it is here, but not quite as it was there
 * @HERALD_IMPORT_LEFT: it is not here
 */
typedef enum
{
  HERALD_IMPORT_TAKEN,
  HERALD_IMPORT_CHANGED,
  HERALD_IMPORT_LEFT,
} HeraldImportOutcome;

/* A line of the report: what it is about, in a few words, and what became of it, for a person */
typedef struct
{
  HeraldImportOutcome outcome;
  char *subject;
  char *sentence;
} HeraldImportLine;

/**
 * HeraldImportPrinter:
 * @label: what a person calls it
 * @settings: `name` and `url`, not looked at yet
 * @key: (nullable): a secret
 */
typedef struct
{
  char *label;
  HeraldValues *settings;
  char *key;
} HeraldImportPrinter;

/**
 * HeraldImportChannel:
 * @type: id of its type
 * @source: the name of the program it comes from
 * @settings: as for herald_engine_add_channel()
 * @secrets: by field, as they were there
 * @asked: the kinds of messages of which that program knew, as bits
 * @told: those of them that it told
 */
typedef struct
{
  const char *type;
  const char *source;
  HeraldValues *settings;
  HeraldValues *secrets;
  guint32 asked;
  guint32 told;
} HeraldImportChannel;

/**
 * HeraldImportPlan:
 * @printers: (element-type HeraldImportPrinter)
 * @channels: (element-type HeraldImportChannel)
 * @messages: (nullable): what would be set for messages of each kind
 * @printer_name: (nullable): what the printer is called to which the settings belong
 * @lines: (element-type HeraldImportLine): what there is to say of it so far
 *
 * What settings of another program come to here. Nothing is done by making one.
 */
typedef struct
{
  GPtrArray *printers;
  GPtrArray *channels;
  HeraldValues *messages[HERALD_N_EVENT_KINDS];
  char *printer_name;
  GPtrArray *lines;
} HeraldImportPlan;

HeraldImportPlan    *herald_import_plan_new         (void);
void                 herald_import_plan_free        (HeraldImportPlan     *self);

HeraldImportPrinter *herald_import_plan_add_printer (HeraldImportPlan     *self,
                                                     const char           *label,
                                                     const char           *name,
                                                     const char           *url,
                                                     const char           *key);
HeraldImportChannel *herald_import_plan_add_channel (HeraldImportPlan     *self,
                                                     const char           *type,
                                                     const char           *source);
void                 herald_import_channel_add_secret (HeraldImportChannel *self,
                                                       const char          *field,
                                                       const char          *secret);
void                 herald_import_plan_set_message (HeraldImportPlan     *self,
                                                     HeraldEventKind       kind,
                                                     const char           *name,
                                                     const char           *value);
void                 herald_import_plan_set_name    (HeraldImportPlan     *self,
                                                     const char           *name);
void                 herald_import_plan_tell        (HeraldImportPlan     *self,
                                                     HeraldImportOutcome   outcome,
                                                     const char           *subject,
                                                     const char           *format,
                                                     ...) G_GNUC_PRINTF (4, 5);
/* Takes secrets out of the lines, wherever they got in, and puts what was taken first */
void                 herald_import_plan_finish_lines (HeraldImportPlan    *self);

const char          *herald_import_outcome_to_id    (HeraldImportOutcome   outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldImportPlan, herald_import_plan_free)

G_END_DECLS
