/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/values.h"
#include "core/channels/channel-step.h"
#include "core/channels/picture-form.h"
#include "core/events/event-kind.h"

G_BEGIN_DECLS

typedef enum
{
  HERALD_FIELD_TEXT,
  HERALD_FIELD_HOST,
  HERALD_FIELD_PORT,
  HERALD_FIELD_CHOICE,
  HERALD_FIELD_BOOLEAN,
  HERALD_FIELD_ADDRESS,
  HERALD_FIELD_ADDRESSES,
  HERALD_FIELD_COUNT,
  HERALD_FIELD_MONEY,
} HeraldFieldKind;

typedef enum
{
  HERALD_FIELD_PLAIN = 0,
  HERALD_FIELD_REQUIRED = 1 << 0,
  HERALD_FIELD_SECRET = 1 << 1,
} HeraldFieldFlags;

/**
 * HeraldChannelField:
 * @name: as on the command line and in the configuration
 * @label: what people call it; untranslated
 * @hint: one sentence of help; untranslated, may be %NULL
 * @fallback: used when it is not set; %NULL for none
 * @choices: (array zero-terminated=1): for HERALD_FIELD_CHOICE
 * @choice_labels: (nullable): what people call each of them; untranslated
 *
 * One thing to fill in. D-Bus, shell and window make their forms from these.
 */
typedef struct
{
  const char *name;
  HeraldFieldKind kind;
  HeraldFieldFlags flags;
  const char *label;
  const char *hint;
  const char *fallback;
  const char *const *choices;
  const char *const *choice_labels;
} HeraldChannelField;

/**
 * HeraldChannelType:
 * @id: as on the command line
 * @name: what people call it; untranslated
 * @form: id of the form its words have (core/words/text-form.h)
 * @picture: (nullable): what its pictures look like; %NULL if it takes none
 * @get_gtype: the #HeraldChannel subclass
 * @fields: n_fields of them
 * @check: (nullable): whether the settings, each right by itself, are enough together
 * @dup_doubt: (nullable): one sentence about settings with which what is accepted may not arrive; %NULL if it will
 * @is_serial: whether a message waits for the end of the one before, so that what is refused for all is refused once
 * @steps: (nullable) (array zero-terminated=1): what a message goes through, in this order
 * @dup_secret: (nullable): a secret as somebody has pasted it, without what does not belong to it; fails with
 *   HERALD_ERROR_SETTINGS if it cannot be one
 * @check_secrets: (nullable): whether secrets, each right by itself, can belong together
 * @guide: (nullable) (array zero-terminated=1): what a person does before, step by step; untranslated
 * @link: (nullable): before the id that the other side has given a message, it is the address of a page that shows it
 * @check_price: (nullable): one sentence about what the other side takes for telling whose the credentials are; untranslated
 */
typedef struct
{
  const char *id;
  const char *name;
  HeraldReach reach;
  const char *form;
  const HeraldPictureForm *picture;
  GType (*get_gtype) (void);
  const HeraldChannelField *fields;
  guint n_fields;
  gboolean (*check) (HeraldValues  *settings,
                     GError       **error);
  char *(*dup_doubt) (HeraldValues *settings);
  gboolean is_serial;
  const HeraldChannelStep *steps;
  char *(*dup_secret) (const char  *field,
                       const char  *value,
                       GError     **error);
  gboolean (*check_secrets) (HeraldValues  *secrets,
                             GError       **error);
  const char *const *guide;
  const char *link;
  const char *check_price;
} HeraldChannelType;

const HeraldChannelField *herald_channel_type_get_field (const HeraldChannelType *type,
                                                         const char              *name);
gboolean                  herald_channel_type_check     (const HeraldChannelType *type,
                                                         HeraldValues            *settings,
                                                         GError                 **error);
char                     *herald_channel_type_dup_secret (const HeraldChannelType *type,
                                                          const char              *field,
                                                          const char              *pasted,
                                                          GError                 **error);

G_END_DECLS
