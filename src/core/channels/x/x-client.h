/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/attempt.h"
#include "core/channels/x/x-keys.h"
#include "core/channels/x/x-verdict.h"

G_BEGIN_DECLS

/* Where X is: https://api.x.com unless the channel's setting `server` says otherwise (a stand-in on this computer). */
#define HERALD_X_SERVER "https://api.x.com"

/**
 * HeraldXVisit:
 * @server: as in the setting
 * @attempt: (nullable): told how far it comes
 *
 * As whom, and in whose behalf, X is asked. Borrowed until the last answer.
 */
typedef struct
{
  const char *server;
  const HeraldXKeys *keys;
  HeraldAttempt *attempt;
} HeraldXVisit;

/**
 * HeraldXRequest:
 * @path: with its query, e.g. `/2/media/upload?command=STATUS&media_id=1`
 * @content_type: (nullable): of @body
 * @body: (nullable) (array zero-terminated=1): piece by piece, so that a large one need not be copied. That of
 *   HERALD_X_POST is one piece; in the moment in which it begins to leave the attempt is committed.
 *
 * One request. Signed anew each time it is sent. Borrowed while it is being made.
 */
typedef struct
{
  HeraldXAction action;
  const char *method;
  const char *path;
  const char *content_type;
  GBytes *const *body;
} HeraldXRequest;

/**
 * HeraldXReply:
 * @status: of HTTP: 2xx, unless @had_arrived
 * @body: whatever came with it; not looked at yet
 * @access_level: (nullable): what the credentials may do, if X has said it: `read`, `read-write`…
 * @had_arrived: X says that it has the post from an earlier attempt
 */
typedef struct
{
  guint status;
  GBytes *body;
  char *access_level;
  gboolean had_arrived;
} HeraldXReply;

void           herald_x_reply_free         (HeraldXReply          *self);

#define HERALD_TYPE_X_CLIENT (herald_x_client_get_type ())
G_DECLARE_FINAL_TYPE (HeraldXClient, herald_x_client, HERALD, X_CLIENT, GObject)

HeraldXClient *herald_x_client_new         (void);
void           herald_x_client_send_async  (HeraldXClient         *self,
                                            const HeraldXVisit    *visit,
                                            const HeraldXRequest  *request,
                                            GCancellable          *cancellable,
                                            GAsyncReadyCallback    callback,
                                            gpointer               user_data);
HeraldXReply  *herald_x_client_send_finish (HeraldXClient         *self,
                                            GAsyncResult          *result,
                                            GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldXReply, herald_x_reply_free)

G_END_DECLS
