/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/values.h"
#include "core/net/certificate.h"
#include "core/net/http-client.h"
#include "core/store/secret-store.h"

G_BEGIN_DECLS

/* Whether a request shows who we are. */
typedef enum
{
  HERALD_OCTOPRINT_ANONYMOUS,
  HERALD_OCTOPRINT_WITH_KEY,
} HeraldOctoprintIdentity;

#define HERALD_TYPE_OCTOPRINT_SERVER (herald_octoprint_server_get_type ())
G_DECLARE_FINAL_TYPE (HeraldOctoprintServer, herald_octoprint_server, HERALD, OCTOPRINT_SERVER, GObject)

/* A server and what it takes to be let in: address, key, login of a proxy, the pinned certificate. */
HeraldOctoprintServer *herald_octoprint_server_new                (HeraldHttpClient        *http,
                                                                   const char              *base_url);
void                   herald_octoprint_server_set_key            (HeraldOctoprintServer   *self,
                                                                   const char              *key);
void                   herald_octoprint_server_set_login          (HeraldOctoprintServer   *self,
                                                                   const char              *user,
                                                                   const char              *password);
void                   herald_octoprint_server_set_pin            (HeraldOctoprintServer   *self,
                                                                   const char              *fingerprint);

const char            *herald_octoprint_server_get_base_url       (HeraldOctoprintServer   *self);
HeraldHttpClient      *herald_octoprint_server_get_http           (HeraldOctoprintServer   *self);
/* (nullable): what the last request that was not trusted got to see */
HeraldCertificate     *herald_octoprint_server_get_certificate    (HeraldOctoprintServer   *self);

/* A request with everything on it: login of the proxy, certificate guard, no redirects; also for websockets. */
SoupMessage           *herald_octoprint_server_make_message       (HeraldOctoprintServer   *self,
                                                                   HeraldOctoprintIdentity  identity,
                                                                   const char              *method,
                                                                   const char              *path);
void                   herald_octoprint_server_set_json_body      (SoupMessage             *message,
                                                                   const char              *json);

/* Sends it; like herald_http_client_send_async(), but says what a proxy’s 401, a redirect, an
 * untrusted certificate or an answer without a status line (OctoPrint is starting) mean. Other
 * statuses are the caller’s business. */
void                   herald_octoprint_server_send_async         (HeraldOctoprintServer   *self,
                                                                   SoupMessage             *message,
                                                                   gsize                    max_bytes,
                                                                   GCancellable            *cancellable,
                                                                   GAsyncReadyCallback      callback,
                                                                   gpointer                 user_data);
GBytes                *herald_octoprint_server_send_finish        (HeraldOctoprintServer   *self,
                                                                   GAsyncResult            *result,
                                                                   GError                 **error);
/* For requests that are not sent by the above (websockets) */
GError                *herald_octoprint_server_translate_error    (HeraldOctoprintServer   *self,
                                                                   const GError            *error,
                                                                   SoupMessage             *message);

/* For an answer that OctoPrint would not give: PROTOCOL */
GError                *herald_octoprint_server_make_stranger_error (SoupMessage          *message);

/* From the settings of a printer (`url user certificate`) and its secrets (`key`, and `password` if there
 * is a user). A missing key is an error only when a message with a key is sent: UNAUTHORIZED. */
void                   herald_octoprint_server_load_async         (HeraldHttpClient        *http,
                                                                   HeraldSecretStore       *secrets,
                                                                   const char              *owner,
                                                                   HeraldValues            *settings,
                                                                   GCancellable            *cancellable,
                                                                   GAsyncReadyCallback      callback,
                                                                   gpointer                 user_data);
HeraldOctoprintServer *herald_octoprint_server_load_finish        (GAsyncResult            *result,
                                                                   GError                 **error);

G_END_DECLS
