/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * HeraldSecretStoreState:
 * @HERALD_SECRETS_READY: secrets can be read and written
 * @HERALD_SECRETS_LOCKED: the keyring waits for its password
 * @HERALD_SECRETS_ABSENT: there is no keyring on this session bus
 * @HERALD_SECRETS_SILENT: the keyring does not answer
 */
typedef enum
{
  HERALD_SECRETS_READY,
  HERALD_SECRETS_LOCKED,
  HERALD_SECRETS_ABSENT,
  HERALD_SECRETS_SILENT,
} HeraldSecretStoreState;

#define HERALD_TYPE_SECRET_STORE (herald_secret_store_get_type ())
G_DECLARE_FINAL_TYPE (HeraldSecretStore, herald_secret_store, HERALD, SECRET_STORE, GObject)

HeraldSecretStore      *herald_secret_store_new           (void);

HeraldSecretStoreState  herald_secret_store_get_state     (HeraldSecretStore    *self);
const char             *herald_secret_store_describe      (HeraldSecretStoreState state);

void                    herald_secret_store_lookup_async  (HeraldSecretStore    *self,
                                                           const char           *owner,
                                                           const char           *field,
                                                           const char           *origin,
                                                           GCancellable         *cancellable,
                                                           GAsyncReadyCallback   callback,
                                                           gpointer              user_data);
char                   *herald_secret_store_lookup_finish (HeraldSecretStore    *self,
                                                           GAsyncResult         *result,
                                                           GError              **error);
void                    herald_secret_store_store_async   (HeraldSecretStore    *self,
                                                           const char           *owner,
                                                           const char           *field,
                                                           const char           *origin,
                                                           const char           *secret,
                                                           GCancellable         *cancellable,
                                                           GAsyncReadyCallback   callback,
                                                           gpointer              user_data);
gboolean                herald_secret_store_store_finish  (HeraldSecretStore    *self,
                                                           GAsyncResult         *result,
                                                           GError              **error);
void                    herald_secret_store_clear_async   (HeraldSecretStore    *self,
                                                           const char           *owner,
                                                           GCancellable         *cancellable,
                                                           GAsyncReadyCallback   callback,
                                                           gpointer              user_data);
/* One of them alone; also ends with herald_secret_store_clear_finish() */
void                    herald_secret_store_forget_async  (HeraldSecretStore    *self,
                                                           const char           *owner,
                                                           const char           *field,
                                                           const char           *origin,
                                                           GAsyncReadyCallback   callback,
                                                           gpointer              user_data);
gboolean                herald_secret_store_clear_finish  (HeraldSecretStore    *self,
                                                           GAsyncResult         *result,
                                                           GError              **error);
void                    herald_secret_store_unlock_async  (HeraldSecretStore    *self,
                                                           GCancellable         *cancellable,
                                                           GAsyncReadyCallback   callback,
                                                           gpointer              user_data);
gboolean                herald_secret_store_unlock_finish (HeraldSecretStore    *self,
                                                           GAsyncResult         *result,
                                                           GError              **error);

G_END_DECLS
