/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel.h"

G_BEGIN_DECLS

/**
 * HeraldChannelDoubt:
 * @domain: (nullable): of the addresses it is about; %NULL if it is about the settings as they are
 * @sentence: for a person
 *
 * Why what is accepted may not arrive all the same.
 */
typedef struct
{
  char *domain;
  char *sentence;
} HeraldChannelDoubt;

void        herald_channel_doubts_find_async  (HeraldChannel        *channel,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
GPtrArray  *herald_channel_doubts_find_finish (HeraldChannel        *channel,
                                               GAsyncResult         *result,
                                               GError              **error);
const char *herald_channel_doubts_get         (GPtrArray            *doubts,
                                               const char           *destination);

G_END_DECLS
