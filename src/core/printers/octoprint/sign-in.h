/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/octoprint/octoprint-server.h"

G_BEGIN_DECLS

/**
 * HeraldSignIn:
 * @user: name of the account the key belongs to
 * @version: of OctoPrint; empty if the key may not see it
 * @session: (nullable): for the push socket; a secret
 *
 * What a server answers to a good key.
 */
typedef struct
{
  char *user;
  char *version;
  char *session;
} HeraldSignIn;

void          herald_sign_in_async  (HeraldOctoprintServer  *server,
                                     GCancellable           *cancellable,
                                     GAsyncReadyCallback     callback,
                                     gpointer                user_data);
HeraldSignIn *herald_sign_in_finish (GAsyncResult           *result,
                                     GError                **error);
void          herald_sign_in_free   (HeraldSignIn           *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldSignIn, herald_sign_in_free)

G_END_DECLS
