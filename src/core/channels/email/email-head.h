/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/email/email-message.h"

G_BEGIN_DECLS

char *herald_email_head_dup_text (HeraldMessage           *message,
                                  const HeraldEmailHeader *header);

G_END_DECLS
