/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * HeraldCertificate:
 * @subject: whom it is made out to; cleaned
 * @issuer: who vouches for it; cleaned
 * @fingerprint: `SHA256:` and 64 hexadecimal digits, of the public key (SPKI, RFC 7469 section 2.4)
 *
 * The certificate a server showed, as people can compare it. Never changed once it is made.
 */
typedef struct
{
  char *subject;
  char *issuer;
  char *fingerprint;
} HeraldCertificate;

#define HERALD_TYPE_CERTIFICATE (herald_certificate_get_type ())

GType              herald_certificate_get_type         (void);

HeraldCertificate *herald_certificate_read             (GTlsCertificate    *certificate,
                                                        GError            **error);
HeraldCertificate *herald_certificate_ref              (HeraldCertificate  *self);
void               herald_certificate_unref            (HeraldCertificate  *self);

char              *herald_certificate_check_fingerprint (const char        *typed,
                                                         GError           **error);

/* @pin: (nullable): the only fingerprint to accept on this request, whatever the authorities say;
 * without one the authorities decide. A request to a server that shows another key is ended before
 * a byte of it is sent. */
void               herald_certificate_guard            (SoupMessage        *message,
                                                        const char         *pin);
const char        *herald_certificate_get_pin          (SoupMessage        *message);

/* Returns (nullable) (transfer full): what the server of a guarded request showed when it was refused. */
HeraldCertificate *herald_certificate_dup_refused      (SoupMessage        *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldCertificate, herald_certificate_unref)

G_END_DECLS
