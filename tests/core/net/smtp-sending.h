/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/net/smtp-client.h"

/* One message on its way to a server of the test */
typedef struct
{
  HeraldSmtpSubmission *submission;
  guint n_commits;
  HeraldSmtpReply *reply;
  GError *error;
  gboolean over;
} Sending;

/* @account: copied */
void sending_begin     (Sending                 *self,
                        HeraldSmtpClient        *client,
                        const HeraldSmtpAccount *account,
                        GCancellable            *cancellable);
void sending_wait      (Sending                 *self);
/* It got through, and was committed once. */
void sending_assert_ok (Sending                 *self);
void sending_clear     (Sending                 *self);
