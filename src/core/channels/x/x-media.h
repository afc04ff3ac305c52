/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/x/x-client.h"

G_BEGIN_DECLS

/* Uploads the picture or the film of the visit's attempt; nothing is public by that. */
void  herald_x_media_upload_async  (HeraldXClient        *client,
                                    const HeraldXVisit   *visit,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
/* (transfer full): its id, for one post within a day; %NULL with a HERALD_ERROR: REJECTED if X does not take it */
char *herald_x_media_upload_finish (HeraldXClient        *client,
                                    GAsyncResult         *result,
                                    GError              **error);

G_END_DECLS
