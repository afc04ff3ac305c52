/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldSuggestion:
 * @label: what is shown, like `{file}` or 🎉
 * @description: in a few words
 * @insert: what takes the place of what was typed
 */
typedef struct
{
  char *label;
  char *description;
  char *insert;
} HeraldSuggestion;

void       herald_suggestion_free  (HeraldSuggestion *self);

/* (transfer full) (nullable) (element-type HeraldSuggestion): what may be meant by what ends at the end of @before, the text
 * before the cursor, and in @start where that begins, in bytes; %NULL if nothing is being typed there that we know.
 * @descriptions: a{ss} of the values that are known */
GPtrArray *herald_suggestions_find (const char       *before,
                                    GVariant         *descriptions,
                                    gsize            *start);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldSuggestion, herald_suggestion_free)

G_END_DECLS
