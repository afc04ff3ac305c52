/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/store/online-accounts.h"

G_BEGIN_DECLS

/**
 * HeraldOnlineRequest:
 * @task: (nullable): %NULL once it has ended
 * @words: (nullable): which account; %NULL if all are wanted
 * @cancellable: its own
 * @outer: (nullable): the caller's cancellable
 * @account: (nullable): the account, once it is found
 *
 * One question to GNOME Online Accounts, from the bus to its answer. The callbacks of GDBus hold the
 * request, not the task: the task ends in time, also while the bus is silent in its handshake, which
 * cannot be cancelled.
 */
typedef struct
{
  GTask *task;
  char *words;
  HeraldOnlineEffort effort;
  GCancellable *cancellable;
  GSource *outer;
  guint timeout;
  GDBusConnection *bus;
  HeraldOnlineAccount *account;
  char *secret;
} HeraldOnlineRequest;

HeraldOnlineRequest *herald_online_request_new               (GTask               *take_task,
                                                              GCancellable        *cancellable);
void                 herald_online_request_unref             (HeraldOnlineRequest *self);
void                 herald_online_request_set_limit         (HeraldOnlineRequest *self,
                                                              guint                seconds);
void                 herald_online_request_call              (HeraldOnlineRequest *self,
                                                              const char          *path,
                                                              const char          *interface,
                                                              const char          *method,
                                                              GVariant            *arguments,
                                                              const char          *reply_type,
                                                              GAsyncReadyCallback  callback);

/* How it ends: once; a request whose task is NULL has ended already. */
GTask               *herald_online_request_conclude          (HeraldOnlineRequest *self);
void                 herald_online_request_fail              (HeraldOnlineRequest *self,
                                                              int                  code,
                                                              const char          *sentence);
void                 herald_online_request_fail_unauthorized (HeraldOnlineRequest *self);
void                 herald_online_request_fail_with_error   (HeraldOnlineRequest *self,
                                                              GError              *failure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldOnlineRequest, herald_online_request_unref)

G_END_DECLS
