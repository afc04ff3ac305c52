/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/outbox/outbox.h"

G_BEGIN_DECLS

/* A HeraldDigestFunc */
HeraldDraft *herald_digest_word (HeraldChannel *channel,
                                 const char    *destination,
                                 GPtrArray     *parts,
                                 gpointer       user_data);

G_END_DECLS
