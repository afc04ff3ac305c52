/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/events/event-kind.h"

G_BEGIN_DECLS

typedef enum
{
  HERALD_OPTION_WHOLE,
  HERALD_OPTION_DECIMAL,
  HERALD_OPTION_BOOLEAN,
} HeraldOptionType;

/**
 * HeraldMessageOption:
 * @kinds: the kinds of message that have it, a bit for each
 * @name: as on the command line and in the configuration
 * @fallback: used when it is not set
 * @minimum: the smallest value
 * @maximum: the greatest value
 * @least: the smallest value other than 0, which switches it off; 0 if there is no such gap
 * @unit: what the number counts; untranslated, empty if it is no number
 * @label: what people call it; untranslated
 * @hint: one sentence of help; untranslated
 *
 * A number, or `true` or `false`, that only messages of some kinds have. It is kept as a text, the same in every
 * locale.
 */
typedef struct
{
  guint32 kinds;
  const char *name;
  HeraldOptionType type;
  const char *fallback;
  double minimum;
  double maximum;
  double least;
  const char *unit;
  const char *label;
  const char *hint;
} HeraldMessageOption;

const HeraldMessageOption *herald_message_options_get_all (guint                      *n_options);
const HeraldMessageOption *herald_message_options_find    (HeraldEventKind             kind,
                                                           const char                 *name);
gboolean                   herald_message_option_applies  (const HeraldMessageOption  *self,
                                                           HeraldEventKind             kind);

gboolean                   herald_message_option_check    (const HeraldMessageOption  *self,
                                                           const char                 *value,
                                                           GError                    **error);
double                     herald_message_option_read     (const HeraldMessageOption  *self,
                                                           const char                 *value);

G_END_DECLS
