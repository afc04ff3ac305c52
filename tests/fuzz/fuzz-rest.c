/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 500 characters of the firmware’s words and an ellipsis */
#define GAP_ERROR_MAX_CHARS 501

#define G_LOG_DOMAIN "herald-test-fuzz-rest"

#include "fuzz/fuzz.h"

#include <string.h>

#include "core/printers/octoprint/octoprint-state.h"
#include "core/printers/octoprint/server-description.h"

/* The readers of these answers belong to nobody else; they are taken from where they are. */
#undef G_LOG_DOMAIN
#include "core/printers/octoprint/gap-inquiry.c"
#undef G_LOG_DOMAIN
#undef ANSWER_MAX_BYTES
#define on_answer_ready on_poll_answer_ready
#include "core/printers/octoprint/octoprint-poll.c"
#undef on_answer_ready

/* What a server answers: a letter says to which question, answers are parted by a byte that is in
 * no text. A list of files is compared with the one before it, as after a gap. */
#define SEPARATOR 0xff

#define NOW_MS G_GINT64_CONSTANT (1795228393000)
#define HOUR_MS (60 * 60 * 1000)

#define PATH_MAX_CHARS 1001
#define COUNT_MAX 1000000
#define CONCLUSIONS_MAX 2000

typedef struct
{
  InquiryCall call;
  HeraldPrinterState *state;
  JsonObject *job_answer;
} Asker;

/* Lists of files */

static void
check_count (const HeraldPrintCount *count)
{
  g_assert_cmpint (count->n_done, >=, 0);
  g_assert_cmpint (count->n_done, <=, COUNT_MAX);
  g_assert_cmpint (count->n_failed, >=, 0);
  g_assert_cmpint (count->n_failed, <=, COUNT_MAX);
  g_assert_cmpint (count->last_ms, >=, 0);
  g_assert_cmpint (count->last_duration_s, >=, -1);
}

static void
on_file_read (const char             *path,
              const char             *name,
              const HeraldPrintCount *count,
              gpointer                user_data)
{
  g_autofree char *request = herald_octoprint_files_make_path (path);

  fuzz_check_text (path, PATH_MAX_CHARS);
  fuzz_check_text (name, PATH_MAX_CHARS);
  g_assert_cmpstr (path, !=, "");
  g_assert_cmpstr (name, !=, "");
  g_assert_true (g_uri_is_valid (request, G_URI_FLAGS_NONE, NULL) || *request == '/');
  check_count (count);
  *(guint *) user_data += 1;
}

static void
check_conclusions (HeraldGap      *gap,
                   HeraldPrintJob *job)
{
  g_autoptr(GPtrArray) conclusions = NULL;

  gap->job = job;
  conclusions = herald_gap_judge (gap);
  gap->job = NULL;
  g_assert_cmpuint (conclusions->len, <=, CONCLUSIONS_MAX);
  for (guint i = 0; i < conclusions->len; i++)
    {
      const HeraldConclusion *conclusion = g_ptr_array_index (conclusions, i);

      g_assert_cmpint (conclusion->occurred_ms, >=, 0);
      g_assert_cmpint (conclusion->duration_s, >=, -1);
      g_assert_cmpint (conclusion->ordinal, >=, 0);
    }
}

static void
read_files (Asker      *asker,
            JsonObject *answer)
{
  HeraldPrinterState *shown = asker->state != NULL ? herald_printer_state_ref (asker->state) : herald_printer_state_new ();
  InquiryCall *call = &asker->call;
  guint n_files = 0;

  g_assert_cmpuint (herald_octoprint_files_read (answer, call->question.skew_ms, on_file_read, &n_files), ==, n_files);
  g_assert_cmpuint (n_files, <=, HERALD_OCTOPRINT_FILES_MAX);

  call->question.gap = herald_gap_new (shown, NOW_MS - HOUR_MS, NOW_MS);
  call->answer = herald_gap_answer_new ();
  take_files (call, answer);
  check_conclusions (call->question.gap, call->question.job);
  is_error_wanted (call);

  g_clear_pointer (&call->before, g_hash_table_unref);
  call->before = g_hash_table_ref (call->answer->counts);
  g_clear_pointer (&call->answer, herald_gap_answer_free);
  g_clear_pointer (&call->question.gap, herald_gap_free);
  herald_printer_state_unref (shown);
}

/* Films and errors */

static void
read_small (Asker      *asker,
            JsonObject *answer,
            void      (*reader) (InquiryCall *, JsonObject *))
{
  g_autoptr(HeraldPrinterState) state = herald_printer_state_new ();
  InquiryCall *call = &asker->call;

  call->question.gap = herald_gap_new (state, NOW_MS - HOUR_MS, NOW_MS);
  call->answer = herald_gap_answer_new ();
  reader (call, answer);

  fuzz_check_text (call->question.gap->error, GAP_ERROR_MAX_CHARS);
  g_assert_cmpint (call->answer->movie_s, >=, -1);
  g_assert_cmpuint (call->answer->movies->len, <=, MOVIES_MAX);
  for (guint i = 0; i < call->answer->movies->len; i++)
    fuzz_check_text (g_ptr_array_index (call->answer->movies, i), NAME_MAX_CHARS + 1);
  call->known_movie_s = MAX (call->answer->movie_s, 0);
  g_clear_pointer (&call->answer, herald_gap_answer_free);
  g_clear_pointer (&call->question.gap, herald_gap_free);
}

/* Job and printer together are a state. */

static void
keep_job_answer (Asker      *asker,
                 JsonObject *answer)
{
  g_clear_pointer (&asker->job_answer, json_object_unref);
  asker->job_answer = json_object_ref (answer);
}

static void
read_printer (Asker      *asker,
              JsonObject *answer)
{
  g_autoptr(JsonObject) content = json_object_new ();
  HeraldPrinterState *state;

  if (asker->job_answer == NULL)
    return;

  take_member (content, asker->job_answer, "job");
  take_member (content, asker->job_answer, "progress");
  if (json_object_has_member (answer, "error"))
    json_object_set_object_member (content, "state", make_offline_state (asker->job_answer));
  else
    take_member (content, answer, "state");
  add_temperatures (content, answer);

  state = herald_octoprint_state_read (content, asker->state, NOW_MS);
  fuzz_check_state (state);
  if (state->server_ms != 0)
    asker->call.question.skew_ms = NOW_MS - state->server_ms;
  g_clear_pointer (&asker->state, herald_printer_state_unref);
  asker->state = state;
}

static void
begin_job (Asker *asker)
{
  g_autoptr(HeraldValues) values = herald_values_new ();

  g_clear_pointer (&asker->call.question.job, herald_print_job_free);
  if (asker->state == NULL || asker->state->path == NULL)
    return;

  herald_values_set (values, "path", asker->state->path);
  herald_values_set (values, "origin", asker->state->origin);
  asker->call.question.job = herald_print_job_new (values, NOW_MS - HOUR_MS);
}

static void
read_description (const char *text,
                  gsize       length)
{
  g_autoptr(HeraldServerDescription) description = herald_server_description_parse (text, length);

  if (description == NULL)
    return;

  fuzz_check_text (description->name, NAME_MAX_CHARS + 1);
  fuzz_check_text (description->manufacturer, NAME_MAX_CHARS + 1);
  g_assert_cmpuint (strlen (description->uuid), <=, 64);
  g_assert_true (g_str_is_ascii (description->uuid));
}

static void
read_answer (Asker      *asker,
             char        question,
             const char *text,
             gsize       length)
{
  g_autoptr(JsonNode) node = NULL;
  JsonObject *answer;

  if (question == 'd')
    {
      read_description (text, length);
      return;
    }

  node = herald_json_parse (text, length, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  answer = json_node_get_object (node);
  if (question == 'f')
    read_files (asker, answer);
  else if (question == 'm')
    read_small (asker, answer, take_movies);
  else if (question == 'e')
    read_small (asker, answer, take_error);
  else if (question == 'j')
    keep_job_answer (asker, answer);
  else if (question == 'p')
    read_printer (asker, answer);
  else if (question == 'b')
    begin_job (asker);
}

/* Nothing outlives an input; but whoever compares counts looks whether one is owed. */
static HeraldPrintJournal *
make_journal (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("octoherald-rest-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "herald.db", NULL);
  g_autofree char *command = g_strdup_printf ("rm -r %s", folder);
  g_autoptr(HeraldDatabase) database = herald_database_new (path, NULL, &error);

  g_assert_no_error (error);
  /* It is written on as long as it is open, and gone with the program, however that ends. */
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));

  return herald_print_journal_new (database, "fuzz");
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static SoupMessage *message;
  static HeraldPrintJournal *journal;
  static GHashTable *begun;
  Asker asker = { 0 };
  const guint8 *end = data + size;

  if (message == NULL)
    {
      message = soup_message_new (SOUP_METHOD_GET, "http://127.0.0.1/");
      journal = make_journal ();
      begun = g_hash_table_new (g_str_hash, g_str_equal);
    }
  asker.call.journal = journal;
  asker.call.question.begun = begun;
  asker.call.message = message;
  asker.call.question.all_files = TRUE;
  asker.call.before = g_hash_table_new (g_str_hash, g_str_equal);
  while (data < end)
    {
      const guint8 *stop = memchr (data, SEPARATOR, (gsize) (end - data));
      g_autofree char *exact = NULL;

      if (stop == NULL)
        stop = end;
      exact = stop > data + 1 ? g_memdup2 (data + 1, (gsize) (stop - data) - 1) : g_strdup ("");
      if (stop > data)
        read_answer (&asker, (char) *data, exact, (gsize) (stop - data) - 1);
      data = stop + 1;
    }

  g_clear_pointer (&asker.call.before, g_hash_table_unref);
  g_clear_pointer (&asker.call.question.job, herald_print_job_free);
  g_clear_pointer (&asker.job_answer, json_object_unref);
  g_clear_pointer (&asker.state, herald_printer_state_unref);

  return 0;
}
