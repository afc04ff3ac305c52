/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * MailPart:
 * @names: (element-type utf8): of its fields, in their order
 * @values: (element-type utf8): unfolded, as they were sent
 * @content: decoded; of a text, with its lines ended by LF
 * @parts: (element-type MailPart): what it is made of
 *
 * A mail, or a part of one, as the tests themselves read it.
 */
typedef struct
{
  GPtrArray *names;
  GPtrArray *values;
  GByteArray *content;
  GPtrArray *parts;
} MailPart;

/* Reads by RFC 5322 and RFC 2045 to 2047 alone, and ends the program at what they forbid */
MailPart   *mail_part_read         (const char *data,
                                    gsize       length);
void        mail_part_free         (MailPart   *self);

/* (nullable): a field that is there once at most */
const char *mail_part_get          (MailPart   *self,
                                    const char *name);
/* (nullable) (transfer full): a parameter of such a field */
char       *mail_part_dup_parameter (MailPart   *self,
                                     const char *name,
                                     const char *parameter);
gboolean    mail_part_is           (MailPart   *self,
                                    const char *media_type);
/* (transfer full) */
char       *mail_part_dup_text     (MailPart   *self);
/* (transfer full): @value with its encoded words decoded, and without quotes if it is a phrase */
char       *mail_decode_words      (const char *value);
char       *mail_decode_phrase     (const char *value);

/* The two digits at @p, as RFC 2045 writes them */
int         mail_read_hex          (const char *p);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MailPart, mail_part_free)
