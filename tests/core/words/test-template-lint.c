/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-template-lint"

#include "core/words/template.h"

#include <string.h>

#define MIN_SENTENCES 200

/* What the rows are for: it has no {movie}, and knows {file}, {time_formatted}, {progress} */
#define KIND HERALD_KIND_PRINT_DONE
#define NOT_KNOWN " is not known in messages of the kind “Print finished”"

typedef struct
{
  const char *text;
  const char *problem;
} Row;

static void
assert_rows (const Row *rows,
             guint      n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      g_auto(GStrv) problems = herald_template_check (rows[i].text, KIND);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpuint (g_strv_length (problems), ==, rows[i].problem != NULL);
      g_assert_cmpstr (problems[0], ==, rows[i].problem);
    }
}

static void
test_unknown_name_is_told_with_the_nearest (void)
{
  static const Row rows[] = {
    { "{nmae}", "{nmae}" NOT_KNOWN "; did you mean {name}?" },
    { "{fil} is done", "{fil}" NOT_KNOWN "; did you mean {file}?" },
    { "{FILE|it}", "{FILE}" NOT_KNOWN "; did you mean {file}?" },
    { "{time-formated}", "{time-formated}" NOT_KNOWN "; did you mean {time_formatted}?" },
    { "{prnter} {prnter}", "{prnter}" NOT_KNOWN "; did you mean {printer}?" },
    { "{zylinder}", "{zylinder}" NOT_KNOWN "." },
    { "{x} is too short to be near", "{x}" NOT_KNOWN "." },
    { "{movie}", "{movie}" NOT_KNOWN ", only in others, for example “Timelapse ready”." },
    { "{heater}", "{heater}" NOT_KNOWN ", only in others, for example “Cooled down”." },
  };

  assert_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_brace_that_looks_like_a_variable_is_told (void)
{
#define MEANT(text, name) "“" text "” is sent as it stands; did you mean {" name "}?"
#define UNCLOSED(text, name) "“" text "” is sent as it stands, because the brace after it is missing; did you mean {" name "}?"
#define FALLBACK(text) "“" text "|” is sent as it stands: what follows it must end with one “}” on the same line, " \
                       "and a brace in it is written twice."
  static const Row rows[] = {
    { "{ file }", MEANT ("{ file }", "file") },
    { "{ fiel }", MEANT ("{ fiel }", "file") },
    { "{time:.0f} s", MEANT ("{time:.0f}", "time") },
    { "{position[x]}", MEANT ("{position[x]}", "position") },
    { "{file!r}", MEANT ("{file!r}", "file") },
    { "{file", UNCLOSED ("{file", "file") },
    { "{file is done, and this sentence goes on so long that no name would be so long",
      UNCLOSED ("{file", "file") },
    { "{file\n}", UNCLOSED ("{file", "file") },
    { "{file is {progress} % done", UNCLOSED ("{file", "file") },
    { "file} is done", "“file}” is sent as it stands, because the brace before it is missing; did you mean {file}?" },
    { "{error|{reason}}", FALLBACK ("{error") },
    { "{error|no reason", FALLBACK ("{error") },
    { "{{ file }}", "“{{file}}” is sent as “{file}”, because a brace written twice is a brace; did you mean {file}?" },
  };

  assert_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_mistyped_emoji_is_told (void)
{
#define EMOJI(typed, meant) "“:" typed ":” is no emoji that is known; did you mean :" meant ":?"
  static const Row rows[] = {
    { ":tadaa: done", EMOJI ("tadaa", "tada") },
    { ":thumbs-up:", EMOJI ("thumbs-up", "thumbs_up") },
    { ":Tada:", EMOJI ("Tada", "tada") },
    { "{error|:warnnig:}", EMOJI ("warnnig", "warning") },
    { ":rokcet: http://host:80:rokcet:", EMOJI ("rokcet", "rocket") },
  };

  assert_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_every_mistake_gets_its_sentence (void)
{
  g_auto(GStrv) problems = herald_template_check ("{nmae} {movie} {fiel:d} :tadaa: {nmae}", KIND);

  g_assert_cmpuint (g_strv_length (problems), ==, 4);
  g_assert_nonnull (strstr (problems[0], "{nmae}"));
  g_assert_nonnull (strstr (problems[1], "{movie}"));
  g_assert_nonnull (strstr (problems[2], "{fiel:d}"));
  g_assert_nonnull (strstr (problems[3], ":tadaa:"));
}

static void
test_no_sentence_is_a_false_alarm (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "words", "sentences.txt", NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *content = NULL;
  g_auto(GStrv) sentences = NULL;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  sentences = g_strsplit (g_strchomp (content), "\n", -1);
  g_assert_cmpuint (g_strv_length (sentences), >=, MIN_SENTENCES);

  for (char **sentence = sentences; *sentence != NULL; sentence++)
    {
      g_auto(GStrv) problems = herald_template_check (*sentence, KIND);

      if (problems[0] != NULL)
        g_test_fail_printf ("%s: %s", *sentence, problems[0]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/template-lint/f45-names", test_unknown_name_is_told_with_the_nearest);
  g_test_add_func ("/template-lint/f46-braces", test_brace_that_looks_like_a_variable_is_told);
  g_test_add_func ("/template-lint/emoji", test_mistyped_emoji_is_told);
  g_test_add_func ("/template-lint/each", test_every_mistake_gets_its_sentence);
  g_test_add_func ("/template-lint/no-false-alarm", test_no_sentence_is_a_false_alarm);

  return g_test_run ();
}
