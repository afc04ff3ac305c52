/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-gap-judge"

#include "core/printers/gap.h"

#include <glib/gi18n-lib.h>

/* A file that we see for the first time may bring its counters along, e.g. when it was copied: only
 * a print that ended while we were away counts, give or take this. */
#define RECENT_SLACK_MS (60 * 1000)

/* Two clocks of one server, the chart’s and the file’s, agree within this. */
#define SAME_MOMENT_MS (30 * 1000)

/* More than so many prints, of whatever files, nobody has missed; each would be a message. */
#define CONCLUSIONS_MAX 1000
/* A print that is being cancelled or finished can be counted before the state is over; one that is
 * over in less than this is not distinguished from the one before it. */
#define ENDING_SLACK_MS (2 * 1000)

#define WHOLE_SECOND_MS 1000
/* So long at most the server takes to count a print that is over. */
#define LATE_COUNT_MS (60 * 1000)
/* The chart’s beginning of a print and ours, which is when we heard of it, differ by no more. */
#define BEGIN_SLACK_MS (10 * 1000)

static void
conclusion_free (HeraldConclusion *self)
{
  g_free (self->error);
  g_free (self);
}

static HeraldConclusion *
add_conclusion (GPtrArray         *conclusions,
                HeraldEventKind    kind,
                HeraldEventSource  source)
{
  HeraldConclusion *conclusion = g_new0 (HeraldConclusion, 1);

  conclusion->kind = kind;
  conclusion->source = source;
  conclusion->duration_s = -1;
  g_ptr_array_add (conclusions, conclusion);

  return conclusion;
}

static const HeraldMark *
find_mark (const HeraldGap *self,
           HeraldMarkType   type,
           gint64           from_ms,
           gint64           to_ms)
{
  for (guint i = self->marks->len; i > 0; i--)
    {
      const HeraldMark *mark = &g_array_index (self->marks, HeraldMark, i - 1);

      if (mark->type == type && mark->when_ms >= from_ms && mark->when_ms <= to_ms)
        return mark;
    }

  return NULL;
}

/* Whether the chart has the end at @when_ms, and after it the beginning of what the state shows. */
static gboolean
was_before_shown (const HeraldGap *self,
                  gint64           when_ms)
{
  guint n_marks = self->marks->len;
  const HeraldMark *last = n_marks > 1 ? &g_array_index (self->marks, HeraldMark, n_marks - 1) : NULL;
  const HeraldMark *before = n_marks > 1 ? &g_array_index (self->marks, HeraldMark, n_marks - 2) : NULL;

  return last != NULL && last->type == HERALD_MARK_STARTED && before->type != HERALD_MARK_STARTED &&
         ABS (when_ms - before->when_ms) < ABS (self->to_ms - when_ms);
}

/* Whether the state shows the print of @path that ended at @when_ms. */
static gboolean
is_shown (const HeraldGap *self,
          const char      *path,
          gint64           when_ms)
{
  const char *shown = self->state->path != NULL ? self->state->path : self->state->name;
  gint64 started_ms = self->to_ms - MAX (self->state->elapsed_s, 0) * 1000;

  /* Times of prints are whole seconds. What ended in the second in which we look is what we see, for
   * nobody begins another print so soon; and what began a moment ago is not about to end. */
  if (self->state->id == HERALD_STATE_CANCELLING || self->state->id == HERALD_STATE_FINISHING)
    started_ms -= ENDING_SLACK_MS;
  else if (when_ms >= self->to_ms - WHOLE_SECOND_MS)
    started_ms -= WHOLE_SECOND_MS;

  return herald_state_id_has_job (self->state->id) && g_strcmp0 (shown, path) == 0 &&
         when_ms != 0 && when_ms >= started_ms && !was_before_shown (self, when_ms);
}

/* What was cancelled before the print even began was another one. */
static gboolean
was_cancelled (const HeraldGap *self,
               const char      *path,
               gint64           when_ms)
{
  const HeraldMark *cancelled = find_mark (self, HERALD_MARK_CANCELLED, when_ms - SAME_MOMENT_MS,
                                           when_ms + SAME_MOMENT_MS);

  if (self->state->id == HERALD_STATE_CANCELLING && is_shown (self, path, when_ms))
    return TRUE;

  return cancelled != NULL && find_mark (self, HERALD_MARK_STARTED, cancelled->when_ms, when_ms) == NULL;
}

/* The counters do not tell a cancelled print from a failed one; the chart does. */
static void
explain_failure (const HeraldGap  *self,
                 const char       *path,
                 HeraldConclusion *conclusion)
{
  if (conclusion->occurred_ms != 0 && was_cancelled (self, path, conclusion->occurred_ms))
    {
      conclusion->kind = HERALD_KIND_PRINT_CANCELLED;
      return;
    }

  conclusion->kind = HERALD_KIND_PRINT_FAILED;
  conclusion->error = self->error != NULL
                        ? g_strdup (self->error)
                        : g_strdup (_("It did not finish; whether it failed or was cancelled is not known."));
}

/* By the server’s clock, which may be anything: what was not while we were away is not known. */
static gint64
get_end_ms (const HeraldGap        *self,
            const HeraldPrintCount *count)
{
  if (count->last_ms > self->answered_ms + RECENT_SLACK_MS || count->last_ms < self->from_ms - RECENT_SLACK_MS)
    return 0;

  return CLAMP (count->last_ms, 0, self->answered_ms);
}

/* @n_done prints of one file ended well and @n_failed did not; only of the last one more is known.
 * @of_job: the first of them is the print that was under way. */
static void
conclude_from_counts (const HeraldGap        *self,
                      const HeraldFileRecord *file,
                      gint64                  n_done,
                      gint64                  n_failed,
                      gboolean                of_job,
                      GPtrArray              *conclusions)
{
  gint64 n_prints = n_done + n_failed;
  gint64 first = file->after.n_done + file->after.n_failed - n_prints + 1;

  for (gint64 i = 0; i < n_prints; i++)
    {
      gboolean is_last = i == n_prints - 1;
      gboolean done = n_done > (!is_last && file->after.last_done ? 1 : 0);
      HeraldConclusion *conclusion;

      conclusion = add_conclusion (conclusions, HERALD_KIND_PRINT_DONE, HERALD_SOURCE_RECONCILED);
      conclusion->file = of_job && i == 0 ? NULL : file;
      conclusion->ordinal = first + i;
      if (is_last)
        {
          conclusion->occurred_ms = get_end_ms (self, &file->after);
          conclusion->duration_s = file->after.last_duration_s;
        }
      if (done)
        n_done--;
      else
        {
          n_failed--;
          explain_failure (self, file->path, conclusion);
        }
    }
}

static const HeraldFileRecord *
find_file (const HeraldGap *self,
           const char      *path)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const HeraldFileRecord *file = g_ptr_array_index (self->files, i);

      if (g_strcmp0 (file->path, path) == 0)
        return file;
    }

  return NULL;
}

/* The chart does not say of which print a mark is, but every print has one where it began. @is_certain: (out): whether the
 * print that was under way has it still. Returns: where its marks go on behind that */
static guint
find_begin_of_job (const HeraldGap *self,
                   gboolean        *is_certain)
{
  gint64 started_ms = self->job->started_ms;
  gint64 nearest_ms = BEGIN_SLACK_MS + 1;
  guint begin = 0;

  /* The server forgets marks, and we may have come to the print late. */
  while (begin < self->marks->len && g_array_index (self->marks, HeraldMark, begin).when_ms < started_ms)
    begin++;

  *is_certain = FALSE;
  for (guint i = 0; i < self->marks->len; i++)
    {
      const HeraldMark *mark = &g_array_index (self->marks, HeraldMark, i);

      if (mark->type != HERALD_MARK_STARTED || ABS (mark->when_ms - started_ms) >= nearest_ms)
        continue;

      nearest_ms = ABS (mark->when_ms - started_ms);
      begin = i + 1;
      *is_certain = TRUE;
    }

  return begin;
}

/* The beginning of another print can be forgotten, too; but its counters tell when it ended. */
static gboolean
is_end_of_other (const HeraldGap  *self,
                 const HeraldMark *mark)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const HeraldFileRecord *file = g_ptr_array_index (self->files, i);

      if (g_strcmp0 (file->path, herald_print_job_get_path (self->job)) != 0 &&
          ABS (file->after.last_ms - mark->when_ms) <= SAME_MOMENT_MS)
        return TRUE;
    }

  return FALSE;
}

/* @uncounted: whether the server would have counted it, but has not; it does so moments after the mark */
static const HeraldMark *
find_end_of_job (const HeraldGap *self,
                 gboolean         uncounted)
{
  gint64 earliest_ms = uncounted ? MAX (self->from_ms, self->to_ms - LATE_COUNT_MS) : self->from_ms;
  gboolean is_certain = FALSE;
  guint begin = find_begin_of_job (self, &is_certain);
  const HeraldMark *mark = begin < self->marks->len ? &g_array_index (self->marks, HeraldMark, begin) : NULL;

  /* What began after it says that it is over, but not how it ended. */
  if (self->from_ms == 0 || mark == NULL || mark->type == HERALD_MARK_STARTED || mark->when_ms < earliest_ms ||
      mark->when_ms > self->to_ms || (!is_certain && is_end_of_other (self, mark)))
    return NULL;

  return mark;
}

/* Nothing was counted: what do the chart and the state say? */
static void
conclude_from_state (const HeraldGap  *self,
                     const HeraldMark *mark,
                     GPtrArray        *conclusions)
{
  HeraldPrinterState *state = self->state;
  HeraldConclusion *conclusion;

  if (mark != NULL)
    {
      conclusion = add_conclusion (conclusions,
                                   mark->type == HERALD_MARK_DONE ? HERALD_KIND_PRINT_DONE
                                                                  : HERALD_KIND_PRINT_CANCELLED,
                                   HERALD_SOURCE_RECONCILED);
      conclusion->occurred_ms = mark->when_ms;
      return;
    }

  /* A finished print stays selected at 100 % until the next one. */
  if (herald_print_job_is_of (self->job, state) && state->id == HERALD_STATE_OPERATIONAL &&
      state->progress >= 100)
    {
      add_conclusion (conclusions, HERALD_KIND_PRINT_DONE,
                      herald_print_job_is_counted (self->job) ? HERALD_SOURCE_RECONCILED
                                                              : HERALD_SOURCE_INFERRED);
      return;
    }

  conclusion = add_conclusion (conclusions, HERALD_KIND_PRINT_FAILED, HERALD_SOURCE_INFERRED);
  if (state->error != NULL)
    conclusion->error = g_strdup (state->error);
  else if (!herald_print_job_is_counted (self->job) && self->job->seen_percent >= 0)
    conclusion->error = g_strdup_printf (_("It finished or was stopped while nobody watched; it was %d %% done when last seen."),
                                         (int) self->job->seen_percent);
  else
    conclusion->error = g_strdup (_("It was interrupted while nobody watched; how it ended is not known."));
}

static void
judge_job (const HeraldGap *self,
           GPtrArray       *conclusions)
{
  const HeraldFileRecord *file = find_file (self, herald_print_job_get_path (self->job));
  const HeraldPrintCount *base = &self->job->base;
  HeraldCountChange change = HERALD_COUNT_RESET;
  const HeraldMark *mark;

  if (!base->known && file != NULL)
    base = &file->before;
  if (file != NULL && herald_print_job_is_counted (self->job))
    change = herald_print_count_compare (base, &file->after);
  mark = find_end_of_job (self, change == HERALD_COUNT_SAME);

  if (change == HERALD_COUNT_MORE)
    conclude_from_counts (self, file, file->after.n_done - base->n_done,
                          file->after.n_failed - base->n_failed, TRUE, conclusions);
  else if (mark != NULL || !herald_print_job_goes_on_in (self->job, self->state))
    conclude_from_state (self, mark, conclusions);
}

static void
judge_file (const HeraldGap        *self,
            const HeraldFileRecord *file,
            GPtrArray              *conclusions)
{
  gboolean recent = self->from_ms != 0 && file->after.last_ms >= self->from_ms - RECENT_SLACK_MS &&
                    file->after.last_ms <= self->answered_ms + RECENT_SLACK_MS;

  if (file->before.known)
    {
      if (herald_print_count_compare (&file->before, &file->after) == HERALD_COUNT_MORE)
        conclude_from_counts (self, file, file->after.n_done - file->before.n_done,
                              file->after.n_failed - file->before.n_failed, FALSE, conclusions);
    }
  else if (recent && file->after.n_done + file->after.n_failed > 0)
    {
      conclude_from_counts (self, file, file->after.last_done ? 1 : 0, file->after.last_done ? 0 : 1,
                            FALSE, conclusions);
    }
}

/**
 * herald_gap_judge:
 *
 * Says what must have happened, from the server’s counters where there are
 * some, else from its chart, else from its state. Says
 * nothing of the print that was under way if that can still be going on.
 */
GPtrArray *
herald_gap_judge (const HeraldGap *self)
{
  GPtrArray *conclusions = g_ptr_array_new_with_free_func ((GDestroyNotify) conclusion_free);
  const char *job_path = self->job != NULL ? herald_print_job_get_path (self->job) : NULL;

  if (self->job != NULL)
    judge_job (self, conclusions);

  for (guint i = 0; i < self->files->len && conclusions->len < CONCLUSIONS_MAX; i++)
    {
      const HeraldFileRecord *file = g_ptr_array_index (self->files, i);

      if (g_strcmp0 (file->path, job_path) != 0 || !herald_print_job_is_counted (self->job))
        judge_file (self, file, conclusions);
    }

  return conclusions;
}

/**
 * herald_gap_shows_past:
 * @conclusions: what herald_gap_judge() said
 * @job_path: (nullable): the file of the print that was under way before
 *
 * Returns: whether the print that the state shows is one whose end is among @conclusions: counters
 *   may be ahead of states
 */
gboolean
herald_gap_shows_past (const HeraldGap *self,
                       GPtrArray       *conclusions,
                       const char      *job_path)
{
  for (guint i = 0; i < conclusions->len; i++)
    {
      const HeraldConclusion *conclusion = g_ptr_array_index (conclusions, i);

      if (is_shown (self, conclusion->file != NULL ? conclusion->file->path : job_path, conclusion->occurred_ms))
        return TRUE;
    }

  return FALSE;
}
