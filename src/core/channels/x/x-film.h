/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/x/x-client.h"

G_BEGIN_DECLS

/* As those of x-media.h, for a film: in pieces, after which X takes its time */
void  herald_x_film_upload_async  (HeraldXClient        *client,
                                   const HeraldXVisit   *visit,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
char *herald_x_film_upload_finish (HeraldXClient        *client,
                                   GAsyncResult         *result,
                                   GError              **error);

G_END_DECLS
