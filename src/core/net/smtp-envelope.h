/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/net/smtp-capabilities.h"
#include "core/net/smtp-data.h"

G_BEGIN_DECLS

/**
 * HeraldSmtpEnvelope:
 * @sender: as it goes over the wire
 * @recipient: as it goes over the wire
 */
typedef struct
{
  char *sender;
  char *recipient;
} HeraldSmtpEnvelope;

gboolean herald_smtp_envelope_init             (HeraldSmtpEnvelope            *self,
                                                const char                    *sender,
                                                const char                    *recipient,
                                                GError                       **error);
void     herald_smtp_envelope_clear            (HeraldSmtpEnvelope            *self);
gboolean herald_smtp_envelope_is_international (const HeraldSmtpEnvelope      *self);
void     herald_smtp_envelope_append_sender    (const HeraldSmtpEnvelope      *self,
                                                const HeraldSmtpData          *data,
                                                const HeraldSmtpCapabilities  *capabilities,
                                                GString                       *command);
void     herald_smtp_envelope_append_recipient (const HeraldSmtpEnvelope      *self,
                                                GString                       *command);

G_END_DECLS
