/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/store/secret-store.h"

G_BEGIN_DECLS

void     herald_keyring_probe_presence_async (GCancellable            *cancellable,
                                              GAsyncReadyCallback      callback,
                                              gpointer                 user_data);
void     herald_keyring_probe_lock_async     (GCancellable            *cancellable,
                                              GAsyncReadyCallback      callback,
                                              gpointer                 user_data);
gboolean herald_keyring_probe_finish         (GAsyncResult            *result,
                                              HeraldSecretStoreState  *state,
                                              GError                 **error);

G_END_DECLS
