/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/error.h"
#include "core/net/smtp-verdict.h"

G_BEGIN_DECLS

/**
 * HeraldSmtpMeaning:
 * @steps: the bits (1 << step) of the steps it is about; 0 for all
 * @code: 0 for any
 * @enhanced: (nullable): `5.7.8`, or without its class, for both, `.7.8`; %NULL for any
 * @words: (nullable): what stands somewhere in the text, in small letters; %NULL for any
 * @scope: 0 for what is usual for @error
 * @retry_after_s: 0 if nothing is known
 * @sentence: for a person; untranslated
 *
 * A refusal that means something more precise than its class.
 */
typedef struct
{
  guint steps;
  int code;
  const char *enhanced;
  const char *words;
  HeraldError error;
  HeraldErrorScope scope;
  guint retry_after_s;
  const char *sentence;
} HeraldSmtpMeaning;

const HeraldSmtpMeaning *herald_smtp_meaning_find (HeraldSmtpStep          step,
                                                   const HeraldSmtpReply  *reply,
                                                   const char             *text);

G_END_DECLS
