/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/outbox/illustration.h"
#include "core/routing/picture-plan.h"

G_BEGIN_DECLS

/**
 * HeraldPictureBag:
 * @illustrations: (element-type utf8 HeraldIllustration): by id of the channel; those that are missing get none
 * @kind: what they are: `snapshot`, `thumbnail`, `timelapse` or `file`
 * @note: (nullable): one sentence for the history
 */
typedef struct
{
  GHashTable *illustrations;
  const char *kind;
  char *note;
} HeraldPictureBag;

/* Gets what @plan speaks of, which must outlive it, once, and makes of it what each channel takes. That there is no
 * picture is no error but a note: it fails only when it is cancelled. */
void              herald_picture_hunt_async  (HeraldPicturePlan    *plan,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
HeraldPictureBag *herald_picture_hunt_finish (GAsyncResult         *result,
                                              GError              **error);
void              herald_picture_bag_free    (HeraldPictureBag     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldPictureBag, herald_picture_bag_free)

G_END_DECLS
