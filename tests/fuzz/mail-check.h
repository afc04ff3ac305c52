/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/email/email-message.h"

/* Writes the mail, reads it back by tests/fuzz/mail-reader.h, and ends the program unless it says what it was to say,
 * to whom, and nothing else. Returns: (transfer full): the mail */
GBytes *mail_check (HeraldMessage           *message,
                    HeraldAttachment        *attachment,
                    const HeraldEmailHeader *header);
