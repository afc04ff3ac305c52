/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-attempt"

#include "core/channels/attempt.h"

#include "core/base/text.h"

#define REPLY_MAX_CHARS 500

/**
 * HeraldAttempt:
 *
 * One try to get one message to one destination: what a channel is given, and
 * where it notes how far it came. A channel calls herald_attempt_commit()
 * right before the byte after which nobody can take the message back.
 */
struct _HeraldAttempt
{
  GObject parent_instance;

  HeraldMessage *message;
  char *destination;
  char *key;
  char *thread;
  gint64 begun_ms;
  gboolean may_have_arrived;
  guint n_tries;
  gboolean is_repeat;
  char *pointless;
  HeraldAttachment *attachment;
  gboolean keeps_picture;
  HeraldCommitFunc commit;
  gpointer user_data;
  gboolean committed;
  const char *step;
  int reply_code;
  char *reply;
  char *remote_id;
  char *remark;
};

G_DEFINE_FINAL_TYPE (HeraldAttempt, herald_attempt, G_TYPE_OBJECT)

/* GObject */

static void
herald_attempt_finalize (GObject *object)
{
  HeraldAttempt *self = HERALD_ATTEMPT (object);

  g_clear_pointer (&self->message, herald_message_unref);
  g_clear_pointer (&self->destination, g_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->thread, g_free);
  g_clear_pointer (&self->attachment, herald_attachment_unref);
  g_clear_pointer (&self->reply, g_free);
  g_clear_pointer (&self->remote_id, g_free);
  g_clear_pointer (&self->remark, g_free);
  g_clear_pointer (&self->pointless, g_free);

  G_OBJECT_CLASS (herald_attempt_parent_class)->finalize (object);
}

static void
herald_attempt_class_init (HeraldAttemptClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = herald_attempt_finalize;
}

static void
herald_attempt_init (HeraldAttempt *self)
{
  self->step = "start";
  self->n_tries = 1;
}

/**
 * herald_attempt_new:
 * @message: what to say
 * @destination: to whom; what it means is the channel's business
 * @idempotency_key: the same at every attempt of one delivery, and for no other
 * @commit: (nullable): records durably that from now on the message may have arrived
 * @user_data: for @commit; must outlive the attempt
 */
HeraldAttempt *
herald_attempt_new (HeraldMessage    *message,
                    const char       *destination,
                    const char       *idempotency_key,
                    HeraldCommitFunc  commit,
                    gpointer          user_data)
{
  HeraldAttempt *self = g_object_new (HERALD_TYPE_ATTEMPT, NULL);

  self->message = herald_message_ref (message);
  self->destination = g_strdup (destination);
  self->key = g_strdup (idempotency_key);
  self->commit = commit;
  self->user_data = user_data;

  return self;
}

HeraldMessage *
herald_attempt_get_message (HeraldAttempt *self)
{
  return self->message;
}

const char *
herald_attempt_get_destination (HeraldAttempt *self)
{
  return self->destination;
}

/**
 * herald_attempt_get_key:
 *
 * Returns: the idempotency key: letters and digits only
 */
const char *
herald_attempt_get_key (HeraldAttempt *self)
{
  return self->key;
}

/**
 * herald_attempt_get_thread:
 *
 * Returns: (nullable): letters and digits that mark the messages of one print as one conversation; %NULL if it is
 *   about no print
 */
const char *
herald_attempt_get_thread (HeraldAttempt *self)
{
  return self->thread;
}

/**
 * herald_attempt_take_thread:
 * @take_thread: (transfer full) (nullable): letters and digits
 */
void
herald_attempt_take_thread (HeraldAttempt *self,
                            char          *take_thread)
{
  g_free (self->thread);
  self->thread = take_thread;
}

gint64
herald_attempt_get_begun_ms (HeraldAttempt *self)
{
  return self->begun_ms;
}

void
herald_attempt_set_begun_ms (HeraldAttempt *self,
                             gint64         begun_ms)
{
  self->begun_ms = begun_ms;
}

gboolean
herald_attempt_may_have_arrived (HeraldAttempt *self)
{
  g_return_val_if_fail (HERALD_IS_ATTEMPT (self), FALSE);

  return self->may_have_arrived;
}

void
herald_attempt_set_may_have_arrived (HeraldAttempt *self,
                                     gboolean       may_have_arrived)
{
  g_return_if_fail (HERALD_IS_ATTEMPT (self));

  self->may_have_arrived = may_have_arrived;
}

guint
herald_attempt_get_n_tries (HeraldAttempt *self)
{
  return self->n_tries;
}

void
herald_attempt_set_n_tries (HeraldAttempt *self,
                            guint          n_tries)
{
  self->n_tries = n_tries;
}

/**
 * herald_attempt_get_attachment:
 *
 * Returns: (nullable): a picture or film, with its bytes, that goes with the message; the same at every attempt
 *   unless its file is lost
 */
HeraldAttachment *
herald_attempt_get_attachment (HeraldAttempt *self)
{
  return self->attachment;
}

/**
 * herald_attempt_take_attachment:
 * @take_attachment: (transfer full): with its bytes
 */
void
herald_attempt_take_attachment (HeraldAttempt    *self,
                                HeraldAttachment *take_attachment)
{
  g_clear_pointer (&self->attachment, herald_attachment_unref);
  self->attachment = take_attachment;
}

gboolean
herald_attempt_keeps_picture (HeraldAttempt *self)
{
  return self->keeps_picture;
}

void
herald_attempt_set_keeps_picture (HeraldAttempt *self,
                                  gboolean       keeps_picture)
{
  self->keeps_picture = keeps_picture;
}

/**
 * herald_attempt_commit:
 *
 * To be called once, right before the point of no return.
 *
 * Returns: %FALSE with @error set if that could not be recorded; the channel
 *   must then stop before the point of no return and return @error
 */
gboolean
herald_attempt_commit (HeraldAttempt  *self,
                       GError        **error)
{
  g_return_val_if_fail (!self->committed, FALSE);

  if (self->commit != NULL && !self->commit (self, self->user_data, error))
    return FALSE;

  self->committed = TRUE;
  herald_attempt_enter_step (self, "committing");

  return TRUE;
}

gboolean
herald_attempt_is_committed (HeraldAttempt *self)
{
  return self->committed;
}

/**
 * herald_attempt_enter_step:
 * @step: a static string like `connect`, `tls`, `login`, `sender`, `recipient`
 *
 * Notes what is being tried, so that a failure can say where it happened.
 */
void
herald_attempt_enter_step (HeraldAttempt *self,
                           const char    *step)
{
  self->step = step;
}

const char *
herald_attempt_get_step (HeraldAttempt *self)
{
  return self->step;
}

/**
 * herald_attempt_set_receipt:
 * @code: the protocol's status code, 0 if there is none
 * @words: (nullable): what the other side said when it accepted; cleaned here
 * @remote_id: (nullable): the id it gave to the message; cleaned here
 */
void
herald_attempt_set_receipt (HeraldAttempt *self,
                            int            code,
                            const char    *words,
                            const char    *remote_id)
{
  self->reply_code = code;
  g_free (self->reply);
  self->reply = words != NULL ? herald_text_clean (words, REPLY_MAX_CHARS) : NULL;
  g_free (self->remote_id);
  self->remote_id = remote_id != NULL ? herald_text_clean (remote_id, REPLY_MAX_CHARS) : NULL;
}

int
herald_attempt_get_reply_code (HeraldAttempt *self)
{
  return self->reply_code;
}

const char *
herald_attempt_get_reply (HeraldAttempt *self)
{
  return self->reply;
}

const char *
herald_attempt_get_remote_id (HeraldAttempt *self)
{
  return self->remote_id;
}

/**
 * herald_attempt_set_remark:
 * @remark: (nullable): one sentence, e.g. what being accepted does not mean
 */
void
herald_attempt_set_remark (HeraldAttempt *self,
                           const char    *remark)
{
  g_free (self->remark);
  self->remark = g_strdup (remark);
}

const char *
herald_attempt_get_remark (HeraldAttempt *self)
{
  return self->remark;
}

gboolean
herald_attempt_is_repeat (HeraldAttempt *self)
{
  return self->is_repeat;
}

void
herald_attempt_set_is_repeat (HeraldAttempt *self,
                              gboolean       is_repeat)
{
  self->is_repeat = is_repeat;
}

/**
 * herald_attempt_set_pointless:
 * @reason: one sentence
 *
 * For a channel that has told nothing because there is nothing to tell any more.
 */
void
herald_attempt_set_pointless (HeraldAttempt *self,
                              const char    *reason)
{
  g_free (self->pointless);
  self->pointless = g_strdup (reason);
}

const char *
herald_attempt_get_pointless (HeraldAttempt *self)
{
  return self->pointless;
}
