/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel.h"

G_BEGIN_DECLS

void    herald_email_letter_write_async  (HeraldChannel        *channel,
                                          HeraldAttempt        *attempt,
                                          const char           *sender,
                                          const char           *only_recipient,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
GBytes *herald_email_letter_write_finish (HeraldChannel        *channel,
                                          GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
