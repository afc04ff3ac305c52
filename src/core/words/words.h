/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/values.h"
#include "core/events/variable.h"
#include "core/words/text-form.h"

G_BEGIN_DECLS

/**
 * HeraldWords:
 * @title: on one line; empty if the form has none
 * @text: may have several lines
 * @length: how much @text counts
 * @surplus: by how much the text was too long for the form; 0 if it was not
 * @shortened: (nullable): whose value was shortened for it; %NULL if the end of the text was cut off instead
 * @disarmed: (nullable): a piece of a name that would have become a link, where strangers read it; it is none in @text
 *
 * What is said of an event in one form: cleaned, with no call for strangers in public, and never too long.
 */
typedef struct
{
  char *title;
  char *text;
  HeraldTextLength length;
  gsize surplus;
  const HeraldVariable *shortened;
  char *disarmed;
} HeraldWords;

HeraldWords *herald_words_new       (const HeraldTextForm *form,
                                     const char           *title,
                                     const char           *text,
                                     HeraldValues         *values);
void         herald_words_free      (HeraldWords          *self);

/* Whether there is nothing to be told: an empty message is not sent */
gboolean     herald_words_are_empty (HeraldWords          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldWords, herald_words_free)

G_END_DECLS
