/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl/output.h"

G_BEGIN_DECLS

/* What a person is told of a message whose state is @id; what a newer service may say stays as it is. */
const char *herald_history_state_get_words (const char  *id);
HeraldTone  herald_history_state_get_tone  (const char  *id);

/* Whether @typed, ids with commas between them, are states; else @error says which there are */
gboolean    herald_history_state_check     (const char  *typed,
                                            GError     **error);

G_END_DECLS
