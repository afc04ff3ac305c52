/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/x/x-client.h"

G_BEGIN_DECLS

/* (transfer full): the body of POST /2/tweets. @media_id: (nullable): of what was uploaded for it */
GBytes  *herald_x_post_make_body   (const char           *text,
                                    const char           *media_id);

/* Posts the words of the visit's attempt and notes there what X says. */
void     herald_x_post_send_async  (HeraldXClient        *client,
                                    const HeraldXVisit   *visit,
                                    const char           *media_id,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
gboolean herald_x_post_send_finish (HeraldXClient        *client,
                                    GAsyncResult         *result,
                                    GError              **error);

G_END_DECLS
