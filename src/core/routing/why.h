/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/routing/router.h"

G_BEGIN_DECLS

/**
 * HeraldWhyNot:
 * @rule: what keeps it away, e.g. `not-chosen`; stays the same
 * @sentence: the same for a person; untranslated
 *
 * Why a channel got nothing of an event. That is not written down when it happens: the sentence says what is certain of
 * every event of its kind, or else what the settings of now would do, and says so.
 */
typedef struct
{
  const char *rule;
  const char *sentence;
} HeraldWhyNot;

/* Who has chosen where @event goes: `settings`, `sender` (a person or a program), `test` or `digest` */
const char         *herald_why_get_cause (HeraldEvent   *event);

const HeraldWhyNot *herald_why_not       (HeraldConfig  *config,
                                          HeraldChannel *channel,
                                          HeraldEvent   *event,
                                          const char    *printer_name);

G_END_DECLS
