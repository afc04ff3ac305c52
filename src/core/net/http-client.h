/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* herald_error_get_reply() of an error that means: the computer is there, but no server is running on it */
#define HERALD_HTTP_REFUSED "connection refused"

#define HERALD_TYPE_HTTP_CLIENT (herald_http_client_get_type ())
G_DECLARE_FINAL_TYPE (HeraldHttpClient, herald_http_client, HERALD, HTTP_CLIENT, GObject)

HeraldHttpClient *herald_http_client_new             (void);
HeraldHttpClient *herald_http_client_new_patient     (guint                 silence_s,
                                                      guint                 total_s);
SoupSession      *herald_http_client_get_session     (HeraldHttpClient     *self,
                                                      SoupMessage          *message);

void              herald_http_client_send_async      (HeraldHttpClient     *self,
                                                      SoupMessage          *message,
                                                      gsize                 max_bytes,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
GBytes           *herald_http_client_send_finish     (HeraldHttpClient     *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);

GError           *herald_http_client_translate_error (const GError         *error,
                                                      SoupMessage          *message);

G_END_DECLS
