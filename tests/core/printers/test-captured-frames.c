/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-captured-frames"

#include <string.h>

#include "captured-rows.h"
#include "fixtures/frame-replay.h"

/* These come from the connection, from this program or from others, never from a frame. */
static const HeraldEventKind not_from_frames[] = {
  HERALD_KIND_OCTOPRINT_STARTED, HERALD_KIND_OCTOPRINT_STOPPED, HERALD_KIND_OCTOPRINT_UNREACHABLE,
  HERALD_KIND_OCTOPRINT_BACK, HERALD_KIND_TEST, HERALD_KIND_CUSTOM,
};

typedef struct
{
  char *version;
  char *scenario;
  char *path;
} Recording;

static void
recording_free (Recording *self)
{
  g_free (self->version);
  g_free (self->scenario);
  g_free (self->path);
  g_free (self);
}

static gboolean
is_meant (const char      *versions,
          const char      *scenario,
          const Recording *recording)
{
  g_auto(GStrv) beginnings = g_strsplit (versions, " ", -1);

  if (!g_str_equal (scenario, recording->scenario))
    return FALSE;

  for (guint i = 0; beginnings[i] != NULL; i++)
    if (g_str_has_prefix (recording->version, beginnings[i]))
      return TRUE;

  return FALSE;
}

static const CapturedRow *
find_row (const Recording *recording)
{
  const CapturedRow *found = NULL;

  for (guint i = 0; i < n_captured_rows; i++)
    {
      if (!is_meant (captured_rows[i].versions, captured_rows[i].scenario, recording))
        continue;
      if (found != NULL)
        g_error ("%s of %s has two rows", recording->scenario, recording->version);
      found = &captured_rows[i];
    }
  if (found == NULL)
    g_error ("%s of %s has no row", recording->scenario, recording->version);

  return found;
}

static void
check_value (const FrameReplay   *replay,
             const CapturedValue *expected)
{
  HeraldEventKind kind;
  HeraldEvent *event;
  const char *value;

  g_assert_true (herald_event_kind_from_id (expected->kind, &kind));
  g_assert_true (herald_event_kind_has_variable (kind, expected->name));
  event = frame_replay_find (replay, kind);
  g_assert_nonnull (event);
  value = herald_values_get (event->values, expected->name);
  if (g_strcmp0 (value, expected->value) != 0)
    g_error ("%s of %s is “%s”, not “%s”", expected->name, expected->kind, value, expected->value);
}

/* How many messages of one kind were told, however they were found out */
static guint
count_told (const FrameReplay *replay,
            HeraldEventKind    kind)
{
  guint n_told = 0;

  for (guint i = 0; i < replay->events->len; i++)
    n_told += ((const HeraldEvent *) g_ptr_array_index (replay->events, i))->kind == kind;

  return n_told;
}

static void
test_recording (gconstpointer user_data)
{
  const Recording *recording = user_data;
  const CapturedRow *row = find_row (recording);
  g_autoptr(FrameReplay) replay = frame_replay_new (recording->path);

  g_assert_cmpstr (replay->told->str, ==, row->told);
  /* Each was recorded until somebody came. */
  g_assert_cmpuint (replay->n_calls, ==, count_told (replay, HERALD_KIND_ATTENTION_NEEDED));
  g_assert_cmpstr (herald_printer_get_attention (replay->printer), ==, "");
  for (guint i = 0; i < n_captured_values; i++)
    if (is_meant (captured_values[i].versions, captured_values[i].scenario, recording))
      check_value (replay, &captured_values[i]);
}

static guint
count_outcomes (const FrameReplay *replay)
{
  return count_told (replay, HERALD_KIND_PRINT_DONE) + count_told (replay, HERALD_KIND_PRINT_FAILED) +
         count_told (replay, HERALD_KIND_PRINT_CANCELLED);
}

/* Wherever the connection breaks, nothing is told twice, and what was begun comes to an end. */
static void
test_recording_with_a_gap (gconstpointer user_data)
{
  const Recording *recording = user_data;
  g_autoptr(FrameReplay) whole = frame_replay_new (recording->path);

  for (guint i = 0; i < whole->n_lines; i++)
    {
      g_autoptr(FrameReplay) replay = frame_replay_new_flap (recording->path, i);
      guint n_outcomes = count_outcomes (replay);
      guint n_started = count_told (replay, HERALD_KIND_PRINT_STARTED);

      if (n_started > count_told (whole, HERALD_KIND_PRINT_STARTED) || n_outcomes > count_outcomes (whole) ||
          n_outcomes < n_started ||
          count_told (replay, HERALD_KIND_ATTENTION_NEEDED) > count_told (whole, HERALD_KIND_ATTENTION_NEEDED) ||
          count_told (replay, HERALD_KIND_PRINTER_ERROR) > count_told (whole, HERALD_KIND_PRINTER_ERROR))
        g_error ("broken before line %u: %s", i, replay->told->str);
    }
}

/* A row that fits no recording checks nothing. */
static void
test_every_row_has_a_recording (gconstpointer user_data)
{
  GPtrArray *recordings = (GPtrArray *) user_data;

  for (guint i = 0; i < n_captured_rows + n_captured_values; i++)
    {
      const CapturedValue *value = i < n_captured_rows ? NULL : &captured_values[i - n_captured_rows];
      const char *versions = value != NULL ? value->versions : captured_rows[i].versions;
      const char *scenario = value != NULL ? value->scenario : captured_rows[i].scenario;
      guint n_found = 0;

      for (guint j = 0; j < recordings->len; j++)
        n_found += is_meant (versions, scenario, g_ptr_array_index (recordings, j));
      if (n_found == 0)
        g_error ("there is no recording of %s for %s", scenario, versions);
    }
}

static gboolean
tells_kind (const CapturedRow *row,
            const char        *id)
{
  g_auto(GStrv) words = g_strsplit_set (row->told, " :/", -1);

  return g_strv_contains ((const char *const *) words, id);
}

static gboolean
comes_from_frames (HeraldEventKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (not_from_frames); i++)
    if (not_from_frames[i] == kind)
      return FALSE;

  return TRUE;
}

static void
test_every_kind_is_told_in_a_recording (void)
{
  g_autoptr(GString) gaps = g_string_new (NULL);

  for (guint kind = 0; kind < HERALD_N_EVENT_KINDS; kind++)
    {
      const char *id = herald_event_kind_get_info (kind)->id;
      g_autoptr(GString) found = g_string_new (NULL);

      for (guint i = 0; i < n_captured_rows; i++)
        if (tells_kind (&captured_rows[i], id))
          g_string_append_printf (found, " %s (%s)", captured_rows[i].scenario, captured_rows[i].versions);
      g_test_message ("%s:%s", id, found->len > 0 ? found->str : " –");
      if (found->len == 0 && comes_from_frames (kind))
        g_string_append_printf (gaps, " %s", id);
    }

  g_assert_cmpstr (gaps->str, ==, "");
}

static void
find_recordings (GPtrArray  *recordings,
                 const char *folder,
                 const char *version)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      Recording *recording;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          g_autofree char *inner = *version != '\0' ? g_strconcat (version, "/", name, NULL) : g_strdup (name);

          find_recordings (recordings, path, inner);
        }
      if (!g_str_has_suffix (name, ".jsonl"))
        continue;

      recording = g_new0 (Recording, 1);
      recording->version = g_strdup (version);
      recording->scenario = g_strndup (name, strlen (name) - strlen (".jsonl"));
      recording->path = g_steal_pointer (&path);
      g_ptr_array_add (recordings, recording);
    }
}

/* Every gap is worth a line to an administrator, but not thousands of them here. */
static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         user_data)
{
  return level == G_LOG_LEVEL_MESSAGE ? G_LOG_WRITER_HANDLED
                                      : g_log_writer_standard_streams (level, fields, n_fields, user_data);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GPtrArray) recordings = g_ptr_array_new_with_free_func ((GDestroyNotify) recording_free);
  g_autofree char *folder = NULL;

  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (write_log, NULL, NULL);
  folder = g_test_build_filename (G_TEST_DIST, "data", "frames", NULL);
  find_recordings (recordings, folder, "");

  for (guint i = 0; i < recordings->len; i++)
    {
      const Recording *recording = g_ptr_array_index (recordings, i);
      g_autofree char *path = g_strdup_printf ("/captured-frames/%s/%s", recording->version, recording->scenario);

      g_autofree char *gap_path = g_strdup_printf ("/captured-gaps/%s/%s", recording->version, recording->scenario);

      g_test_add_data_func (path, recording, test_recording);
      g_test_add_data_func (gap_path, recording, test_recording_with_a_gap);
    }
  g_test_add_data_func ("/captured-frames/rows", recordings, test_every_row_has_a_recording);
  g_test_add_func ("/captured-frames/kinds", test_every_kind_is_told_in_a_recording);

  return g_test_run ();
}
