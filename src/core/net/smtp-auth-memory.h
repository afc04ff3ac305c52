/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/net/smtp-account.h"

G_BEGIN_DECLS

HeraldSmtpAuth herald_smtp_auth_memory_get (const HeraldSmtpAccount *account);
void           herald_smtp_auth_memory_set (const HeraldSmtpAccount *account,
                                            HeraldSmtpAuth           auth);

G_END_DECLS
