/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldXProblem:
 * @type: (nullable): last part of the path of `type`, e.g. `oauth1-permissions`
 * @reason: (nullable): `reason`, or `error` as OAuth 2.0 has it
 * @period: (nullable): over which a cap counts: `Daily`, `Monthly`
 * @codes: (element-type gint64): of the older interface
 * @words: what it says for people, in lower case, to look for words in
 * @reply: (nullable): the same as it was said, without a secret, to be shown
 *
 * What X says in the body of an answer, in whichever of its shapes.
 */
typedef struct
{
  char *type;
  char *reason;
  char *period;
  GArray *codes;
  GString *words;
  char *reply;
} HeraldXProblem;

/* (nullable) (transfer full): %NULL if @body is none of X's: empty, cut off, a page of HTML */
HeraldXProblem *herald_x_problem_new      (GBytes               *body);
void            herald_x_problem_free     (HeraldXProblem       *self);

gboolean        herald_x_problem_has_code (const HeraldXProblem *self,
                                           gint64                code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldXProblem, herald_x_problem_free)

G_END_DECLS
