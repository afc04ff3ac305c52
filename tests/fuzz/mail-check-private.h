/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fuzz/mail-check.h"
#include "fuzz/mail-reader.h"

/* What a mail is to say */
typedef struct
{
  HeraldMessage *message;
  HeraldAttachment *attachment; /* what is to arrive of it */
  const HeraldEmailHeader *header;
  gboolean names_print;
  gboolean is_inline;
} MailLetter;

void mail_check_body (MailPart         *mail,
                      const MailLetter *letter);
