/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/attempt.h"
#include "core/channels/x/x-keys.h"
#include "core/channels/x/x-verdict.h"

G_BEGIN_DECLS

/* Where X is: https://api.x.com unless the channel's setting `server` says otherwise (a stand-in on this computer). */
#define HERALD_X_SERVER "https://api.x.com"

/**
 * HeraldXRequest:
 * @path: with its query, e.g. `/2/media/upload?command=STATUS&media_id=1`
 * @content_type: (nullable): of @body
 * @body: (nullable)
 * @attempt: (nullable): committed in the moment in which @body begins to leave; only for HERALD_X_POST
 *
 * One request. Signed anew each time it is sent. Borrowed.
 */
typedef struct
{
  HeraldXAction action;
  const char *method;
  const char *path;
  const char *content_type;
  GBytes *body;
  HeraldAttempt *attempt;
} HeraldXRequest;

#define HERALD_TYPE_X_CLIENT (herald_x_client_get_type ())
G_DECLARE_FINAL_TYPE (HeraldXClient, herald_x_client, HERALD, X_CLIENT, GObject)

HeraldXClient *herald_x_client_new         (void);

/* @server: as in the setting; @keys is borrowed until the callback. The answer (transfer full, never %NULL on success) is
 * X's JSON for a 2xx; `{}` where X says that an earlier attempt has arrived. */
void           herald_x_client_send_async  (HeraldXClient         *self,
                                            const char            *server,
                                            const HeraldXKeys     *keys,
                                            const HeraldXRequest  *request,
                                            GCancellable          *cancellable,
                                            GAsyncReadyCallback    callback,
                                            gpointer               user_data);
GBytes        *herald_x_client_send_finish (HeraldXClient         *self,
                                            GAsyncResult          *result,
                                            GError               **error);

G_END_DECLS
