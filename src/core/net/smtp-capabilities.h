/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/net/smtp-reply.h"

G_BEGIN_DECLS

/**
 * HeraldSmtpCapabilities:
 * @mechanisms: (nullable): the SASL mechanisms of AUTH, upper case, separated by one space
 * @size_bytes: the largest message it takes; 0 if it did not say
 */
typedef struct
{
  gboolean starttls;
  gboolean eight_bit_mime;
  gboolean smtp_utf8;
  gboolean pipelining;
  gboolean size;
  guint64 size_bytes;
  char *mechanisms;
} HeraldSmtpCapabilities;

void     herald_smtp_capabilities_read  (HeraldSmtpCapabilities        *self,
                                         const HeraldSmtpReply         *reply);
gboolean herald_smtp_capabilities_check (const HeraldSmtpCapabilities  *self,
                                         gsize                          size_bytes,
                                         gboolean                       international,
                                         GError                       **error);
void     herald_smtp_capabilities_clear (HeraldSmtpCapabilities        *self);

G_END_DECLS
