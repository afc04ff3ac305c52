/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* For tests that with-keyring.sh runs: what a person does with the login keyring. */
void lock_keyring   (void);
void unlock_keyring (void);

G_END_DECLS
