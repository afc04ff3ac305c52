/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-words-buffer"

#include "window/messages/words-buffer.h"

#include <string.h>

#include "window/messages/suggestions.h"
#include "window/messages/template-spans.h"

static const char *const names[] = { "file", "printer", "progress", NULL };

static void
assert_spans (const char        *text,
              const char *const *problems,
              const char        *expected)
{
  g_autoptr(GArray) spans = herald_template_spans_find (text, names, problems);
  g_autoptr(GString) found = g_string_new (NULL);

  for (guint i = 0; i < spans->len; i++)
    {
      const HeraldSpan *span = &g_array_index (spans, HeraldSpan, i);
      g_autofree char *part = g_utf8_substring (text, span->start, span->end);

      g_string_append_printf (found, "%s%s", span->kind == HERALD_SPAN_VALUE ? "+" : "-", part);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_values_are_told_from_mistakes (void)
{
  assert_spans ("", NULL, "");
  assert_spans ("no value", NULL, "");
  assert_spans ("✅ {file} on {printer|a printer}", NULL, "+{file}+{printer|a printer}");
  assert_spans ("مرحبا {file}", NULL, "+{file}");
  assert_spans ("{nmae} and {file}", NULL, "-{nmae}+{file}");
  assert_spans ("{{file}} is no value", NULL, "");
  assert_spans ("{ {file", NULL, "");
  assert_spans ("<b>{file}</b>&amp;", NULL, "+{file}");
}

static void
test_what_a_sentence_is_about_is_marked (void)
{
  const char *const closing[] = { "“file}” is sent as it stands, because the brace before it is missing; did you mean {file}?", NULL };
  const char *const emoji[] = { "“:tadda:” is no emoji that is known; did you mean :tada:?", NULL };
  const char *const known[] = { "{nmae} is not known in messages of the kind “Print finished”; did you mean {name}?", NULL };
  const char *const elsewhere[] = { "E-mail: This is 3 characters too long.", "", "“", "”“", NULL };

  assert_spans ("file} and {printer}", closing, "-file}+{printer}");
  assert_spans ("🎉:tadda: :tadda:", emoji, "-:tadda:-:tadda:");
  assert_spans ("{nmae}", known, "-{nmae}");
  assert_spans ("{file}", elsewhere, "+{file}");
}

static GVariant *
make_descriptions (void)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  for (guint i = 0; names[i] != NULL; i++)
    g_variant_builder_add (&builder, "{ss}", names[i], "what it is");

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static void
assert_suggestions (const char *before,
                    const char *expected)
{
  g_autoptr(GVariant) descriptions = make_descriptions ();
  gsize start = 0;
  g_autoptr(GPtrArray) found = herald_suggestions_find (before, descriptions, &start);
  g_autoptr(GString) labels = g_string_new (NULL);

  for (guint i = 0; found != NULL && i < found->len; i++)
    g_string_append (labels, ((HeraldSuggestion *) g_ptr_array_index (found, i))->insert);
  g_assert_cmpstr (labels->str, ==, expected);
  if (found != NULL)
    g_assert_true (before[start] == '{' || before[start] == ':');
}

static void
test_what_is_typed_is_completed (void)
{
  assert_suggestions ("", "");
  assert_suggestions ("file", "");
  assert_suggestions ("{", "{file}{printer}{progress}");
  assert_suggestions ("Done: {PR", "{printer}{progress}");
  assert_suggestions ("{ile", "{file}");
  assert_suggestions ("{{fi", "");
  assert_suggestions ("{file}", "");
  assert_suggestions ("{file|the p", "");
  assert_suggestions (":tada", "🎉");
  assert_suggestions (":t", "");
  assert_suggestions ("12:30", "");
  assert_suggestions ("https:", "");
  assert_suggestions ("\\:tada", "");
  assert_suggestions (":tada:", "");
}

static void
assert_words (HeraldWordsBuffer *buffer,
              const char        *expected)
{
  g_assert_cmpstr (herald_words_buffer_get_words (buffer), ==, expected);
}

static void
put_cursor (HeraldWordsBuffer *buffer,
            int                offset)
{
  GtkTextIter place;

  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (buffer), &place, offset);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (buffer), &place);
}

static void
test_values_are_deleted_as_a_whole (void)
{
  HeraldWordsBuffer *buffer = g_object_new (HERALD_TYPE_WORDS_BUFFER, NULL);

  herald_words_buffer_set_names (buffer, names);
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (buffer), "✅ {file|it}{printer} done", -1);
  put_cursor (buffer, strlen ("x {file|it}"));
  g_assert_true (herald_words_buffer_delete_value (buffer, TRUE));
  assert_words (buffer, "✅ {printer} done");
  g_assert_false (herald_words_buffer_delete_value (buffer, TRUE));
  g_assert_true (herald_words_buffer_delete_value (buffer, FALSE));
  assert_words (buffer, "✅  done");
  g_assert_false (herald_words_buffer_delete_value (buffer, FALSE));

  gtk_text_buffer_undo (GTK_TEXT_BUFFER (buffer));
  assert_words (buffer, "✅ {printer} done");
  g_assert_finalize_object (buffer);
}

static void
test_a_novel_is_cut_between_characters (void)
{
  HeraldWordsBuffer *buffer = g_object_new (HERALD_TYPE_WORDS_BUFFER, NULL);
  g_autoptr(GString) novel = g_string_new ("x");
  gsize kept;

  while (novel->len < 1024 * 1024)
    g_string_append (novel, "🎉");
  herald_words_buffer_set_names (buffer, names);
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (buffer), novel->str, (int) novel->len);
  kept = strlen (herald_words_buffer_get_words (buffer));
  g_assert_cmpuint (kept, >, HERALD_WORDS_MAX_BYTES);
  g_assert_cmpuint (kept, <=, 4 * HERALD_WORDS_MAX_BYTES);
  g_assert_true (g_str_has_suffix (herald_words_buffer_get_words (buffer), "🎉"));
  gtk_text_buffer_insert_at_cursor (GTK_TEXT_BUFFER (buffer), "more", -1);
  g_assert_cmpuint (strlen (herald_words_buffer_get_words (buffer)), <=, 4 * HERALD_WORDS_MAX_BYTES);
  g_assert_finalize_object (buffer);
}

static void
test_one_line_stays_one (void)
{
  HeraldWordsBuffer *buffer = g_object_new (HERALD_TYPE_WORDS_BUFFER, NULL);

  herald_words_buffer_set_one_line (buffer, TRUE);
  gtk_text_buffer_insert_at_cursor (GTK_TEXT_BUFFER (buffer), "a\nb\r\nc", -1);
  assert_words (buffer, "a b  c");
  g_assert_finalize_object (buffer);
}

static void
test_marks_cost_little (void)
{
  HeraldWordsBuffer *buffer = g_object_new (HERALD_TYPE_WORDS_BUFFER, NULL);
  g_autoptr(GString) text = g_string_new (NULL);
  gint64 began;

  while (text->len + strlen ("{file}") <= HERALD_WORDS_MAX_BYTES)
    g_string_append (text, "{file}");
  herald_words_buffer_set_names (buffer, names);
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (buffer), text->str, -1);
  began = g_get_monotonic_time ();
  gtk_text_buffer_insert_at_cursor (GTK_TEXT_BUFFER (buffer), "x", -1);
  g_test_message ("a letter in a text full of values takes %" G_GINT64_FORMAT " µs", g_get_monotonic_time () - began);
  g_assert_finalize_object (buffer);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/words-buffer/values-are-told-from-mistakes", test_values_are_told_from_mistakes);
  g_test_add_func ("/words-buffer/what-a-sentence-is-about-is-marked", test_what_a_sentence_is_about_is_marked);
  g_test_add_func ("/words-buffer/what-is-typed-is-completed", test_what_is_typed_is_completed);
  g_test_add_func ("/words-buffer/values-are-deleted-as-a-whole", test_values_are_deleted_as_a_whole);
  g_test_add_func ("/words-buffer/a-novel-is-cut-between-characters", test_a_novel_is_cut_between_characters);
  g_test_add_func ("/words-buffer/one-line-stays-one", test_one_line_stays_one);
  g_test_add_func ("/words-buffer/marks-cost-little", test_marks_cost_little);

  return g_test_run ();
}
