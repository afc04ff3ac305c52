/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-smtp-sending"

#include "smtp-sending.h"

static gboolean
on_commit (gpointer   user_data,
           GError   **error)
{
  Sending *self = user_data;

  self->n_commits++;

  return TRUE;
}

static void
on_submit_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Sending *self = user_data;

  self->reply = herald_smtp_client_submit_finish (HERALD_SMTP_CLIENT (object), result, &self->error);
  self->over = TRUE;
}

void
sending_begin (Sending                 *self,
               HeraldSmtpClient        *client,
               const HeraldSmtpAccount *account,
               GCancellable            *cancellable)
{
  self->submission = herald_smtp_submission_new ();
  self->submission->account = herald_smtp_account_new (account);
  self->submission->sender = g_strdup ("a@example.org");
  self->submission->recipient = g_strdup ("b@example.org");
  self->submission->message = g_bytes_new_static ("A: b\r\n\r\nx\r\n", 11);
  self->submission->commit = on_commit;
  self->submission->user_data = self;
  herald_smtp_client_submit_async (client, self->submission, cancellable, on_submit_ready, self);
}

void
sending_wait (Sending *self)
{
  while (!self->over)
    g_main_context_iteration (NULL, TRUE);
}

void
sending_assert_ok (Sending *self)
{
  sending_wait (self);
  g_assert_no_error (self->error);
  g_assert_cmpuint (self->n_commits, ==, 1);
}

void
sending_clear (Sending *self)
{
  g_clear_pointer (&self->submission, herald_smtp_submission_free);
  g_clear_pointer (&self->reply, herald_smtp_reply_free);
  g_clear_error (&self->error);
}
