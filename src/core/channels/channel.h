/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/allowance.h"
#include "core/channels/attempt.h"
#include "core/channels/channel-type.h"
#include "core/store/secret-store.h"

G_BEGIN_DECLS

#define HERALD_TYPE_CHANNEL (herald_channel_get_type ())
G_DECLARE_DERIVABLE_TYPE (HeraldChannel, herald_channel, HERALD, CHANNEL, GObject)

struct _HeraldChannelClass
{
  GObjectClass parent_class;

  /* Required */
  void     (*deliver_async)     (HeraldChannel        *self,
                                 HeraldAttempt        *attempt,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
  gboolean (*deliver_finish)    (HeraldChannel        *self,
                                 GAsyncResult         *result,
                                 GError              **error);

  /* Optional: one delivery is made for each; the default is one, the channel's name */
  char   **(*dup_destinations)  (HeraldChannel        *self);

  /* Optional: id of the form its words have; the default is that of its type */
  const char *(*get_form)       (HeraldChannel        *self);

  /* Optional: where its secrets belong to; the default is the channel's id */
  char    *(*dup_secret_origin) (HeraldChannel        *self);

  /* Optional: what its pictures look like with its settings; NULL if it takes none. The default is its type's. */
  const HeraldPictureForm *(*get_picture_form) (HeraldChannel *self);

  /* Optional: what a message goes through with its settings; the default is its type's */
  const HeraldChannelStep *(*get_steps) (HeraldChannel *self);

  /* Optional: how much may be sent in a time; the default is no bounds */
  void     (*get_allowance)     (HeraldChannel        *self,
                                 HeraldAllowance      *allowance);

  /* Optional: asks the other side, without sending a message, whether the credentials are right. Returns (transfer full)
   * whose they are, in a sentence. */
  void     (*verify_async)      (HeraldChannel        *self,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
  char    *(*verify_finish)     (HeraldChannel        *self,
                                 GAsyncResult         *result,
                                 GError              **error);
};

HeraldChannel           *herald_channel_new               (const HeraldChannelType *type,
                                                           const char              *id,
                                                           HeraldValues            *settings,
                                                           HeraldSecretStore       *secrets);
HeraldChannel           *herald_channel_find              (GListModel              *channels,
                                                           const char              *id);

const HeraldChannelType *herald_channel_get_channel_type  (HeraldChannel           *self);
const char              *herald_channel_get_id            (HeraldChannel           *self);
const char              *herald_channel_get_name          (HeraldChannel           *self);
gboolean                 herald_channel_get_enabled       (HeraldChannel           *self);
HeraldValues            *herald_channel_get_settings      (HeraldChannel           *self);
void                     herald_channel_set_settings      (HeraldChannel           *self,
                                                           HeraldValues            *settings);
const char              *herald_channel_get_setting       (HeraldChannel           *self,
                                                           const char              *name);
HeraldSecretStore       *herald_channel_get_secret_store  (HeraldChannel           *self);

/* Held: nothing is tried until a person has acted. The outbox decides. */
const char              *herald_channel_get_problem       (HeraldChannel           *self);
const char              *herald_channel_get_sentence      (HeraldChannel           *self);
void                     herald_channel_set_problem       (HeraldChannel           *self,
                                                           const char              *problem);
void                     herald_channel_hold              (HeraldChannel           *self,
                                                           const char              *sentence,
                                                           const char              *problem);

/* Waits: it is tried again by itself, not before @until_ms (milliseconds since 1970). The outbox decides. */
const char              *herald_channel_get_wait_reason   (HeraldChannel           *self);
gint64                   herald_channel_get_wait_until_ms (HeraldChannel           *self);
void                     herald_channel_set_wait          (HeraldChannel           *self,
                                                           const char              *reason,
                                                           gint64                   until_ms);

const char              *herald_channel_get_form          (HeraldChannel           *self);
char                   **herald_channel_dup_destinations  (HeraldChannel           *self);
char                    *herald_channel_dup_secret_origin (HeraldChannel           *self);
const HeraldPictureForm *herald_channel_get_picture_form  (HeraldChannel           *self);
const HeraldChannelStep *herald_channel_get_steps         (HeraldChannel           *self);
void                     herald_channel_get_allowance     (HeraldChannel           *self,
                                                           HeraldAllowance         *allowance);

void                     herald_channel_deliver_async     (HeraldChannel           *self,
                                                           HeraldAttempt           *attempt,
                                                           GCancellable            *cancellable,
                                                           GAsyncReadyCallback      callback,
                                                           gpointer                 user_data);
gboolean                 herald_channel_deliver_finish    (HeraldChannel           *self,
                                                           GAsyncResult            *result,
                                                           GError                 **error);

gboolean                 herald_channel_can_verify        (HeraldChannel           *self);
void                     herald_channel_verify_async      (HeraldChannel           *self,
                                                           GCancellable            *cancellable,
                                                           GAsyncReadyCallback      callback,
                                                           gpointer                 user_data);
char                    *herald_channel_verify_finish     (HeraldChannel           *self,
                                                           GAsyncResult            *result,
                                                           GError                 **error);

G_END_DECLS
