/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _HeraldLoopbackReceiver HeraldLoopbackReceiver;

/* What the browser came back with, a secret. %TRUE: the browser waits for herald_loopback_receiver_answer(), nobody else is
 * let in, and the receiver may be gone already; %FALSE: it is told that it came for nothing. */
typedef gboolean (*HeraldLoopbackFunc) (const char *query,
                                        gpointer    user_data);

/* Listens at http://127.0.0.1:PORT@path, at the first of @ports (0-terminated) that is free. Fails with
 * HERALD_ERROR_SETTINGS if none is. */
HeraldLoopbackReceiver *herald_loopback_receiver_new          (const guint16            *ports,
                                                               const char               *path,
                                                               HeraldLoopbackFunc        on_query,
                                                               gpointer                  user_data,
                                                               GError                  **error);
void                    herald_loopback_receiver_free         (HeraldLoopbackReceiver   *self);

/* `http://127.0.0.1:PORT/path`, as the browser is to be sent to */
const char             *herald_loopback_receiver_get_address  (HeraldLoopbackReceiver   *self);

/* The sentence a person sees in the browser. Nothing happens if no browser waits. */
void                    herald_loopback_receiver_answer       (HeraldLoopbackReceiver   *self,
                                                               gboolean                  went_well,
                                                               const char               *sentence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldLoopbackReceiver, herald_loopback_receiver_free)

G_END_DECLS
