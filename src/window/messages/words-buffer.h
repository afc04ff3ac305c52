/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* More is not taken by the service, in bytes. */
#define HERALD_WORDS_MAX_BYTES (8 * 1024)

#define HERALD_TYPE_WORDS_BUFFER (herald_words_buffer_get_type ())
G_DECLARE_FINAL_TYPE (HeraldWordsBuffer, herald_words_buffer, HERALD, WORDS_BUFFER, GtkTextBuffer)

void        herald_words_buffer_set_one_line (HeraldWordsBuffer *self,
                                              gboolean           is_one_line);
/* (array zero-terminated=1): the values that are known; until then nothing is marked */
void        herald_words_buffer_set_names    (HeraldWordsBuffer *self,
                                              const char *const *names);
/* (array zero-terminated=1): what the service has to say about the words */
void        herald_words_buffer_set_problems (HeraldWordsBuffer *self,
                                              const char *const *problems);
/* (transfer none) */
const char *herald_words_buffer_get_words    (HeraldWordsBuffer *self);
/* Deletes the value that ends, or begins, at the cursor; whether there was one */
gboolean    herald_words_buffer_delete_value (HeraldWordsBuffer *self,
                                              gboolean           backwards);

G_END_DECLS
