/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/x/x-client.h"

G_BEGIN_DECLS

/* (transfer full): what is to be seen on a picture that goes with @message, for people who cannot see it */
char    *herald_x_description_make        (HeraldMessage         *message);

/* Describes what was uploaded. X takes half a cent for it. */
void     herald_x_description_send_async  (HeraldXClient         *client,
                                           const HeraldXVisit    *visit,
                                           const char            *media_id,
                                           GCancellable          *cancellable,
                                           GAsyncReadyCallback    callback,
                                           gpointer               user_data);
gboolean herald_x_description_send_finish (HeraldXClient         *client,
                                           GAsyncResult          *result,
                                           GError               **error);

G_END_DECLS
