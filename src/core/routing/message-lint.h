/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/routing/message-settings.h"
#include "core/words/words.h"

G_BEGIN_DECLS

/**
 * HeraldLintTense:
 * @HERALD_LINT_IMAGINED: the words were made with sample values
 * @HERALD_LINT_REAL: the words were made with values of a real print
 */
typedef enum
{
  HERALD_LINT_IMAGINED,
  HERALD_LINT_REAL,
} HeraldLintTense;

double herald_message_lint_get_price (const HeraldTextForm  *form,
                                      HeraldWords           *words);
gint64 herald_message_lint_get_microdollars (const HeraldTextForm *form,
                                             HeraldWords          *words);
/* (transfer full) (nullable): what was done to a name that would have cost more, in a sentence */
char  *herald_message_lint_dup_guard (const HeraldTextForm  *form,
                                      HeraldWords           *words);

/* Each adds sentences for a person to @problems, none if all is well. */
void   herald_message_lint_words     (GStrvBuilder          *problems,
                                      const HeraldTextForm  *form,
                                      HeraldWords           *words,
                                      HeraldLintTense        tense);
void   herald_message_lint_templates (GStrvBuilder          *problems,
                                      HeraldEventKind        kind,
                                      HeraldMessageSettings *settings);

G_END_DECLS
