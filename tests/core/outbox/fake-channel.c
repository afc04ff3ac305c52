/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-fake-channel"

#include "fake-channel.h"

G_DEFINE_FINAL_TYPE (FakeChannel, fake_channel, HERALD_TYPE_CHANNEL)

static const HeraldChannelType fake_type = {
  .id = "fake",
  .name = "Fake",
  .get_gtype = fake_channel_get_type,
};

static const HeraldPictureForm picture_form = { .max_bytes = 20000, .max_side = 32, .film_max_bytes = 100 };

static const HeraldChannelType picture_type = {
  .id = "fake-picture",
  .name = "Fake",
  .form = "email",
  .picture = &picture_form,
  .get_gtype = fake_channel_get_type,
};

static const HeraldChannelType serial_type = {
  .id = "fake-serial",
  .name = "Fake",
  .get_gtype = fake_channel_get_type,
  .is_serial = TRUE,
};

static const HeraldChannelType mail_type = {
  .id = "fake-mail",
  .name = "Fake",
  .reach = HERALD_REACH_MAIL,
  .get_gtype = fake_channel_get_type,
};

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      user_data)
{
  g_task_return_error_if_cancelled (G_TASK (user_data));

  return G_SOURCE_REMOVE;
}

/* HeraldChannel */

static void
fake_channel_deliver_async (HeraldChannel       *channel,
                            HeraldAttempt       *attempt,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  FakeChannel *self = FAKE_CHANNEL (channel);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr(GError) error = NULL;

  self->n_attempts++;
  self->n_under_way++;
  self->n_under_way_max = MAX (self->n_under_way_max, self->n_under_way);
  g_string_append_printf (self->log, "%s ", herald_attempt_get_message (attempt)->title);
  g_free (self->last_key);
  self->last_key = g_strdup (herald_attempt_get_key (attempt));
  g_free (self->last_thread);
  self->last_thread = g_strdup (herald_attempt_get_thread (attempt));
  self->last_begun_ms = herald_attempt_get_begun_ms (attempt);
  self->last_n_tries = herald_attempt_get_n_tries (attempt);
  herald_attempt_set_keeps_picture (attempt, self->keeps_pictures);
  self->last_is_repeat = herald_attempt_is_repeat (attempt);
  if (self->last_is_repeat)
    herald_attempt_set_pointless (attempt, self->pointless);
  g_clear_pointer (&self->last_attachment, herald_attachment_unref);
  if (herald_attempt_get_attachment (attempt) != NULL)
    self->last_attachment = herald_attachment_ref (herald_attempt_get_attachment (attempt));

  if (self->step != NULL)
    herald_attempt_enter_step (attempt, self->step);
  if (self->commits && !herald_attempt_commit (attempt, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (self->refuses_pictures && self->last_attachment != NULL)
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_REJECTED, "Too large.");
  else if (self->code == -2)
    {
      g_autoptr(GSource) source = g_cancellable_source_new (cancellable);

      g_task_attach_source (task, source, (GSourceFunc) (void (*) (void)) on_cancelled);
    }
  else if (self->code >= 0)
    {
      GError *failure = g_error_new_literal (HERALD_ERROR, self->code, "It failed.");

      if (self->scope != 0)
        herald_error_set_scope (failure, self->scope);
      herald_error_set_retry_after (failure, self->retry_after_s);
      g_task_return_error (task, failure);
    }
  else
    {
      herald_attempt_set_remark (attempt, self->remark);
      g_task_return_boolean (task, TRUE);
    }
}

static gboolean
fake_channel_deliver_finish (HeraldChannel  *channel,
                             GAsyncResult   *result,
                             GError        **error)
{
  FAKE_CHANNEL (channel)->n_under_way--;
  return g_task_propagate_boolean (G_TASK (result), error);
}

static const char *
fake_channel_get_form (HeraldChannel *channel)
{
  FakeChannel *self = FAKE_CHANNEL (channel);

  return self->form != NULL ? self->form : herald_channel_get_channel_type (channel)->form;
}

static void
fake_channel_get_allowance (HeraldChannel   *channel,
                            HeraldAllowance *allowance)
{
  *allowance = FAKE_CHANNEL (channel)->allowance;
}

/* GObject */

static void
fake_channel_finalize (GObject *object)
{
  FakeChannel *self = FAKE_CHANNEL (object);

  g_string_free (self->log, TRUE);
  g_free (self->last_key);
  g_free (self->last_thread);
  g_clear_pointer (&self->last_attachment, herald_attachment_unref);

  G_OBJECT_CLASS (fake_channel_parent_class)->finalize (object);
}

static void
fake_channel_class_init (FakeChannelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_channel_finalize;
  HERALD_CHANNEL_CLASS (klass)->deliver_async = fake_channel_deliver_async;
  HERALD_CHANNEL_CLASS (klass)->deliver_finish = fake_channel_deliver_finish;
  HERALD_CHANNEL_CLASS (klass)->get_form = fake_channel_get_form;
  HERALD_CHANNEL_CLASS (klass)->get_allowance = fake_channel_get_allowance;
}

static void
fake_channel_init (FakeChannel *self)
{
  self->code = -1;
  self->commits = TRUE;
  self->log = g_string_new (NULL);
}

static FakeChannel *
make_channel (const HeraldChannelType *type,
              const char              *id)
{
  g_autoptr(HeraldValues) settings = herald_values_new ();
  g_autoptr(HeraldSecretStore) secrets = herald_secret_store_new ();

  return FAKE_CHANNEL (herald_channel_new (type, id, settings, secrets));
}

FakeChannel *
fake_channel_new (const char *id)
{
  return make_channel (&fake_type, id);
}

FakeChannel *
fake_channel_new_for_pictures (const char *id)
{
  return make_channel (&picture_type, id);
}

FakeChannel *
fake_channel_new_mail (const char *id)
{
  return make_channel (&mail_type, id);
}

FakeChannel *
fake_channel_new_serial (const char *id)
{
  return make_channel (&serial_type, id);
}
