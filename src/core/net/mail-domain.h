/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * HeraldMailDomainAnswer:
 * @HERALD_MAIL_DOMAIN_UNKNOWN: the network could not be asked
 * @HERALD_MAIL_DOMAIN_TAKES_MAIL: there is a server for its mail
 * @HERALD_MAIL_DOMAIN_REFUSES_MAIL: it says of itself that it takes none (RFC 7505)
 * @HERALD_MAIL_DOMAIN_MISSING: there is no such domain, or no server for its mail
 */
typedef enum
{
  HERALD_MAIL_DOMAIN_UNKNOWN,
  HERALD_MAIL_DOMAIN_TAKES_MAIL,
  HERALD_MAIL_DOMAIN_REFUSES_MAIL,
  HERALD_MAIL_DOMAIN_MISSING,
} HeraldMailDomainAnswer;

void                    herald_mail_domain_ask_async  (const char               *domain,
                                                       GCancellable             *cancellable,
                                                       GAsyncReadyCallback       callback,
                                                       gpointer                  user_data);
HeraldMailDomainAnswer  herald_mail_domain_ask_finish (GAsyncResult             *result);
char                   *herald_mail_domain_dup_doubt  (const char               *domain,
                                                       HeraldMailDomainAnswer    answer);

G_END_DECLS
