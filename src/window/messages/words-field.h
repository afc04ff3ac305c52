/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HERALD_TYPE_WORDS_FIELD (herald_words_field_get_type ())
G_DECLARE_FINAL_TYPE (HeraldWordsField, herald_words_field, HERALD, WORDS_FIELD, GtkBox)

/* Property: label, with a mnemonic; one-line. Signal: changed, when a person has changed it */

void        herald_words_field_set_values   (HeraldWordsField  *self,
                                             GVariant          *descriptions);
void        herald_words_field_set_text     (HeraldWordsField  *self,
                                             const char        *text);
/* (transfer none) */
const char *herald_words_field_get_text     (HeraldWordsField  *self);
gboolean    herald_words_field_is_too_long  (HeraldWordsField  *self);
/* What is told where nothing is written */
void        herald_words_field_set_hint     (HeraldWordsField  *self,
                                             const char        *hint);
void        herald_words_field_set_problems (HeraldWordsField  *self,
                                             const char *const *problems);
/* At the cursor, in the place of what is selected */
void        herald_words_field_insert       (HeraldWordsField  *self,
                                             const char        *text);

G_END_DECLS
