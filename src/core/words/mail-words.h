/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/events/event-kind.h"

G_BEGIN_DECLS

/* (transfer full): translated templates: what a mail says from the start */
char       *herald_mail_words_dup_title   (HeraldEventKind kind);
char       *herald_mail_words_dup_text    (HeraldEventKind kind);

/* (nullable): untranslated: what stands in a mail below the text of the kind */
const char *herald_mail_words_get_details (HeraldEventKind kind);

G_END_DECLS
