/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/store/secret-store.h"

G_BEGIN_DECLS

typedef enum
{
  HERALD_KEYRING_LOOKUP,
  HERALD_KEYRING_STORE,
  HERALD_KEYRING_CLEAR,
  HERALD_KEYRING_UNLOCK, /* asks its owner for the password, if it is locked */
  HERALD_KEYRING_CHECK, /* only how the keyring is; ends with NULL if it is open */
} HeraldKeyringCall;

GTask    *herald_keyring_request_new       (gpointer                 source,
                                            HeraldKeyringCall        call,
                                            const char              *owner,
                                            GCancellable            *cancellable,
                                            GAsyncReadyCallback      callback,
                                            gpointer                 user_data);
void      herald_keyring_request_set_item  (GTask                   *task,
                                            const char              *field,
                                            const char              *origin,
                                            const char              *label,
                                            const char              *secret);
void      herald_keyring_request_start     (GTask                   *task);
gboolean  herald_keyring_request_get_state (GTask                   *task,
                                            HeraldSecretStoreState  *state);
void      herald_keyring_request_tell_log  (const char              *secret);

G_END_DECLS
