/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/store/database.h"

G_BEGIN_DECLS

GBytes *herald_install_key_load   (HeraldDatabase  *database,
                                   GError         **error);
char   *herald_install_key_derive (GBytes          *install_key,
                                   const char      *dedupe,
                                   const char      *channel,
                                   const char      *destination);
char   *herald_install_key_derive_thread (GBytes     *install_key,
                                          const char *printer,
                                          const char *job,
                                          const char *channel);

G_END_DECLS
