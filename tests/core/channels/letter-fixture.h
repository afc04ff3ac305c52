/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/email/email-message.h"
#include "fuzz/mail-reader.h"

G_BEGIN_DECLS

/* Of a mail about a print, to one who is seen and one who gets a copy */
extern const HeraldEmailHeader letter_header;

HeraldMessage *letter_make_message (const char              *title,
                                    const char              *text);

/* @media_type: (nullable): of the picture that goes with it. What a reader of the tests' own finds in it is checked. */
GBytes        *letter_write        (const HeraldEmailHeader *header,
                                    const char              *title,
                                    const char              *text,
                                    const char              *media_type);
MailPart      *letter_read         (const HeraldEmailHeader *header,
                                    const char              *title,
                                    const char              *text,
                                    const char              *media_type);

G_END_DECLS
