/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/events/event-kind.h"

G_BEGIN_DECLS

/* Words with Python's braces, as OctoTweet and Octorant have them, in our language. Adds a sentence to @remarks for each
 * thing that is not what it was. Returns (transfer full): a template */
char *herald_brace_words_translate (const char      *foreign,
                                    HeraldEventKind  kind,
                                    GPtrArray       *remarks);

G_END_DECLS
