/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* RFC 5321 4.5.3.1.5 allows 512 bytes and real servers send up to some 1000; beyond this it is no
 * mail server that speaks. */
#define HERALD_SMTP_REPLY_MAX_LINE_BYTES 4096

/* The longest EHLO replies seen have some 20 lines. */
#define HERALD_SMTP_REPLY_MAX_LINES 100

/**
 * HeraldSmtpReply:
 * @code: 200 to 599
 * @enhanced: (nullable): the enhanced status code, like `5.7.8`
 * @lines: (element-type utf8): what follows the code on each line; foreign bytes without NUL
 *
 * One complete reply of a mail server, as it came.
 */
typedef struct
{
  int code;
  char *enhanced;
  GPtrArray *lines;
} HeraldSmtpReply;

typedef struct _HeraldSmtpParser HeraldSmtpParser;

HeraldSmtpParser *herald_smtp_parser_new     (void);
void              herald_smtp_parser_free    (HeraldSmtpParser       *self);
HeraldSmtpReply  *herald_smtp_parser_feed    (HeraldSmtpParser       *self,
                                              const char             *bytes,
                                              gsize                   length,
                                              gsize                  *used,
                                              GError                **error);

void              herald_smtp_reply_free     (HeraldSmtpReply        *self);
char             *herald_smtp_reply_dup_text (const HeraldSmtpReply  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldSmtpParser, herald_smtp_parser_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldSmtpReply, herald_smtp_reply_free)

G_END_DECLS
