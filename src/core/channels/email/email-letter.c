/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-email-letter"

#include "core/channels/email/email-letter.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/channels/email/email-message.h"
#include "core/channels/email/email-recipients.h"
#include "core/channels/email/email-settings.h"

/* All that a letter is made from, kept while a thread writes it. @header borrows from the rest. */
typedef struct
{
  HeraldMessage *message;
  HeraldAttachment *attachment;
  char *from;
  char *from_name;
  char *to;
  char *cc;
  char *only_recipient;
  char *key;
  char *thread;
  HeraldEmailHeader header;
} Letter;

static void
letter_free (gpointer data)
{
  Letter *self = data;

  g_clear_pointer (&self->message, herald_message_unref);
  g_clear_pointer (&self->attachment, herald_attachment_unref);
  g_free (self->from);
  g_free (self->from_name);
  g_free (self->to);
  g_free (self->cc);
  g_free (self->only_recipient);
  g_free (self->key);
  g_free (self->thread);
  g_free (self);
}

static Letter *
letter_new (HeraldChannel *channel,
            HeraldAttempt *attempt,
            const char    *sender,
            const char    *only_recipient)
{
  Letter *self = g_new0 (Letter, 1);
  gboolean is_phone = herald_email_recipients_are_phones (channel);
  HeraldAttachment *attachment = herald_attempt_get_attachment (attempt);

  self->message = herald_message_ref (herald_attempt_get_message (attempt));
  self->attachment = attachment != NULL ? herald_attachment_ref (attachment) : NULL;
  self->from = g_strdup (sender);
  self->from_name = g_strdup (herald_channel_get_setting (channel, "from-name"));
  self->to = herald_email_recipients_dup_list (channel, "to");
  self->cc = herald_email_recipients_dup_list (channel, "cc");
  /* No phone need know of the others. */
  self->only_recipient = g_strdup (is_phone ? herald_attempt_get_destination (attempt) : only_recipient);
  self->key = g_strdup (herald_attempt_get_key (attempt));
  self->thread = g_strdup (herald_attempt_get_thread (attempt));
  self->header = (HeraldEmailHeader) {
    .from = self->from,
    .from_name = self->from_name,
    .to = self->to,
    .cc = self->cc,
    .only_recipient = self->only_recipient,
    .key = self->key,
    .thread = self->thread,
    .begun_ms = herald_attempt_get_begun_ms (attempt),
    .sms = is_phone,
    .mms = herald_email_recipients_get_pictures (channel),
    .names_print = g_strcmp0 (herald_channel_get_setting (channel, "subject"), "print") == 0,
    .html = herald_email_settings_get_boolean (channel, "html"),
    .inline_picture = herald_email_settings_get_boolean (channel, "inline-picture"),
  };

  return self;
}

static void
write_letter (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Letter *letter = task_data;
  GError *error = NULL;
  GBytes *mail = herald_email_message_write (letter->message, letter->attachment, &letter->header, &error);

  if (mail != NULL)
    g_task_return_pointer (task, mail, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/**
 * herald_email_letter_write_async:
 * @sender: (nullable): address of the sender
 * @only_recipient: (nullable): stands in the header instead of all recipients
 *
 * Writes the mail of @attempt as the settings of @channel want it. A film takes longer than the loop may be held, so
 * what has one is written in a thread; a few words are written before a thread has woken.
 */
void
herald_email_letter_write_async (HeraldChannel       *channel,
                                 HeraldAttempt       *attempt,
                                 const char          *sender,
                                 const char          *only_recipient,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (channel, cancellable, callback, user_data);
  Letter *letter = NULL;

  g_task_set_source_tag (task, herald_email_letter_write_async);
  if (sender == NULL)
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("The sender address is missing"));
      return;
    }

  letter = letter_new (channel, attempt, sender, only_recipient);
  g_task_set_task_data (task, letter, letter_free);
  if (letter->attachment != NULL)
    g_task_run_in_thread (task, write_letter);
  else
    write_letter (task, channel, letter, cancellable);
}

/**
 * herald_email_letter_write_finish:
 *
 * Returns: (transfer full): the mail; %NULL with HERALD_ERROR_SETTINGS
 */
GBytes *
herald_email_letter_write_finish (HeraldChannel  *channel,
                                  GAsyncResult   *result,
                                  GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, channel), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
