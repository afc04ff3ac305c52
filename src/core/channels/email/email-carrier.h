/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/email/email-route.h"

G_BEGIN_DECLS

#define HERALD_TYPE_EMAIL_CARRIER (herald_email_carrier_get_type ())
G_DECLARE_FINAL_TYPE (HeraldEmailCarrier, herald_email_carrier, HERALD, EMAIL_CARRIER, GObject)

HeraldEmailCarrier *herald_email_carrier_new         (void);

void                herald_email_carrier_send_async  (HeraldEmailCarrier   *self,
                                                      HeraldChannel        *channel,
                                                      HeraldAttempt        *attempt,
                                                      HeraldEmailRoute     *take_route,
                                                      const char           *sender,
                                                      GBytes               *letter,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean            herald_email_carrier_send_finish (HeraldEmailCarrier   *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);

G_END_DECLS
