/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-pacer"

#include "core/outbox/pacer.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "core/outbox/journal-allowance.h"

/* What comes within a minute before the last message of a time is told in it, too. */
#define COLLECT_MS (60 * 1000)

/* What would have to wait longer is left out: in public, news from hours ago is none. */
#define SOON_MS (60 * 60 * 1000)

/* The two clocks do not tick together. */
#define SAME_MOMENT_MS 1000

/* A channel with an allowance
 * @is_counted: whether @allowance, @times and @use are of this round
 * @is_settled: whether what waits was put together, left out or held in this round, so that the heads are old
 * @collect_boot_ms: until when the last message of a time waits for others; 0 if it does not
 * @held_boot_ms: until when all that is ordinary and costs at least @held_price waits, up to the row @held_id */
typedef struct
{
  HeraldAllowance allowance;
  HeraldAllowanceTimes times;
  HeraldAllowanceUse use;
  gboolean is_counted;
  gboolean is_settled;
  gint64 collect_boot_ms;
  gint64 held_boot_ms;
  gint64 held_price;
  gint64 held_id;
} Account;

/* One question being answered */
typedef struct
{
  HeraldChannel *channel;
  const HeraldHead *head;
  Account *account;
  HeraldAllowanceShare share;
  HeraldAllowanceBound bound;
  GArray *changed;
  gint64 *next_boot_ms;
} Question;

/**
 * HeraldPacer:
 *
 * Knows how much each channel may send (#HeraldAllowance) and asks the journal
 * how much it has. A fifth is kept for what is urgent. The last message of a
 * time tells together what has come by then; what comes later is left out
 * unless more may go soon. Nothing of it is lost when the program ends.
 */
struct _HeraldPacer
{
  HeraldJournal *journal;
  GHashTable *accounts; /* id of a channel → Account */
  HeraldDigestFunc digest;
  gpointer user_data;
};

HeraldPacer *
herald_pacer_new (HeraldJournal *journal)
{
  HeraldPacer *self = g_new0 (HeraldPacer, 1);

  self->journal = journal;
  self->accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
herald_pacer_free (HeraldPacer *self)
{
  g_clear_pointer (&self->accounts, g_hash_table_unref);
  g_free (self);
}

/**
 * herald_pacer_set_digest:
 * @digest: (nullable): words what several messages say as one; without it what is too much is left out
 */
void
herald_pacer_set_digest (HeraldPacer      *self,
                         HeraldDigestFunc  digest,
                         gpointer          user_data)
{
  self->digest = digest;
  self->user_data = user_data;
}

void
herald_pacer_begin_round (HeraldPacer *self)
{
  GHashTableIter iter;
  gpointer account;

  g_hash_table_iter_init (&iter, self->accounts);
  while (g_hash_table_iter_next (&iter, NULL, &account))
    {
      ((Account *) account)->is_counted = FALSE;
      ((Account *) account)->is_settled = FALSE;
    }
}

/* (nullable): %NULL with a G_IO_ERROR */
static Account *
count (HeraldPacer    *self,
       HeraldChannel  *channel,
       GError        **error)
{
  const char *id = herald_channel_get_id (channel);
  Account *account = g_hash_table_lookup (self->accounts, id);
  g_autoptr(GTimeZone) zone = NULL;

  if (account == NULL)
    {
      account = g_new0 (Account, 1);
      g_hash_table_insert (self->accounts, g_strdup (id), account);
    }
  if (account->is_counted)
    return account;

  herald_channel_get_allowance (channel, &account->allowance);
  if (herald_allowance_has_bounds (&account->allowance))
    {
      zone = g_time_zone_new_local ();
      herald_allowance_times_at (&account->times, herald_clock_get_wall_ms (self->journal->clock), zone);
      if (!herald_journal_sum_use (self->journal, id, &account->times, &account->use, error))
        return NULL;
    }
  account->is_counted = TRUE;

  return account;
}

static gint64
get_limit (gint64               limit,
           HeraldAllowanceShare share)
{
  return share == HERALD_SHARE_ALL ? limit : limit - limit / HERALD_ALLOWANCE_RESERVE;
}

static char *
describe_count (const Question *question,
                guint           n_sent,
                guint           limit,
                const char     *when)
{
  guint used = (guint) get_limit (limit, question->share);

  if (used < limit && n_sent < limit)
    /* Translators: the name of a channel, when (“today”), two numbers */
    return g_strdup_printf (_("“%s” has sent what it may send %s: %u of %u messages; the rest is kept for failures."),
                            herald_channel_get_name (question->channel), when, used, limit);

  /* Translators: the name of a channel, when (“today”), a number */
  return g_strdup_printf (_("“%s” has sent what it may send %s: %u messages."), herald_channel_get_name (question->channel),
                          when, limit);
}

static char *
describe_money (const Question *question,
                gint64          used,
                gint64          limit,
                const char     *when)
{
  g_autofree char *used_dollars = herald_text_format_dollars ((double) used / 1e6);
  g_autofree char *dollars = herald_text_format_dollars ((double) limit / 1e6);

  if (question->share == HERALD_SHARE_ORDINARY)
    /* Translators: when (“today”), the name of a channel, two prices */
    return g_strdup_printf (_("The budget %s of “%s” is used up: %s of %s; the rest is kept for failures."), when,
                            herald_channel_get_name (question->channel), used_dollars, dollars);

  /* Translators: when (“for today”), the name of a channel, two prices */
  return g_strdup_printf (_("The budget %s of “%s” is used up: %s of %s."), when,
                          herald_channel_get_name (question->channel), used_dollars, dollars);
}

/* (transfer full): one sentence on what stands against the message */
static char *
describe (const Question *question)
{
  const Account *account = question->account;

  switch (question->bound)
    {
    case HERALD_BOUND_QUARTER_HOUR:
      return describe_count (question, account->use.n_quarter, account->allowance.per_quarter_hour,
                             _("in a quarter of an hour"));
    case HERALD_BOUND_DAY:
      return describe_count (question, account->use.n_day, account->allowance.per_day, _("today"));
    case HERALD_BOUND_DAY_MONEY:
      return describe_money (question, account->use.day_microdollars, account->allowance.day_microdollars, _("for today"));
    case HERALD_BOUND_MONTH_MONEY:
      return describe_money (question, account->use.month_microdollars, account->allowance.month_microdollars,
                             _("for this month"));
    case HERALD_BOUND_NONE:
    default:
      return g_strdup (_("It waits a minute for others: the last message that may be sent for now tells them all."));
    }
}

/* The list of heads is an old one now: what waited behind them may go if it is urgent. */
static HeraldPace
settle (const Question *question,
        gboolean        ok)
{
  question->account->is_settled = TRUE;
  *question->next_boot_ms = 0;

  return ok ? HERALD_PACE_WAIT : HERALD_PACE_FAILED;
}

/* All that is ordinary, so that what is urgent can pass; and once only for each. */
static HeraldPace
hold (HeraldPacer     *self,
      const Question  *question,
      gint64           until_boot_ms,
      gint64           price,
      GError         **error)
{
  Account *account = question->account;
  g_autofree char *reason = describe (question);
  const char *id = herald_channel_get_id (question->channel);
  gint64 newest_id = herald_journal_get_newest_id (self->journal);

  if (account->held_boot_ms <= herald_clock_get_boot_ms (self->journal->clock) ||
      ABS (until_boot_ms - account->held_boot_ms) > SAME_MOMENT_MS || price != account->held_price)
    {
      account->held_boot_ms = until_boot_ms;
      account->held_price = price;
      account->held_id = 0;
    }
  if (!herald_journal_hold_one (self->journal, question->head->id, account->held_boot_ms, reason, error) ||
      !herald_journal_hold_ordinary (self->journal, id, account->held_id, price, account->held_boot_ms, reason, error))
    return settle (question, FALSE);

  account->held_id = newest_id;
  return settle (question, TRUE);
}

/* Of one that waits by itself: urgent, in doubt, a test or a digest. What may have arrived is never left out: it waits, at
 * most until it is too old. */
static HeraldPace
stop_one (HeraldPacer     *self,
          const Question  *question,
          gint64           until_boot_ms,
          gboolean         is_soon,
          GError         **error)
{
  const HeraldHead *head = question->head;
  g_autofree char *reason = describe (question);

  if (!head->is_in_doubt && (head->is_trial || (head->is_digest && !is_soon)))
    return settle (question, herald_journal_leave_one_out (self->journal, head->id, reason, question->changed, error));

  *question->next_boot_ms = MIN (*question->next_boot_ms, until_boot_ms);
  return herald_journal_hold_one (self->journal, head->id, until_boot_ms, reason, error) ? HERALD_PACE_WAIT
                                                                                       : HERALD_PACE_FAILED;
}

static HeraldPace
stop (HeraldPacer     *self,
      const Question  *question,
      GError         **error)
{
  Account *account = question->account;
  gint64 free_ms = herald_allowance_get_free_ms (question->bound, &account->use, &account->times);
  gint64 wait_ms = MAX (free_ms - herald_clock_get_wall_ms (self->journal->clock), 1);
  gint64 until_boot_ms = herald_clock_get_boot_ms (self->journal->clock) + wait_ms;
  gboolean is_money = question->bound == HERALD_BOUND_DAY_MONEY || question->bound == HERALD_BOUND_MONTH_MONEY;
  gint64 price = is_money ? question->head->price : 0;
  g_autofree char *why = NULL;
  g_autofree char *reason = NULL;

  if (question->share == HERALD_SHARE_ALL || question->head->is_digest)
    return stop_one (self, question, until_boot_ms, wait_ms <= SOON_MS, error);
  if (wait_ms <= SOON_MS)
    return hold (self, question, until_boot_ms, price, error);

  why = describe (question);
  /* Translators: a sentence that says why more cannot be sent now */
  reason = g_strdup_printf (_("%s It was left out: it would be old news by the time it could go."), why);
  return settle (question, herald_journal_leave_one_out (self->journal, question->head->id, reason, question->changed,
                                                         error) &&
                             herald_journal_leave_out (self->journal, herald_channel_get_id (question->channel), price,
                                                       reason, question->changed, error));
}

/* (transfer full) (element-type HeraldDelivery): those of @parts that go where the first does; they are taken out of it */
static GPtrArray *
take_destination (GPtrArray *parts)
{
  GPtrArray *taken = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_delivery_free);
  const char *destination = ((HeraldDelivery *) g_ptr_array_index (parts, 0))->destination;
  guint i = 0;

  while (i < parts->len)
    {
      HeraldDelivery *part = g_ptr_array_index (parts, i);

      if (g_strcmp0 (part->destination, destination) == 0)
        g_ptr_array_add (taken, g_ptr_array_steal_index (parts, i));
      else
        i++;
    }

  return taken;
}

/* (transfer full) (nullable): %NULL if they cannot be told together, or not for what is left */
static HeraldDraft *
word (HeraldPacer    *self,
      const Question *question,
      GPtrArray      *parts)
{
  const HeraldDelivery *first = g_ptr_array_index (parts, 0);
  g_autoptr(HeraldDraft) draft = NULL;

  if (parts->len > 1)
    draft = self->digest (question->channel, first->destination, parts, self->user_data);
  if (draft == NULL || herald_allowance_find_bound (&question->account->allowance, &question->account->use, draft->price,
                                                    HERALD_SHARE_ORDINARY) != HERALD_BOUND_NONE)
    return NULL;

  return g_steal_pointer (&draft);
}

/* Returns: %FALSE with @error set; @n_digests counts what was put together */
static gboolean
put_together (HeraldPacer     *self,
              const Question  *question,
              guint           *n_digests,
              GError         **error)
{
  gint64 now_ms = herald_clock_get_wall_ms (self->journal->clock);
  g_autoptr(GPtrArray) parts =
    herald_journal_list_ordinary (self->journal, herald_channel_get_id (question->channel), error);

  while (parts != NULL && parts->len > 0)
    {
      g_autoptr(GPtrArray) together = take_destination (parts);
      HeraldDraft *draft = word (self, question, together);
      gint64 price;

      if (draft == NULL)
        continue;

      price = draft->price;
      if (!herald_journal_digest (self->journal, together, draft, question->changed, error))
        return FALSE;
      herald_allowance_use_add (&question->account->use, 1, price, HERALD_SHARE_ORDINARY, now_ms);
      (*n_digests)++;
    }

  return parts != NULL;
}

static HeraldPace
tell_together (HeraldPacer     *self,
               const Question  *question,
               GError         **error)
{
  Account *account = question->account;
  gint64 now_boot_ms = herald_clock_get_boot_ms (self->journal->clock);
  guint n_digests = 0;

  if (account->collect_boot_ms == 0)
    account->collect_boot_ms = now_boot_ms + COLLECT_MS;
  if (now_boot_ms < account->collect_boot_ms)
    return hold (self, question, account->collect_boot_ms, 0, error);

  account->collect_boot_ms = 0;
  if (!put_together (self, question, &n_digests, error))
    return settle (question, FALSE);

  return n_digests > 0 ? settle (question, TRUE) : HERALD_PACE_GO;
}

static gboolean
is_last (const Question           *question,
         const HeraldAllowanceUse *use,
         gint64                    now_ms)
{
  HeraldAllowanceUse then = *use;

  herald_allowance_use_add (&then, 1, question->head->price, question->share, now_ms);

  return herald_allowance_find_bound (&question->account->allowance, &then, question->head->price, question->share) !=
         HERALD_BOUND_NONE;
}

/**
 * herald_pacer_judge:
 * @head: is due, and its channel may be tried
 * @changed: gets the ids of deliveries that are over because no more may be sent
 * @next_boot_ms: (inout): taken down to when it is worth looking again
 *
 * Returns: whether @head may go now, as far as the allowance of @channel is concerned
 */
HeraldPace
herald_pacer_judge (HeraldPacer       *self,
                    HeraldChannel     *channel,
                    const HeraldHead  *head,
                    GArray            *changed,
                    gint64            *next_boot_ms,
                    GError           **error)
{
  gint64 now_ms = herald_clock_get_wall_ms (self->journal->clock);
  Account *account = count (self, channel, error);
  gboolean is_alone = head->is_urgent || head->is_trial;
  Question question = { channel, head, account, is_alone ? HERALD_SHARE_ALL : HERALD_SHARE_ORDINARY,
                        HERALD_BOUND_NONE, changed, next_boot_ms };
  HeraldAllowanceUse use;

  if (account == NULL)
    return HERALD_PACE_FAILED;
  if (!herald_allowance_has_bounds (&account->allowance))
    return HERALD_PACE_GO;
  if (account->is_settled)
    return HERALD_PACE_WAIT;

  use = account->use;
  if (head->is_digest)
    herald_allowance_use_add (&use, -1, head->price, HERALD_SHARE_ORDINARY, now_ms);
  question.bound = herald_allowance_find_bound (&account->allowance, &use, head->price, question.share);

  /* What is under way may fail and leave room; it is looked again when it has ended. */
  if (question.bound != HERALD_BOUND_NONE)
    return use.n_under_way > 0 ? HERALD_PACE_WAIT : stop (self, &question, error);
  if (is_alone || head->is_digest)
    return HERALD_PACE_GO;
  if (self->digest != NULL && is_last (&question, &use, now_ms))
    return tell_together (self, &question, error);

  account->collect_boot_ms = 0;
  return HERALD_PACE_GO;
}

void
herald_pacer_note_start (HeraldPacer      *self,
                         HeraldChannel    *channel,
                         const HeraldHead *head)
{
  Account *account = g_hash_table_lookup (self->accounts, herald_channel_get_id (channel));

  if (account == NULL)
    return;

  if (!head->is_digest)
    herald_allowance_use_add (&account->use, 1, head->price, head->is_urgent ? HERALD_SHARE_ALL : HERALD_SHARE_ORDINARY,
                              herald_clock_get_wall_ms (self->journal->clock));
  account->use.n_under_way++;
}
