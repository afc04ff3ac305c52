/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"
#include "herald-dbus.h"

G_BEGIN_DECLS

typedef struct _HeraldChannelLogin HeraldChannelLogin;

/* @object: where to show how it goes; must live longer */
HeraldChannelLogin *herald_channel_login_new          (HeraldDBusChannel1     *object,
                                                       HeraldEngine           *engine,
                                                       HeraldChannel          *channel);
void                herald_channel_login_free         (HeraldChannelLogin     *self);

/* Both take the call, and answer it */
void                herald_channel_login_begin        (HeraldChannelLogin     *self,
                                                       GDBusMethodInvocation  *taken_invocation);
void                herald_channel_login_take_address (HeraldChannelLogin     *self,
                                                       const char             *address,
                                                       GDBusMethodInvocation  *taken_invocation);
void                herald_channel_login_withdraw     (HeraldChannelLogin     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldChannelLogin, herald_channel_login_free)

G_END_DECLS
