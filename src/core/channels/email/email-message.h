/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/attachment.h"
#include "core/channels/message.h"

G_BEGIN_DECLS

/**
 * HeraldEmailHeader:
 * @from: address of the sender
 * @from_name: (nullable): what is shown for it
 * @to: addresses that everybody sees, separated by commas
 * @cc: (nullable): addresses that everybody sees, separated by commas
 * @sms: whether it is read on a phone behind a mail-to-SMS gateway: short, and without a subject
 * @mms: with @sms: whether the gateway takes a picture, too
 * @key: letters and digits that no other message has
 */
typedef struct
{
  const char *from;
  const char *from_name;
  const char *to;
  const char *cc;
  gboolean sms;
  gboolean mms;
  const char *key;
} HeraldEmailHeader;

GBytes *herald_email_message_write          (HeraldMessage            *message,
                                             HeraldAttachment         *attachment,
                                             const HeraldEmailHeader  *header,
                                             GError                  **error);
char  **herald_email_message_dup_addresses  (const char               *list);
char   *herald_email_message_dup_message_id (const HeraldEmailHeader  *header);

G_END_DECLS
