/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window/messages/message-item.h"
#include "window/service-link.h"

G_BEGIN_DECLS

/* (transfer full): where a message goes, like "Desktop, Mail of Anna"; @rendering: (nullable): of Render */
char       *herald_message_words_dup_where   (HeraldServiceLink *link,
                                              GVariant          *rendering,
                                              gboolean           is_enabled);
/* (transfer full) (nullable): what is wrong with it, a sentence each, on lines of their own; %NULL if all is well */
char       *herald_message_words_dup_problem (GVariant          *rendering);
/* Whose values are in a rendering, a sentence */
const char *herald_message_words_get_origin  (GVariant          *rendering);

G_END_DECLS
