/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-fit"

#include "core/words/fit.h"

#include <string.h>

#include "core/words/graphemes.h"
#include "core/words/text-length.h"
#include "core/words/text-links.h"

#define SEED 20261121
#define N_TEXTS 10000

#define STOP "\u200b"

/* Parts a test’s text: `{file|…}` is a value of that variable. */
static GPtrArray *
make_pieces (const char *text)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_template_piece_free);
  g_auto(GStrv) parts = g_strsplit_set (text, "{}", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_auto(GStrv) value = i % 2 == 1 ? g_strsplit (parts[i], "|", 2) : NULL;
      const char *words = value != NULL ? value[1] : parts[i];

      if (*words != '\0')
        g_ptr_array_add (pieces, herald_template_piece_new_take (g_strdup (words), value != NULL ? herald_variable_find (value[0]) : NULL));
    }

  return pieces;
}

static void
assert_fits (const char *text,
             const char *form,
             gsize       max,
             const char *expected)
{
  g_autoptr(GPtrArray) pieces = make_pieces (text);
  g_autofree char *result = herald_fit (pieces, herald_text_form_find (form), max, NULL);

  g_assert_cmpstr (result, ==, expected);
  g_assert_cmpuint (herald_text_length_count (result, herald_text_form_find (form)->unit), <=, max);
}

static void
test_what_fits_stays (void)
{
  assert_fits ("", "x", 280, "");
  assert_fits ("{file|benchy} is done", "x", 280, "benchy is done");
  assert_fits ("{file|benchy} is done", "x", 14, "benchy is done");
}

static void
test_name_is_shortened_first (void)
{
  assert_fits ("{printer|MK4} : {file|a-very-long-name-of-a-file} is done in {time_formatted|00:45:12}", "desktop", 42,
               "MK4 : a-very-long-nam… is done in 00:45:12");
}

/* Two long names end equally long, and a short one is left alone. */
static void
test_long_names_become_equally_long (void)
{
  assert_fits ("{printer|MK4} {file|aaaaaaaaaaaaaaaaaaaa} {path|bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb}", "desktop", 25,
               "MK4 aaaaaaaaa… bbbbbbbbb…");
}

static void
test_own_text_is_shortened_after_names (void)
{
  assert_fits ("{file|aaaaaaaaaaaa}: {text|a text of one’s own that goes on}", "desktop", 30,
               "aaaaaaa…: a text of one’s own…");
}

static void
test_end_is_cut_at_last (void)
{
  assert_fits ("{file|aaaaaaaaaaaa} is done, and more words follow", "desktop", 20, "aaaaaaa… is done, a…");
  assert_fits ("a 👨‍👩‍👧‍👦 family", "desktop", 4, "a 👨‍👩‍👧‍👦…");
  assert_fits ("go to https://example.com/path", "x", 20, "go to…");
  assert_fits ("words", "x", 1, "w");
  assert_fits ("words", "x", 0, "");
}

/* Half of 100 is 10. */
static void
test_figures_are_never_cut (void)
{
  assert_fits ("It is done to {progress|100} %", "desktop", 17, "It is done to…");
  assert_fits ("It is done to {progress|100} %", "desktop", 18, "It is done to 100…");
}

static void
test_names_call_nobody_in_public (void)
{
  assert_fits ("{user|@anna} prints cube.st, not {name|cube.st}", "x", 280, "@" STOP "anna prints cube.st, not cube" STOP ".st");
  assert_fits ("{user|@anna} prints {name|cube.st}", "email", 280, "@anna prints cube.st");
}

/* Cut between its letters, a harmless ending becomes a top-level domain. */
static void
test_shortened_name_is_no_link_either (void)
{
  assert_fits ("{name|part-12.completely} is done", "x", 22, "part-12.comp… is done");
  assert_fits ("{name|part-12.completely} is done", "x", 21, "part-12" STOP ".co… is done");
  assert_fits ("{name|part-12.completely} is done", "x", 20, "part-12.c… is done");
}

static void
test_sms_stays_in_its_alphabet (void)
{
  assert_fits ("“{file|Čtverec}” – done…", "sms", 120, "\"Ctverec\" - done...");
  assert_fits ("{file|aaaaaaaaaaaaaaaaaaaa} done", "sms", 16, "aaaaaaaa... done");
  /* A name that takes the other alphabet anyway keeps all letters. */
  assert_fits ("“{file|Кубик č}”", "sms", 70, "“Кубик č”");
}

/* F50: the printer’s name comes first. G29: X would refuse a post of more than 280. */
static void
test_post_with_the_longest_names_is_taken_by_x (void)
{
  const HeraldTextForm *form = herald_text_form_find ("x");
  g_autofree char *name = g_strnfill (255, 'n');
  g_autofree char *text = g_strdup_printf ("{printer|%s} : {file|%s} is 🎉 done", name, name);
  g_autoptr(GPtrArray) pieces = make_pieces (text);
  g_autofree char *result = herald_fit (pieces, form, form->text_max, NULL);

  g_assert_cmpuint (herald_text_length_count (result, form->unit), >=, 278);
  g_assert_cmpuint (herald_text_length_count (result, form->unit), <=, 280);
  g_assert_true (g_str_has_suffix (result, "n… is 🎉 done"));
}

static void
assert_reported (const char *text,
                 gsize       max,
                 gsize       surplus,
                 const char *shortened)
{
  g_autoptr(GPtrArray) pieces = make_pieces (text);
  HeraldFitReport report;
  g_autofree char *result = herald_fit (pieces, herald_text_form_find ("desktop"), max, &report);

  g_assert_cmpuint (report.length.count, ==, herald_text_length_count (result, HERALD_UNIT_CHARACTERS));
  g_assert_cmpuint (report.surplus, ==, surplus);
  g_assert_cmpstr (report.shortened != NULL ? report.shortened->name : NULL, ==, shortened);
}

static void
test_what_gave_way_is_reported (void)
{
  assert_reported ("{file|aaaaaaaaaaaa} is done", 20, 0, NULL);
  assert_reported ("{file|aaaaaaaaaaaa} is done", 19, 1, "file");
  assert_reported ("{file|aaaaaaaaa} {path|bbbbbbbbbbbbbbb}", 20, 5, "path");
  assert_reported ("{text|a long text of one’s own} {file|aaaaaaaaa}", 32, 2, "text");
  assert_reported ("{text|a long text of one’s own, very long} {file|aaaaaaaaa}", 40, 5, "text");
  /* Here the end is cut off, although what stands there is also in the name. */
  assert_reported ("{file|is done is done is done} is done", 12, 19, NULL);
  assert_reported ("{progress|100} words and nothing else", 10, 16, NULL);
}

static const char *
pick (GRand *chance)
{
  static const char *const words[] = {
    "benchy", "cube.st", "https://example.com/path", "@anna", "#PLA", "$ABC", "日本語", "Größe", "Łódź", "🎉", "👨‍👩‍👧‍👦", "👍🏽",
    "🇩🇪", "e\u0301\u0327", " ", " ", ".", "…", "“", "”", "–", "€", "{", "[", "\n", "\u200d", "\ufeff", "שלום", "a.b.c", "co", "m",
    "http://", "x_y-z", "٣", "क्षि", "1️⃣", "\ufe0f", "100",
  };

  return words[g_rand_int_range (chance, 0, G_N_ELEMENTS (words))];
}

static GPtrArray *
make_random_pieces (GRand *chance)
{
  static const char *const names[] = { NULL, NULL, "file", "printer", "user", "progress", "text", "title" };
  GPtrArray *pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_template_piece_free);
  gint n_pieces = g_rand_int_range (chance, 0, 8);

  for (gint i = 0; i < n_pieces; i++)
    {
      const char *name = names[g_rand_int_range (chance, 0, G_N_ELEMENTS (names))];
      g_autoptr(GString) text = g_string_new (NULL);

      for (gint n = g_rand_int_range (chance, 1, 24); n > 0; n--)
        g_string_append (text, pick (chance));
      g_ptr_array_add (pieces, herald_template_piece_new_take (g_strdup (text->str), name != NULL ? herald_variable_find (name) : NULL));
    }

  return pieces;
}

static void
check_fitted (GPtrArray            *pieces,
              const HeraldTextForm *form,
              gsize                 max)
{
  g_autofree char *result = herald_fit (pieces, form, max, NULL);
  g_autoptr(GPtrArray) dressed = herald_fit_dress (pieces, form);
  g_autofree char *whole = herald_template_join (dressed);
  HeraldTextLength before;
  HeraldTextLength after;

  herald_text_length_measure (whole, form->unit, &before);
  herald_text_length_measure (result, form->unit, &after);
  g_assert_true (g_utf8_validate (result, -1, NULL));
  g_assert_cmpuint (after.count, <=, max);
  if (before.count <= max)
    g_assert_cmpstr (result, ==, whole);
  g_assert_true (after.is_gsm || !before.is_gsm);
}

static void
test_anything_fits (void)
{
  g_autoptr(GRand) chance = g_rand_new_with_seed (SEED);
  guint n_forms = 0;
  const HeraldTextForm *forms = herald_text_form_get_all (&n_forms);

  for (guint i = 0; i < N_TEXTS; i++)
    {
      g_autoptr(GPtrArray) pieces = make_random_pieces (chance);
      gsize max = (gsize) g_rand_int_range (chance, 0, 300);

      for (guint form = 0; form < n_forms; form++)
        check_fitted (pieces, &forms[form], max);
    }
}

/* Names only, and words that are no link: then X finds nothing, however they are cut. */
static void
test_names_stay_harmless_when_cut (void)
{
  g_autoptr(GRand) chance = g_rand_new_with_seed (SEED);
  const HeraldTextForm *form = herald_text_form_find ("x");

  for (guint i = 0; i < N_TEXTS; i++)
    {
      g_autoptr(GString) name = g_string_new (NULL);
      g_autoptr(GPtrArray) pieces = make_pieces ("It is ");
      g_autofree char *result = NULL;
      g_autoptr(GArray) links = NULL;

      for (gint n = g_rand_int_range (chance, 1, 24); n > 0; n--)
        g_string_append (name, pick (chance));
      g_ptr_array_add (pieces, herald_template_piece_new_take (g_strdup (name->str), herald_variable_find ("file")));
      g_ptr_array_add (pieces, herald_template_piece_new_take (g_strdup (" done to 100 %"), NULL));
      result = herald_fit (pieces, form, (gsize) g_rand_int_range (chance, 0, 60), NULL);
      links = herald_text_links_find (result);
      g_assert_cmpuint (links->len, ==, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fit/fitting", test_what_fits_stays);
  g_test_add_func ("/fit/names", test_name_is_shortened_first);
  g_test_add_func ("/fit/levels", test_long_names_become_equally_long);
  g_test_add_func ("/fit/own", test_own_text_is_shortened_after_names);
  g_test_add_func ("/fit/end", test_end_is_cut_at_last);
  g_test_add_func ("/fit/figures", test_figures_are_never_cut);
  g_test_add_func ("/fit/public", test_names_call_nobody_in_public);
  g_test_add_func ("/fit/shortened-link", test_shortened_name_is_no_link_either);
  g_test_add_func ("/fit/sms", test_sms_stays_in_its_alphabet);
  g_test_add_func ("/fit/f50-g29-longest-post", test_post_with_the_longest_names_is_taken_by_x);
  g_test_add_func ("/fit/report", test_what_gave_way_is_reported);
  g_test_add_func ("/fit/anything", test_anything_fits);
  g_test_add_func ("/fit/harmless", test_names_stay_harmless_when_cut);

  return g_test_run ();
}
