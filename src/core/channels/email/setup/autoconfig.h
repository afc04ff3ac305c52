/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/email/setup/mail-setup.h"

G_BEGIN_DECLS

#define HERALD_AUTOCONFIG_MAX_BYTES (64 * 1024)

HeraldMailSetup *herald_autoconfig_read (const char  *xml,
                                         gsize        length,
                                         const char  *address,
                                         GError     **error);

G_END_DECLS
