/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/events/event-kind.h"

G_BEGIN_DECLS

/* (transfer full): translated template: what a public post says from the start */
char *herald_post_words_dup_text (HeraldEventKind kind);

G_END_DECLS
