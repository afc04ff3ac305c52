/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-import-source"

#include "core/import/import-source.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/json-reader.h"

static char *
read_sample (const char *name,
             gsize      *length)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "import", name, NULL);
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, length, &error);
  g_assert_no_error (error);

  return text;
}

static HeraldImportPlan *
read_text (const char *text)
{
  g_autoptr(GError) error = NULL;
  HeraldImportPlan *plan = herald_import_read (NULL, text, strlen (text), &error);

  g_assert_no_error (error);
  herald_import_plan_finish_lines (plan);

  return plan;
}

static gboolean
says (HeraldImportPlan    *plan,
      HeraldImportOutcome  outcome,
      const char          *words)
{
  for (guint i = 0; i < plan->lines->len; i++)
    {
      HeraldImportLine *line = g_ptr_array_index (plan->lines, i);

      if (line->outcome == outcome && strstr (line->sentence, words) != NULL)
        return TRUE;
    }

  return FALSE;
}

static const char *
get_message (HeraldImportPlan *plan,
             HeraldEventKind   kind,
             const char       *name)
{
  return plan->messages[kind] != NULL ? herald_values_get (plan->messages[kind], name) : NULL;
}

/* Written by a real OctoPrint (tests/real/record-settings.py) */
static void
test_file_and_answer_of_octoprint_come_to_the_same (void)
{
  static const char *const names[] = { "config.yaml", "octoprint-admin.json" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize length;
      g_autofree char *text = read_sample (names[i], &length);
      g_autoptr(GError) error = NULL;
      g_autoptr(HeraldImportPlan) plan = herald_import_read (NULL, text, length, &error);
      HeraldImportChannel *x;
      HeraldImportChannel *mail;

      g_assert_no_error (error);
      g_assert_cmpuint (plan->channels->len, ==, 2);
      x = g_ptr_array_index (plan->channels, 0);
      mail = g_ptr_array_index (plan->channels, 1);
      g_assert_cmpstr (x->type, ==, "x");
      g_assert_cmpuint (g_hash_table_size (x->secrets), ==, 4);
      g_assert_false (x->told & (1u << HERALD_KIND_OCTOPRINT_STOPPED));
      g_assert_true (x->told & (1u << HERALD_KIND_PRINT_FAILED));
      g_assert_cmpstr (herald_values_get (mail->settings, "security"), ==, "tls");
      g_assert_cmpstr (herald_values_get (mail->settings, "gateway"), ==, "vtext.com");
      g_assert_false (mail->told & (1u << HERALD_KIND_FILE_UPLOADED));
      g_assert_cmpstr (get_message (plan, HERALD_KIND_PRINT_PROGRESS, "estimate-step"), ==, "20");
      g_assert_cmpstr (get_message (plan, HERALD_KIND_PRINT_PROGRESS, "minutes"), ==, "15");
      g_assert_cmpstr (get_message (plan, HERALD_KIND_PRINT_PROGRESS, "spacing"), ==, "120");
      g_assert_cmpstr (get_message (plan, HERALD_KIND_PRINT_STARTED, "picture"), ==, "thumbnail");
      g_assert_cmpstr (get_message (plan, HERALD_KIND_ATTENTION_NEEDED, "repeat-lock"), ==, "120");
      g_assert_cmpstr (plan->printer_name, ==, "Garage Ünder");
      g_assert_true (says (plan, HERALD_IMPORT_LEFT, "webhook"));
      g_assert_true (says (plan, HERALD_IMPORT_LEFT, "never taken over"));
    }
}

static void
test_what_a_guest_does_not_see_is_told (void)
{
  gsize length;
  g_autofree char *text = read_sample ("octoprint-viewer.json", &length);
  g_autoptr(HeraldImportPlan) plan = herald_import_read (NULL, text, length, NULL);

  g_assert_nonnull (plan);
  g_assert_cmpuint (plan->channels->len, ==, 0);
  g_assert_true (says (plan, HERALD_IMPORT_LEFT, "four codes"));
}

/* The either-or of OctoText and what becomes of it */
static void
test_fail_or_cancel (void)
{
  static const struct
  {
    const char *settings;
    gboolean fails;
    const char *words;
  } rows[] = {
    { "show_fail_cancel: false", TRUE, "neither from the start" },
    { "show_fail_cancel: true, en_printfail: Fail", TRUE, "as what it is" },
    { "show_fail_cancel: true, en_printfail: Cancel", FALSE, "As in OctoText" },
    { "show_fail_cancel: true, en_printfail: false", TRUE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf ("plugins: {OctoText: {username: a, servername: b.org, phone_numb: c, "
                                               "carrier_address: d.org, %s}}", rows[i].settings);
      g_autoptr(HeraldImportPlan) plan = read_text (text);
      HeraldImportChannel *mail = g_ptr_array_index (plan->channels, 0);

      g_assert_cmpstr (herald_values_get (mail->settings, "to"), ==, "c@d.org");
      g_assert_cmpstr (herald_values_get (mail->settings, "security"), ==, "starttls");
      g_assert_true (mail->told & (1u << HERALD_KIND_PRINT_CANCELLED));
      g_assert_cmpint ((mail->told & (1u << HERALD_KIND_PRINT_FAILED)) != 0, ==, rows[i].fails);
      g_assert_true (rows[i].words == NULL || says (plan, HERALD_IMPORT_CHANGED, rows[i].words));
    }
}

/* What OctoText comes with is nobody's. */
static void
test_examples_are_no_settings (void)
{
  g_autoptr(HeraldImportPlan) fresh = read_text ("plugins: {octotext: {smtp_port: 25}}");
  g_autoptr(HeraldImportPlan) example = read_text ("plugins: {octotext: {username: YourEmail, server_pass: not a valid password,"
                                                   " phone_numb: '8675309', carrier_address: mypixmessages.com}}");
  g_autoptr(HeraldImportPlan) keyless = read_text ("plugins: {octotext: {username: a, phone_numb: b, carrier_address: c.org, "
                                                   "server_pass: not a valid password}}");
  HeraldImportChannel *mail;

  g_assert_cmpuint (fresh->channels->len, ==, 0);
  g_assert_cmpuint (example->channels->len, ==, 0);
  mail = g_ptr_array_index (keyless->channels, 0);
  g_assert_cmpuint (g_hash_table_size (mail->secrets), ==, 0);
  g_assert_cmpstr (herald_values_get (mail->settings, "host"), ==, "smtp.office365.com");
  g_assert_true (says (keyless, HERALD_IMPORT_LEFT, "password"));
}

static void
test_printers_of_desktop_programs (void)
{
  g_autoptr(HeraldImportPlan) one = read_text ("{\"printerName\": \"A\", \"octoprintURL\": \"http://a/b\", "
                                               "\"apiKey\": \"0123456789ABCDEF0123456789ABCDEF\"}");
  g_autoptr(HeraldImportPlan) two = read_text ("[{\"printerName\": \"A\"}, 3, {\"apiKey\": \"invalidapikey\"}]");
  HeraldImportPrinter *printer = g_ptr_array_index (one->printers, 0);

  g_assert_cmpstr (printer->key, ==, "0123456789ABCDEF0123456789ABCDEF");
  g_assert_cmpstr (herald_values_get (printer->settings, "url"), ==, "http://a/b");
  g_assert_cmpuint (two->printers->len, ==, 2);
  printer = g_ptr_array_index (two->printers, 1);
  g_assert_null (printer->key);
  g_assert_cmpstr (herald_values_get (printer->settings, "url"), ==, "http://octopi.local");
}

/* Whoever has the password in the name of the printer, too */
static void
test_secrets_are_starred_out_of_the_report (void)
{
  g_autoptr(HeraldImportPlan) plan = read_text ("plugins: {octotext: {username: a, phone_numb: b, carrier_address: c.org, "
                                                "server_pass: hunter2hunter2, cc_field: 'hunter2hunter2'}}");

  g_assert_true (says (plan, HERALD_IMPORT_LEFT, "“***”"));
  g_assert_false (says (plan, HERALD_IMPORT_LEFT, "hunter2"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import-source/octoprint", test_file_and_answer_of_octoprint_come_to_the_same);
  g_test_add_func ("/import-source/guest", test_what_a_guest_does_not_see_is_told);
  g_test_add_func ("/import-source/fail-or-cancel", test_fail_or_cancel);
  g_test_add_func ("/import-source/examples", test_examples_are_no_settings);
  g_test_add_func ("/import-source/desktop-programs", test_printers_of_desktop_programs);
  g_test_add_func ("/import-source/secrets", test_secrets_are_starred_out_of_the_report);

  return g_test_run ();
}
