/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel.h"
#include "core/net/smtp-account.h"

G_BEGIN_DECLS

/**
 * HeraldEmailRoute:
 * @smtp: (nullable): send by SMTP, with this account
 * @graph_token: (nullable): a secret: send by Microsoft Graph, with this token
 * @address: (nullable): the address of the account, for a channel that names no sender
 *
 * How the mail of a channel goes out, with all that is needed to log in. Made anew for each
 * message: tokens live for an hour. Either @smtp or @graph_token is set.
 */
typedef struct
{
  HeraldSmtpAccount *smtp;
  char *graph_token;
  char *address;
} HeraldEmailRoute;

void              herald_email_route_find_async  (HeraldChannel        *channel,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
HeraldEmailRoute *herald_email_route_find_finish (HeraldChannel        *channel,
                                                  GAsyncResult         *result,
                                                  GError              **error);

/* After the server has refused the token of @self: ends in herald_email_route_find_finish() */
gboolean          herald_email_route_can_renew   (HeraldEmailRoute     *self,
                                                  const GError         *failure);
void              herald_email_route_renew_async (HeraldChannel        *channel,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
GError           *herald_email_route_explain     (HeraldChannel        *channel,
                                                  gboolean              at_login,
                                                  const GError         *failure);

const char       *herald_email_route_get_token   (HeraldEmailRoute     *self);
void              herald_email_route_free        (HeraldEmailRoute     *self);
char             *herald_email_route_dup_origin  (HeraldChannel        *channel);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldEmailRoute, herald_email_route_free)

G_END_DECLS
