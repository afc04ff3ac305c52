/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HeraldSasl HeraldSasl;
typedef struct _HeraldSaslMechanism HeraldSaslMechanism;

/**
 * HeraldSaslIdentity:
 * @password: (nullable): for the mechanisms that take one
 * @token: (nullable): for the mechanisms that take one
 * @host: of the server, as the user knows it
 *
 * Who logs in where.
 */
typedef struct
{
  const char *user;
  const char *password;
  const char *token;
  const char *host;
  guint16 port;
} HeraldSaslIdentity;

extern const HeraldSaslMechanism herald_sasl_plain;
extern const HeraldSaslMechanism herald_sasl_login;
extern const HeraldSaslMechanism herald_sasl_cram_md5;
extern const HeraldSaslMechanism herald_sasl_scram_sha_256;
extern const HeraldSaslMechanism herald_sasl_xoauth2;
extern const HeraldSaslMechanism herald_sasl_oauthbearer;

const char *herald_sasl_mechanism_get_name (const HeraldSaslMechanism *mechanism);

HeraldSasl *herald_sasl_new                (const HeraldSaslMechanism *mechanism,
                                            const HeraldSaslIdentity  *identity);
void        herald_sasl_free               (HeraldSasl                *self);
void        herald_sasl_set_nonce          (HeraldSasl                *self,
                                            const char                *nonce);

const char *herald_sasl_get_name           (HeraldSasl                *self);
gboolean    herald_sasl_speaks_first       (HeraldSasl                *self);
gboolean    herald_sasl_is_slow            (HeraldSasl                *self);
char       *herald_sasl_step               (HeraldSasl                *self,
                                            const char                *challenge,
                                            GError                   **error);
gboolean    herald_sasl_check_success      (HeraldSasl                *self,
                                            GError                   **error);
const char *herald_sasl_get_complaint      (HeraldSasl                *self);

void        herald_sasl_wipe               (char                      *secret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldSasl, herald_sasl_free)

G_END_DECLS
