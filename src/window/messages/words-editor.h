/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/messages/message-draft.h"

G_BEGIN_DECLS

#define HERALD_TYPE_WORDS_EDITOR (herald_words_editor_get_type ())
G_DECLARE_FINAL_TYPE (HeraldWordsEditor, herald_words_editor, HERALD, WORDS_EDITOR, GtkBox)

void     herald_words_editor_set_draft      (HeraldWordsEditor  *self,
                                             HeraldMessageDraft *draft);
/* Puts the cursor where people want to write */
void     herald_words_editor_begin          (HeraldWordsEditor  *self);
gboolean herald_words_editor_is_too_long    (HeraldWordsEditor  *self);
/* What the service says about the words; told at the field that it is about */
void     herald_words_editor_show_rendering (HeraldWordsEditor  *self,
                                             GVariant           *rendering);
/* (transfer none) (nullable) (array zero-terminated=1): those that are told here */
const char *const *herald_words_editor_get_problems (HeraldWordsEditor *self);

G_END_DECLS
