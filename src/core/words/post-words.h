/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/events/event-kind.h"

G_BEGIN_DECLS

/* (transfer full): translated template: what a public post says from the start */
char *herald_post_words_dup_text (HeraldEventKind  kind);
/* (transfer full): translated template: @text, a template, with the time of day */
char *herald_post_words_date     (const char      *text);

G_END_DECLS
