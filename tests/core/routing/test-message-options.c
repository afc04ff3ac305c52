/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-message-options"

#include "core/routing/message-options.h"

#include <string.h>

#include "core/base/error.h"

/* These must go on meaning the same: command lines and people's files have them. */
static const struct
{
  HeraldEventKind kind;
  const char *name;
  const char *fallback;
  const char *good;
  const char *bad;
} rows[] = {
  { HERALD_KIND_PRINT_PROGRESS, "step", "10", "0 1 25 50", "51 -1 2.5 x" },
  { HERALD_KIND_PRINT_PROGRESS, "minutes", "0", "0 1 1440", "1441 0.5" },
  { HERALD_KIND_PRINT_PROGRESS, "estimate-step", "0", "0 1 50", "51" },
  { HERALD_KIND_PRINT_PROGRESS, "height", "0", "0 0.0 0.1 0.25 5 1000",
    "0.09 0.01 0,5 1e2 1000.1 -1 . 0x5" },
  { HERALD_KIND_PRINT_PROGRESS, "layers", "0", "0 1 10000", "10001" },
  { HERALD_KIND_PRINT_PROGRESS, "at-least-minutes", "0", "0 1 1440", "1441" },
  { HERALD_KIND_PRINT_PROGRESS, "spacing", "0", "0 1 86400", "86401" },
  { HERALD_KIND_PRINT_PROGRESS, "min-print", "0", "0 1 1440", "1441" },
  { HERALD_KIND_TRANSFER_PROGRESS, "step", "25", "0 1 50", "51" },
  { HERALD_KIND_ATTENTION_NEEDED, "repeat-lock", "60", "0 30 600", "601" },
  { HERALD_KIND_ATTENTION_NEEDED, "remind", "0", "0 1 1440", "1441" },
  { HERALD_KIND_COOLED_DOWN, "bed", "40", "0 40 150", "151" },
  { HERALD_KIND_COOLED_DOWN, "tool", "0", "0 50 400", "401" },
  { HERALD_KIND_PRINT_DONE, "picture-delay", "0", "-60 -1 0 5 60", "-61 61 - -- --1 1- 0.5" },
  { HERALD_KIND_PRINT_STARTED, "placeholder", "false", "true false", "yes 1 0 TRUE" },
  { HERALD_KIND_PRINT_STARTED, "away-minutes", "0", "0 1 240", "-1 241 0.5 true" },
};

/* Never a value of any option. */
static const char *const nonsense[] = {
  "", " ", " 1", "1 ", "+1", "nan", "inf", "1\n", "１", "\xff", "00000000000000001",
  "99999999999999999999",
};

static void
test_table_says_what_is_documented (void)
{
  guint n_options;
  const HeraldMessageOption *options = herald_message_options_get_all (&n_options);

  g_assert_cmpuint (n_options, ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < n_options; i++)
    {
      const HeraldMessageOption *option = &options[i];

      g_assert_true (herald_message_options_find (rows[i].kind, rows[i].name) == option);
      g_assert_cmpstr (option->fallback, ==, rows[i].fallback);
      g_assert_true (herald_message_option_check (option, option->fallback, NULL));
      g_assert_cmpint (*option->unit == '\0', ==, option->type == HERALD_OPTION_BOOLEAN);
      g_assert_cmpuint (strlen (option->label), >, 0);
      g_assert_cmpuint (strlen (option->hint), >, 0);
    }

  g_assert_null (herald_message_options_find (HERALD_KIND_PRINT_PROGRESS, "bed"));
  g_assert_null (herald_message_options_find (HERALD_KIND_PRINT_DONE, "step"));
  g_assert_null (herald_message_options_find (HERALD_KIND_PRINT_STARTED, "picture-delay"));
}

static void
test_whoever_has_a_picture_has_a_placeholder (void)
{
  for (guint i = 0; i < HERALD_N_EVENT_KINDS; i++)
    {
      const HeraldEventKind kind = (HeraldEventKind) i;
      gboolean has_picture = herald_event_kind_get_info (kind)->pictures[1] != NULL;

      g_assert_cmpint (herald_message_options_find (kind, "placeholder") != NULL, ==, has_picture);
    }
}

static double
to_number (const char *value)
{
  return g_str_equal (value, "true") ? 1 : g_ascii_strtod (value, NULL);
}

static void
assert_refused (const HeraldMessageOption *option,
                const char                *value)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (herald_message_option_check (option, value, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
  g_assert_nonnull (strstr (error->message, option->name));
  g_assert_cmpfloat (herald_message_option_read (option, value), ==,
                     to_number (option->fallback));
}

static void
test_values_are_checked (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const HeraldMessageOption *option = herald_message_options_find (rows[i].kind, rows[i].name);
      g_auto(GStrv) good = g_strsplit (rows[i].good, " ", -1);
      g_auto(GStrv) bad = g_strsplit (rows[i].bad, " ", -1);

      for (char **value = good; *value != NULL; value++)
        {
          g_assert_true (herald_message_option_check (option, *value, NULL));
          g_assert_cmpfloat (herald_message_option_read (option, *value), ==,
                             to_number (*value));
        }
      for (char **value = bad; *value != NULL; value++)
        assert_refused (option, *value);
      for (guint k = 0; k < G_N_ELEMENTS (nonsense); k++)
        assert_refused (option, nonsense[k]);
      g_assert_cmpfloat (herald_message_option_read (option, NULL), ==,
                         to_number (rows[i].fallback));
    }
}

static void
test_refusal_says_what_would_be_right (void)
{
  const HeraldEventKind kind = HERALD_KIND_PRINT_PROGRESS;
  g_autoptr(GError) whole = NULL;
  g_autoptr(GError) decimal = NULL;
  g_autoptr(GError) truth = NULL;

  herald_message_option_check (herald_message_options_find (kind, "step"), "99", &whole);
  g_assert_cmpstr (whole->message, ==, "“step” must be a whole number from 0 to 50");
  herald_message_option_check (herald_message_options_find (kind, "height"), "0,5", &decimal);
  g_assert_cmpstr (decimal->message, ==,
                   "“height” must be 0 or a number from 0.1 to 1000, with a decimal point if "
                   "need be");
  herald_message_option_check (herald_message_options_find (kind, "placeholder"), "yes", &truth);
  g_assert_cmpstr (truth->message, ==, "“placeholder” must be true or false");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/message-options/table", test_table_says_what_is_documented);
  g_test_add_func ("/message-options/placeholder", test_whoever_has_a_picture_has_a_placeholder);
  g_test_add_func ("/message-options/values", test_values_are_checked);
  g_test_add_func ("/message-options/refusal", test_refusal_says_what_would_be_right);

  return g_test_run ();
}
