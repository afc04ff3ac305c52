/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-certificate"

#include "core/net/certificate.h"

#include <glib/gi18n-lib.h>
#include <gnutls/abstract.h>
#include <gnutls/x509.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"

/* Names in real certificates have less than half of this; a sentence should still be readable. */
#define NAME_MAX_CHARS 200

#define FINGERPRINT_PREFIX "SHA256:"
#define FINGERPRINT_DIGITS 64

/* Where a request keeps its guard */
#define GUARD "herald-certificate-guard"

/* What a guarded request carries along. */
typedef struct
{
  char *pin;
  HeraldCertificate *refused;
} Guard;

static void
herald_certificate_clear (gpointer memory)
{
  HeraldCertificate *self = memory;

  g_free (self->subject);
  g_free (self->issuer);
  g_free (self->fingerprint);
}

HeraldCertificate *
herald_certificate_ref (HeraldCertificate *self)
{
  return g_rc_box_acquire (self);
}

void
herald_certificate_unref (HeraldCertificate *self)
{
  g_rc_box_release_full (self, herald_certificate_clear);
}

G_DEFINE_BOXED_TYPE (HeraldCertificate, herald_certificate, herald_certificate_ref,
                     herald_certificate_unref)

/* Reading */

typedef int (*NameFunc) (gnutls_x509_crt_t  certificate,
                         gnutls_datum_t    *name,
                         unsigned int       flags);

static char *
dup_name (gnutls_x509_crt_t certificate,
          NameFunc          get_name)
{
  gnutls_datum_t name = { NULL, 0 };
  g_autofree char *text = NULL;

  if (get_name (certificate, &name, 0) < 0)
    return g_strdup ("");

  text = g_strndup ((const char *) name.data, name.size);
  gnutls_free (name.data);

  return herald_text_clean (text, NAME_MAX_CHARS);
}

/* Returns (nullable): of the whole SubjectPublicKeyInfo, so that a renewed certificate of the same
 * key stays the same. */
static char *
dup_fingerprint (gnutls_x509_crt_t certificate)
{
  gnutls_pubkey_t key = NULL;
  gnutls_datum_t info = { NULL, 0 };
  g_autofree char *digest = NULL;
  g_autofree char *upper = NULL;

  if (gnutls_pubkey_init (&key) < 0)
    return NULL;

  if (gnutls_pubkey_import_x509 (key, certificate, 0) >= 0 &&
      gnutls_pubkey_export2 (key, GNUTLS_X509_FMT_DER, &info) >= 0)
    digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, info.data, info.size);
  gnutls_free (info.data);
  gnutls_pubkey_deinit (key);
  if (digest == NULL)
    return NULL;

  upper = g_ascii_strup (digest, -1);
  return g_strconcat (FINGERPRINT_PREFIX, upper, NULL);
}

/**
 * herald_certificate_read:
 * @certificate: as a server showed it; foreign
 *
 * Returns: (transfer full): what people can compare, or %NULL with HERALD_ERROR_UNTRUSTED
 *   if it is damaged
 */
HeraldCertificate *
herald_certificate_read (GTlsCertificate  *certificate,
                         GError          **error)
{
  g_autoptr(GByteArray) bytes = NULL;
  gnutls_x509_crt_t parsed = NULL;
  HeraldCertificate *self = NULL;
  gnutls_datum_t encoded;
  char *fingerprint = NULL;

  g_object_get (certificate, "certificate", &bytes, NULL);
  if (bytes != NULL && gnutls_x509_crt_init (&parsed) >= 0)
    {
      encoded.data = bytes->data;
      encoded.size = bytes->len;
      if (gnutls_x509_crt_import (parsed, &encoded, GNUTLS_X509_FMT_DER) >= 0)
        fingerprint = dup_fingerprint (parsed);
      if (fingerprint != NULL)
        {
          self = g_rc_box_new0 (HeraldCertificate);
          self->subject = dup_name (parsed, gnutls_x509_crt_get_dn3);
          self->issuer = dup_name (parsed, gnutls_x509_crt_get_issuer_dn3);
          self->fingerprint = fingerprint;
        }
      gnutls_x509_crt_deinit (parsed);
    }

  if (self == NULL)
    g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_UNTRUSTED,
                         _("The certificate of the server is damaged"));

  return self;
}

/**
 * herald_certificate_check_fingerprint:
 * @typed: what a person pasted: with or without `SHA256:`, colons and spaces, in any case
 *
 * Returns: (transfer full): its normal form, or %NULL with HERALD_ERROR_SETTINGS
 */
char *
herald_certificate_check_fingerprint (const char  *typed,
                                      GError     **error)
{
  g_autoptr(GString) digits = g_string_new (FINGERPRINT_PREFIX);
  const char *p = typed + strspn (typed, " \t\r\n");

  if (g_ascii_strncasecmp (p, FINGERPRINT_PREFIX, strlen (FINGERPRINT_PREFIX)) == 0)
    p += strlen (FINGERPRINT_PREFIX);
  for (; *p != '\0' && digits->len <= strlen (FINGERPRINT_PREFIX) + FINGERPRINT_DIGITS; p++)
    {
      if (g_ascii_isxdigit (*p))
        g_string_append_c (digits, g_ascii_toupper (*p));
      else if (*p != ':' && !g_ascii_isspace (*p))
        break;
    }

  if (*p != '\0' || digits->len != strlen (FINGERPRINT_PREFIX) + FINGERPRINT_DIGITS)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("A fingerprint is “SHA256:” and 64 digits from 0 to 9 and A to F. "
                             "Copy the whole of it"));
      return NULL;
    }

  return g_string_free (g_steal_pointer (&digits), FALSE);
}

/* Guarding */

static void
guard_free (Guard *guard)
{
  g_free (guard->pin);
  g_clear_pointer (&guard->refused, herald_certificate_unref);
  g_free (guard);
}

static Guard *
get_guard (SoupMessage *message)
{
  return g_object_get_data (G_OBJECT (message), GUARD);
}

/* Asked during the handshake, before anything of the request is written: always for a pinned
 * request, which knows no authorities, else only if the authorities do not vouch for the server. */
static gboolean
on_accept_certificate (SoupMessage          *message,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  errors,
                       gpointer              user_data)
{
  Guard *guard = get_guard (message);
  g_autoptr(HeraldCertificate) shown = herald_certificate_read (certificate, NULL);

  if (shown != NULL && guard->pin != NULL && g_str_equal (shown->fingerprint, guard->pin))
    return TRUE;

  g_clear_pointer (&guard->refused, herald_certificate_unref);
  guard->refused = g_steal_pointer (&shown);

  return FALSE;
}

/* Whoever shows a key we did not ask for gets nothing of what we had to say, come what may. */
static void
on_tls_peer_certificate_changed (SoupMessage *message,
                                 GParamSpec  *property,
                                 gpointer     user_data)
{
  Guard *guard = get_guard (message);
  GTlsCertificate *certificate = soup_message_get_tls_peer_certificate (message);
  g_autoptr(HeraldCertificate) shown = NULL;

  if (certificate == NULL || guard->pin == NULL)
    return;

  shown = herald_certificate_read (certificate, NULL);
  if (shown == NULL || g_strcmp0 (shown->fingerprint, guard->pin) != 0)
    soup_message_headers_clear (soup_message_get_request_headers (message));
}

/**
 * herald_certificate_guard:
 * @pin: (nullable): a fingerprint in normal form
 *
 * To be called once, before @message is sent, and through a session that shares connections only
 * among requests with the same pin: herald_http_client_get_session().
 */
void
herald_certificate_guard (SoupMessage *message,
                          const char  *pin)
{
  Guard *guard = g_new0 (Guard, 1);

  guard->pin = g_strdup (pin);
  g_object_set_data_full (G_OBJECT (message), GUARD, guard, (GDestroyNotify) guard_free);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (on_accept_certificate), NULL);
  g_signal_connect (message, "notify::tls-peer-certificate",
                    G_CALLBACK (on_tls_peer_certificate_changed), NULL);
}

/**
 * herald_certificate_get_pin:
 *
 * Returns: (nullable): the pin of a guarded request
 */
const char *
herald_certificate_get_pin (SoupMessage *message)
{
  Guard *guard = get_guard (message);

  return guard != NULL ? guard->pin : NULL;
}

/**
 * herald_certificate_dup_refused:
 *
 * Returns: (nullable) (transfer full): what the server showed, %NULL if it was not refused
 */
HeraldCertificate *
herald_certificate_dup_refused (SoupMessage *message)
{
  Guard *guard = get_guard (message);

  return guard != NULL && guard->refused != NULL ? herald_certificate_ref (guard->refused) : NULL;
}
