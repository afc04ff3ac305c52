/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldSmsStatus:
 * @HERALD_SMS_UNKNOWN: nobody whose word counts says whether it still works
 * @HERALD_SMS_WORKS: the carrier offers it
 * @HERALD_SMS_ENDING: the carrier has said that it will end
 * @HERALD_SMS_ENDED: it is over
 */
typedef enum
{
  HERALD_SMS_UNKNOWN,
  HERALD_SMS_WORKS,
  HERALD_SMS_ENDING,
  HERALD_SMS_ENDED,
} HeraldSmsStatus;

/**
 * HeraldSmsNumberForm:
 * @HERALD_SMS_NATIONAL: as dialled within the country, without a leading zero
 * @HERALD_SMS_TRUNK: as dialled within the country, with the leading zero
 * @HERALD_SMS_INTERNATIONAL: the country code before it
 * @HERALD_SMS_PLUS: a plus and the country code before it
 *
 * How a gateway wants the number before its “@”.
 */
typedef enum
{
  HERALD_SMS_NATIONAL,
  HERALD_SMS_TRUNK,
  HERALD_SMS_INTERNATIONAL,
  HERALD_SMS_PLUS,
} HeraldSmsNumberForm;

/**
 * HeraldSmsGateway:
 * @id: as in the setting `gateway`
 * @name: of the carrier
 * @country: ISO 3166-1
 * @calling_code: of that country, digits
 * @sms_domain: what is written behind the number
 * @mms_domain: (nullable): the same for messages with a picture; %NULL if it takes none
 * @number: how the number is written
 * @max_chars: of a message; 0 if nobody says
 * @status: what is known of it
 * @ended: (nullable): when it ended or will end, as exactly as is known
 * @as_of: the date of what is known, or when an undated source was looked at
 * @source: who says so
 *
 * A carrier that makes SMS of mail.
 */
typedef struct
{
  const char *id;
  const char *name;
  const char *country;
  const char *calling_code;
  const char *sms_domain;
  const char *mms_domain;
  HeraldSmsNumberForm number;
  guint max_chars;
  HeraldSmsStatus status;
  const char *ended;
  const char *as_of;
  const char *source;
} HeraldSmsGateway;

const HeraldSmsGateway *herald_sms_gateway_get_all     (guint                   *n_gateways);
const HeraldSmsGateway *herald_sms_gateway_find        (const char              *id);
const HeraldSmsGateway *herald_sms_gateway_find_domain (const char              *domain);
const char             *herald_sms_status_to_id        (HeraldSmsStatus          status);

char                   *herald_sms_gateway_dup_number  (const HeraldSmsGateway  *self,
                                                        const char              *phone,
                                                        GError                 **error);

G_END_DECLS
