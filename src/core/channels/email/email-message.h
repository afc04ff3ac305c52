/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/attachment.h"
#include "core/channels/message.h"

G_BEGIN_DECLS

/**
 * HeraldEmailHeader:
 * @from: address of the sender
 * @from_name: (nullable): what is shown for it, instead of the printer's name
 * @to: (nullable): addresses that everybody sees, separated by commas
 * @cc: (nullable): addresses that everybody sees, separated by commas
 * @only_recipient: (nullable): stands there instead of @to and @cc, where who is named gets a copy
 * @key: letters and digits that no other message has
 * @thread: (nullable): letters and digits that all messages of a print have, and no others
 * @begun_ms: when it was first sent, milliseconds since 1970; 0 if nobody knows. It says so itself if that was late.
 * @sms: whether it is read on a phone behind a mail-to-SMS gateway: short, and without a subject
 * @mms: of a mail for a phone: whether its picture may go with it
 * @names_print: whether the subject names printer and file instead of what happened
 * @html: whether it is also there as HTML
 * @inline_picture: whether a picture is shown within the HTML, instead of attached
 */
typedef struct
{
  const char *from;
  const char *from_name;
  const char *to;
  const char *cc;
  const char *only_recipient;
  const char *key;
  const char *thread;
  gint64 begun_ms;
  gboolean sms;
  gboolean mms;
  gboolean names_print;
  gboolean html;
  gboolean inline_picture;
} HeraldEmailHeader;

GBytes   *herald_email_message_write          (HeraldMessage            *message,
                                               HeraldAttachment         *attachment,
                                               const HeraldEmailHeader  *header,
                                               GError                  **error);
char    **herald_email_message_dup_addresses  (const char               *list);
char     *herald_email_message_dup_message_id (const HeraldEmailHeader  *header);

/* For its parts: an id without angle brackets, at the domain of @from */
char     *herald_email_message_dup_id         (const char               *key,
                                               const char               *from);
/* Whether the print is known that its subject is to name */
gboolean  herald_email_message_names_print    (HeraldMessage            *message,
                                               const HeraldEmailHeader  *header);

G_END_DECLS
