/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What somebody looks for, as words of which each must be found somewhere; upper and lower case are the same. */
char    **herald_history_words_split   (const char        *search);
/* @known: by herald_history_words_new_known(); @text: (nullable): any text, need not end with a zero byte */
void      herald_history_words_look    (char             **words,
                                        guint             *known,
                                        GString           *scratch,
                                        const char        *text,
                                        gssize             length);
/* The same in what herald_message_to_json() wrote: its title, text, file and name of the printer */
void      herald_history_words_look_in_message (char     **words,
                                        guint             *known,
                                        GString           *scratch,
                                        const char        *json,
                                        gsize              length);
/* Of @known, which begins with 0, when all words were found */
guint     herald_history_words_get_all (char             **words);

G_END_DECLS
