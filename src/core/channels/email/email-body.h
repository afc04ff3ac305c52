/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/email/email-message.h"

G_BEGIN_DECLS

gboolean herald_email_body_append (GByteArray              *mail,
                                   HeraldMessage           *message,
                                   HeraldAttachment        *attachment,
                                   const HeraldEmailHeader *header);

G_END_DECLS
