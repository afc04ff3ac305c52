/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-doubts"

#include "service/bus/channel-doubts.h"

#include <string.h>

#include "core/net/mail-domain.h"

/* Who writes to more domains than that knows what he does. */
#define DOMAINS_MAX 20

/* One channel being looked at
 * @doubts: (element-type HeraldChannelDoubt): found so far
 * @n_asked: domains whose answer is awaited */
typedef struct
{
  GPtrArray *doubts;
  guint n_asked;
} FindCall;

/* One domain of it */
typedef struct
{
  GTask *task;
  char *domain;
} Question;

static void
doubt_free (gpointer data)
{
  HeraldChannelDoubt *self = data;

  g_free (self->domain);
  g_free (self->sentence);
  g_free (self);
}

static void
find_call_free (FindCall *call)
{
  g_clear_pointer (&call->doubts, g_ptr_array_unref);
  g_free (call);
}

static void
question_free (Question *question)
{
  g_object_unref (question->task);
  g_free (question->domain);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
add_doubt (FindCall   *call,
           const char *domain,
           char       *take_sentence)
{
  HeraldChannelDoubt *doubt;

  if (take_sentence == NULL)
    return;

  doubt = g_new0 (HeraldChannelDoubt, 1);
  doubt->domain = g_strdup (domain);
  doubt->sentence = take_sentence;
  g_ptr_array_add (call->doubts, doubt);
}

/* The last answer ends it. */
static void
note_answer (GTask *task)
{
  FindCall *call = g_task_get_task_data (task);

  call->n_asked--;
  if (call->n_asked == 0)
    g_task_return_pointer (task, g_steal_pointer (&call->doubts), (GDestroyNotify) g_ptr_array_unref);
}

static void
on_domain_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(Question) question = user_data;
  HeraldMailDomainAnswer answer = herald_mail_domain_ask_finish (result);

  add_doubt (g_task_get_task_data (question->task), question->domain,
             herald_mail_domain_dup_doubt (question->domain, answer));
  note_answer (question->task);
}

static const char *
get_domain (const char *destination)
{
  const char *at = strrchr (destination, '@');

  return at != NULL ? at + 1 : NULL;
}

/**
 * herald_channel_doubts_find_async:
 *
 * Looks whether what @channel sends can arrive: at its settings, and at the domains of its recipients; at most 5 seconds.
 */
void
herald_channel_doubts_find_async (HeraldChannel       *channel,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  const HeraldChannelType *type = herald_channel_get_channel_type (channel);
  g_autoptr(GTask) task = g_task_new (channel, cancellable, callback, user_data);
  g_auto(GStrv) destinations = herald_channel_dup_destinations (channel);
  g_autoptr(GHashTable) asked = g_hash_table_new (g_str_hash, g_str_equal);
  FindCall *call = g_new0 (FindCall, 1);

  g_task_set_source_tag (task, herald_channel_doubts_find_async);
  g_task_set_task_data (task, call, (GDestroyNotify) find_call_free);
  call->doubts = g_ptr_array_new_with_free_func (doubt_free);
  if (type->dup_doubt != NULL)
    add_doubt (call, NULL, type->dup_doubt (herald_channel_get_settings (channel)));

  call->n_asked = 1;
  for (char **destination = destinations; *destination != NULL && g_hash_table_size (asked) < DOMAINS_MAX; destination++)
    {
      const char *domain = type->reach == HERALD_REACH_MAIL ? get_domain (*destination) : NULL;
      Question *question;

      if (domain == NULL || !g_hash_table_add (asked, (gpointer) domain))
        continue;

      question = g_new0 (Question, 1);
      question->task = g_object_ref (task);
      question->domain = g_strdup (domain);
      call->n_asked++;
      herald_mail_domain_ask_async (domain, cancellable, on_domain_ready, question);
    }
  note_answer (task);
}

/**
 * herald_channel_doubts_find_finish:
 *
 * Returns: (transfer full) (element-type HeraldChannelDoubt): what was found; %NULL if it was cancelled
 */
GPtrArray *
herald_channel_doubts_find_finish (HeraldChannel  *channel,
                                   GAsyncResult   *result,
                                   GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * herald_channel_doubts_get:
 * @doubts: (nullable) (element-type HeraldChannelDoubt):
 * @destination: (nullable): %NULL for what is about none of them
 *
 * Returns: (nullable): one sentence
 */
const char *
herald_channel_doubts_get (GPtrArray  *doubts,
                           const char *destination)
{
  const char *domain = destination != NULL ? get_domain (destination) : NULL;

  for (guint i = 0; doubts != NULL && i < doubts->len; i++)
    {
      HeraldChannelDoubt *doubt = g_ptr_array_index (doubts, i);

      if (g_strcmp0 (doubt->domain, domain) == 0)
        return doubt->sentence;
    }

  return NULL;
}
