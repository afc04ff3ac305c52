/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-certificate"

#include "core/net/certificate.h"

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

G_DEFINE_BOXED_TYPE (HeraldCertificate, herald_certificate, herald_certificate_ref, herald_certificate_unref)
