/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/outbox/journal.h"

G_BEGIN_DECLS

/* The message of the newest delivery with @key by @channel is told once more, not before @at_ms (milliseconds since 1970);
 * nothing waits behind it, and nothing but a person hurries it. */
gboolean herald_journal_repeat         (HeraldJournal  *self,
                                        const char     *channel,
                                        const char     *key,
                                        gint64          at_ms,
                                        GArray         *changed,
                                        GError        **error);

/* Whether what goes by this lane is told once more */
gboolean herald_journal_lane_is_repeat (const char     *lane);

G_END_DECLS
