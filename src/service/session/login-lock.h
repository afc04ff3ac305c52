/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A lock of logind’s against sleeping (systemd, “Inhibitor Locks”), held as long as it is wanted: asked for
 * asynchronously, and let go at once. */
typedef struct _HeraldLoginLock HeraldLoginLock;

/* @mode: delay: the computer waits some seconds before it sleeps; block: it does not. Both texts are shown to people. */
HeraldLoginLock *herald_login_lock_new     (const char      *mode,
                                            const char      *why);
void             herald_login_lock_free    (HeraldLoginLock *self);

/* @connection: to the system bus. Nothing happens if it is held or asked for already. */
void             herald_login_lock_take    (HeraldLoginLock *self,
                                            GDBusConnection *connection);
void             herald_login_lock_release (HeraldLoginLock *self);
gboolean         herald_login_lock_is_held (HeraldLoginLock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldLoginLock, herald_login_lock_free)

G_END_DECLS
