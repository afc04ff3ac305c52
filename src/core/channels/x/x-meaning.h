/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/error.h"
#include "core/channels/x/x-problem.h"
#include "core/channels/x/x-verdict.h"

G_BEGIN_DECLS

/**
 * HeraldXRule:
 * @HERALD_X_RULE_PLAIN: nothing more than the table says
 * @HERALD_X_RULE_DUPLICATE: it has arrived, if an earlier attempt may have
 * @HERALD_X_RULE_CLOCK: a clock that is wrong explains it
 * @HERALD_X_RULE_WINDOW: the headers say until when to wait
 * @HERALD_X_RULE_CREDIT: somebody may have paid meanwhile: looked at again, but rarely
 */
typedef enum
{
  HERALD_X_RULE_PLAIN,
  HERALD_X_RULE_DUPLICATE,
  HERALD_X_RULE_CLOCK,
  HERALD_X_RULE_WINDOW,
  HERALD_X_RULE_CREDIT,
} HeraldXRule;

/**
 * HeraldXMeaning:
 * @scope: 0 for the one its error has by itself
 * @sentence: not yet translated
 *
 * What to do about an answer of X's, and what to say of it.
 */
typedef struct
{
  HeraldXRule rule;
  HeraldError error;
  HeraldErrorScope scope;
  const char *sentence;
} HeraldXMeaning;

/* @problem: (nullable): %NULL if the answer was not X's JSON. Never %NULL. */
const HeraldXMeaning *herald_x_meaning_find (HeraldXAction         action,
                                             guint                 status,
                                             const HeraldXProblem *problem);

G_END_DECLS
