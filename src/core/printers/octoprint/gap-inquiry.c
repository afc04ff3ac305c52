/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-gap-inquiry"

#include "core/printers/octoprint/gap-inquiry.h"

#include "core/base/json-reader.h"
#include "core/base/text.h"
#include "core/printers/octoprint/octoprint-error.h"
#include "core/printers/octoprint/octoprint-files.h"

/* A thousand files with their analyses take some 1.5 MB. */
#define FILES_MAX_BYTES HERALD_JSON_MAX_BYTES
#define ANSWER_MAX_BYTES (1024 * 1024)

/* A server that is busy counts a print that is over a bit later; so long it is asked again before we give it up. */
#define LATE_COUNT_MS (6 * 1000)
#define LOOK_AGAIN_MS 2000

#define NAME_MAX_CHARS 255
#define MOVIES_MAX 20
#define MOVIE_SLACK_MS (60 * 1000)

/* The questions, in order. */
typedef enum
{
  STEP_FILES,
  STEP_MOVIES,
  STEP_ERROR,
  STEP_END,
} Step;

typedef struct
{
  HeraldGapQuestion question;
  HeraldPrintJournal *journal;
  GHashTable *before;
  SoupMessage *message;
  HeraldGapAnswer *answer;
  gint64 known_movie_s;
  gboolean looks_again;
  Step step;
} InquiryCall;

static void
inquiry_call_free (InquiryCall *call)
{
  g_clear_object (&call->journal);
  g_hash_table_unref (call->question.begun);
  g_clear_pointer (&call->before, g_hash_table_unref);
  g_clear_object (&call->message);
  g_clear_pointer (&call->answer, herald_gap_answer_free);
  g_free (call);
}

HeraldGapAnswer *
herald_gap_answer_new (void)
{
  HeraldGapAnswer *self = g_new0 (HeraldGapAnswer, 1);

  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->movies = g_ptr_array_new_with_free_func (g_free);
  self->movie_s = -1;

  return self;
}

void
herald_gap_answer_free (HeraldGapAnswer *self)
{
  g_free (self->etag);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  g_clear_pointer (&self->movies, g_ptr_array_unref);
  g_free (self);
}

/* Files */

static gboolean
is_same (const HeraldPrintCount *a,
         const HeraldPrintCount *b)
{
  return a->known && b->known && a->date_s == b->date_s && a->n_done == b->n_done && a->n_failed == b->n_failed;
}

static HeraldFileRecord *
find_record (HeraldGap  *gap,
             const char *path)
{
  for (guint i = 0; i < gap->files->len; i++)
    {
      HeraldFileRecord *record = g_ptr_array_index (gap->files, i);

      if (g_str_equal (record->path, path))
        return record;
    }

  return NULL;
}

/* The server has counted, late, a print whose end was told before this gap. */
static void
book_off (InquiryCall            *call,
          const char             *path,
          const HeraldPrintCount *count,
          HeraldPrintCount       *before)
{
  HeraldPrintJob *job = call->question.job;
  gboolean together = herald_print_journal_begin (call->journal, NULL);

  if (herald_print_journal_book_off (call->journal, path, count, call->question.gap->to_ms, before) && job != NULL &&
      job->base.known && g_strcmp0 (herald_print_job_get_path (job), path) == 0)
    {
      job->base = *before;
      herald_print_journal_save_job (call->journal, job, NULL);
    }
  if (together)
    herald_print_journal_commit (call->journal, NULL);
}

static void
take_file (const char             *path,
           const char             *name,
           const HeraldPrintCount *asked,
           gpointer                user_data)
{
  InquiryCall *call = user_data;
  const gint64 *begun_ms = g_hash_table_lookup (call->question.begun, path);
  HeraldPrintCount count = begun_ms != NULL ? herald_print_count_before (asked, *begun_ms) : *asked;
  HeraldPrintJob *job = call->question.job;
  HeraldPrintCount *before = g_hash_table_lookup (call->before, path);
  gboolean of_job = job != NULL && g_strcmp0 (herald_print_job_get_path (job), path) == 0;
  HeraldFileRecord *record;

  g_hash_table_insert (call->answer->counts, g_strdup (path), g_memdup2 (&count, sizeof count));
  if (before != NULL && herald_print_count_compare (before, &count) == HERALD_COUNT_MORE)
    book_off (call, path, &count, before);
  if (!of_job && before != NULL && is_same (before, &count))
    return;

  /* A first list is long, and a search for each of its files would hold everybody. */
  record = call->looks_again ? find_record (call->question.gap, path) : NULL;
  if (record == NULL)
    record = herald_gap_add_file (call->question.gap, path, name);
  if (before != NULL)
    record->before = *before;
  record->after = count;
}

static void
take_files (InquiryCall *call,
            JsonObject  *object)
{
  const char *etag = soup_message_headers_get_one (soup_message_get_response_headers (call->message), "ETag");

  herald_octoprint_files_read (object, call->question.skew_ms, take_file, call);
  call->question.gap->counted = TRUE;
  if (!call->question.all_files || call->looks_again)
    return;

  call->answer->all_files = TRUE;
  call->answer->etag = g_strdup (etag);
}

/* Films */

/* By its clock the server made it after the last one we know, and while we were away. */
static gboolean
is_new_movie (InquiryCall *call,
              gint64       made_s)
{
  gint64 from_ms = call->question.gap->from_ms;

  return call->known_movie_s >= 0 && made_s > call->known_movie_s && from_ms != 0 &&
         made_s * 1000 + call->question.skew_ms >= from_ms - MOVIE_SLACK_MS;
}

static void
take_movies (InquiryCall *call,
             JsonObject  *object)
{
  JsonArray *files = herald_json_get_array (object, "files");
  guint n_files = files != NULL ? json_array_get_length (files) : 0;

  call->answer->movie_s = MAX (call->known_movie_s, 0);
  for (guint i = 0; i < n_files; i++)
    {
      JsonNode *node = json_array_get_element (files, i);
      JsonObject *movie = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *foreign;
      gint64 made_s;

      if (!herald_json_get_int (movie, "timestamp", &made_s) || !herald_json_get_string (movie, "name", &foreign))
        continue;

      call->answer->movie_s = MAX (call->answer->movie_s, made_s);
      if (is_new_movie (call, made_s) && call->answer->movies->len < MOVIES_MAX)
        g_ptr_array_add (call->answer->movies, herald_text_clean (foreign, NAME_MAX_CHARS));
    }
}

/* The last error */

static void
take_error (InquiryCall *call,
            JsonObject  *object)
{
  const char *foreign;

  if (herald_json_get_string (object, "error", &foreign))
    call->question.gap->error = herald_octoprint_error_dup_text (foreign);
}

static GPtrArray *
judge (InquiryCall *call)
{
  HeraldGap *gap = call->question.gap;
  GPtrArray *conclusions;

  gap->job = call->question.job;
  conclusions = herald_gap_judge (gap);
  gap->job = NULL;

  return conclusions;
}

/* Only a failure that we find out about needs an explanation. */
static gboolean
is_error_wanted (InquiryCall *call)
{
  g_autoptr(GPtrArray) conclusions = judge (call);
  gboolean wanted = FALSE;

  for (guint i = 0; i < conclusions->len; i++)
    {
      const HeraldConclusion *conclusion = g_ptr_array_index (conclusions, i);

      wanted = wanted || conclusion->kind == HERALD_KIND_PRINT_FAILED;
    }

  return wanted;
}

/* Asking */

static void ask (GTask *task);

static void
take_answer (InquiryCall *call,
             GBytes      *body)
{
  g_autoptr(JsonNode) node = NULL;
  JsonObject *object;

  if (soup_message_get_status (call->message) == SOUP_STATUS_NOT_MODIFIED)
    {
      call->question.gap->counted = TRUE;
      call->answer->etag = g_strdup (call->question.etag);
      return;
    }
  if (soup_message_get_status (call->message) != SOUP_STATUS_OK)
    return;

  node = herald_json_parse (g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  object = json_node_get_object (node);
  if (call->step == STEP_FILES)
    take_files (call, object);
  else if (call->step == STEP_MOVIES)
    take_movies (call, object);
  else
    take_error (call, object);
}

/* Whoever loses the connection or is started again and again must come to an end, too. */
static gboolean
is_patience_over (InquiryCall *call)
{
  HeraldPrintJob *job = call->question.job;
  gint64 now_ms = herald_clock_get_wall_ms (call->question.clock);

  if (job->over_ms == 0 || job->over_ms > now_ms)
    {
      job->over_ms = now_ms;
      herald_print_journal_save_job (call->journal, job, NULL);
    }

  return now_ms - job->over_ms >= LATE_COUNT_MS;
}

/* The print is over, and the server has not counted it. */
static gboolean
is_count_missing (InquiryCall *call)
{
  HeraldPrintJob *job = call->question.job;
  g_autoptr(GPtrArray) conclusions = NULL;

  if (call->step != STEP_FILES || !call->question.gap->counted || job == NULL ||
      !herald_print_job_is_counted (job) || !g_hash_table_contains (call->before, herald_print_job_get_path (job)))
    return FALSE;

  conclusions = judge (call);
  return conclusions->len > 0 &&
         ((const HeraldConclusion *) g_ptr_array_index (conclusions, 0))->source == HERALD_SOURCE_INFERRED &&
         !is_patience_over (call);
}

static gboolean
on_look_again_timeout (gpointer user_data)
{
  GTask *task = G_TASK (user_data);

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;

  ask (g_object_ref (task));

  return G_SOURCE_REMOVE;
}

/* Takes the task. */
static void
look_again_later (GTask *task)
{
  InquiryCall *call = g_task_get_task_data (task);
  g_autoptr(GSource) timeout = g_timeout_source_new (LOOK_AGAIN_MS);
  g_autoptr(GSource) cancelled = g_cancellable_source_new (g_task_get_cancellable (task));

  call->looks_again = TRUE;
  g_source_set_dummy_callback (cancelled);
  g_source_add_child_source (timeout, cancelled);
  g_source_set_static_name (timeout, "herald-gap-inquiry");
  g_task_attach_source (task, timeout, on_look_again_timeout);
  g_object_unref (task);
}

static void
on_answer_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  InquiryCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = herald_octoprint_server_send_finish (HERALD_OCTOPRINT_SERVER (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (body != NULL)
    take_answer (call, body);
  if (is_count_missing (call))
    {
      look_again_later (g_steal_pointer (&task));
      return;
    }

  call->step++;
  ask (g_steal_pointer (&task));
}

static char *
make_path (InquiryCall *call)
{
  switch (call->step)
    {
    case STEP_FILES:
      if (call->question.all_files && !call->looks_again)
        return g_strdup ("/api/files?recursive=true");
      if (call->question.job != NULL && herald_print_job_is_counted (call->question.job))
        return herald_octoprint_files_make_path (herald_print_job_get_path (call->question.job));
      return NULL;
    case STEP_MOVIES:
      return g_strdup ("/api/timelapse");
    case STEP_ERROR:
      return is_error_wanted (call) ? g_strdup ("/api/printer/error") : NULL;
    case STEP_END:
    default:
      return NULL;
    }
}

/* Takes the task. */
static void
ask (GTask *task)
{
  InquiryCall *call = g_task_get_task_data (task);
  g_autofree char *path = NULL;

  while (call->step < STEP_END && (path = make_path (call)) == NULL)
    call->step++;
  if (call->step == STEP_END)
    {
      g_task_return_pointer (task, g_steal_pointer (&call->answer), (GDestroyNotify) herald_gap_answer_free);
      g_object_unref (task);
      return;
    }

  g_clear_object (&call->message);
  call->message = herald_octoprint_server_make_message (g_task_get_source_object (task), HERALD_OCTOPRINT_WITH_KEY,
                                                        SOUP_METHOD_GET, path);
  if (call->step == STEP_FILES && call->question.all_files && !call->looks_again && call->question.etag != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (call->message), "If-None-Match",
                                  call->question.etag);
  herald_octoprint_server_send_async (g_task_get_source_object (task), call->message,
                                      call->step == STEP_FILES ? FILES_MAX_BYTES : ANSWER_MAX_BYTES,
                                      g_task_get_cancellable (task), on_answer_ready, task);
}

/**
 * herald_gap_inquiry_async:
 * @question: what it points to must stay until the answer is there
 */
void
herald_gap_inquiry_async (HeraldOctoprintServer   *server,
                          HeraldPrintJournal      *journal,
                          const HeraldGapQuestion *question,
                          GCancellable            *cancellable,
                          GAsyncReadyCallback      callback,
                          gpointer                 user_data)
{
  GTask *task = g_task_new (server, cancellable, callback, user_data);
  InquiryCall *call = g_new0 (InquiryCall, 1);

  call->question = *question;
  g_hash_table_ref (call->question.begun);
  call->journal = g_object_ref (journal);
  call->before = herald_print_journal_load_counts (journal);
  call->known_movie_s = herald_print_journal_get_movie_s (journal);
  call->answer = herald_gap_answer_new ();
  g_task_set_task_data (task, call, (GDestroyNotify) inquiry_call_free);
  ask (task);
}

HeraldGapAnswer *
herald_gap_inquiry_finish (GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
