/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where readers and servers like a line of a header to end (RFC 5322 2.1.1) */
#define HERALD_EMAIL_LINE_MAX 78

/* The same of a line with an encoded word in it (RFC 2047 2) */
#define HERALD_EMAIL_ENCODED_LINE_MAX 76

/* Both append to a header field whose last line is the last line of @field, and fold it where it gets too long. The
 * text is clean: one line, nothing unseen in it. */
void  herald_email_encoded_word_append_text   (GString    *field,
                                               const char *text);
void  herald_email_encoded_word_append_phrase (GString    *field,
                                               const char *phrase);

gsize herald_email_encoded_word_get_column    (GString    *field);

G_END_DECLS
