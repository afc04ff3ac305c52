/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-test-report"

#include "window/accounts/test-report.h"

static GtkWidget *
make_report (const char *text)
{
  g_autoptr(GError) error = NULL;
  GVariant *report = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, &error);

  g_assert_no_error (error);

  return g_object_ref_sink (herald_test_report_new (report));
}

/* All texts that can be seen, one after the other */
static void
gather (GtkWidget *widget,
        GString   *texts)
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (texts, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    gather (child, texts);
}

static char *
read_report (GtkWidget *report)
{
  GString *texts = g_string_new (NULL);

  gather (report, texts);

  return g_string_free (texts, FALSE);
}

static void
assert_shows (GtkWidget  *report,
              const char *text,
              gboolean    is_shown)
{
  g_autofree char *texts = read_report (report);

  g_test_message ("“%s” in “%s”", text, texts);
  g_assert_cmpint (strstr (texts, text) != NULL, ==, is_shown);
}

static void
test_accepted_is_green_step_by_step (void)
{
  GtkWidget *report = make_report ("{'state': <'delivered'>, 'picture': <'snapshot'>, 'link': <'https://x.com/i/1'>, 'steps': <["
                                   "{'name': <'connect'>, 'label': <'Reach the server'>, 'result': <'done'>},"
                                   "{'name': <'data'>, 'label': <'Hand over'>, 'result': <'done'>}]>, 'recipients': <["
                                   "{'destination': <'ada@example.org'>, 'state': <'delivered'>}]>}");

  assert_shows (report, "The test message was accepted.", TRUE);
  assert_shows (report, "Reach the server\n", TRUE);
  assert_shows (report, "Hand over\n", TRUE);
  assert_shows (report, "A picture went along.", TRUE);
  assert_shows (report, "Look at It", TRUE);
  assert_shows (report, "ada@example.org", FALSE);
  assert_shows (report, "What the Other Side Said", FALSE);
  g_assert_finalize_object (report);
}

static void
test_refused_login_says_what_to_do (void)
{
  GtkWidget *report = make_report ("{'state': <'deferred'>, 'reason': <'The password was refused.'>, 'step': <'login'>,"
                                   " 'advice': <'Check the password.'>, 'words': <'535 5.7.8 <b>no</b>'>, 'code': <535>,"
                                   " 'steps': <[{'name': <'connect'>, 'label': <'Reach'>, 'result': <'done'>},"
                                   "{'name': <'login'>, 'label': <'Log in'>, 'result': <'failed'>},"
                                   "{'name': <'data'>, 'label': <'Hand over'>, 'result': <'open'>}]>}");

  assert_shows (report, "did not get through", TRUE);
  assert_shows (report, "The password was refused.", TRUE);
  assert_shows (report, "Check the password.", TRUE);
  assert_shows (report, "What the Other Side Said", TRUE);
  g_assert_finalize_object (report);
}

static void
test_recipients_are_told_apart (void)
{
  GtkWidget *report = make_report ("{'state': <'rejected'>, 'reason': <'Nobody there.'>, 'recipients': <["
                                   "{'destination': <'<i>ada@example.org'>, 'state': <'delivered'>, 'doubt': <'Perhaps spam.'>},"
                                   "{'destination': <'nobody@example.org'>, 'state': <'rejected'>, 'reason': <'Nobody there.'>}]>}");

  assert_shows (report, "<i>ada@example.org", TRUE);
  assert_shows (report, "Perhaps spam.", TRUE);
  assert_shows (report, "nobody@example.org", TRUE);
  g_assert_finalize_object (report);
}

/* A service of another version, or one gone mad */
static void
test_strange_reports_are_survived (void)
{
  static const char *const reports[] = {
    "@a{sv} {}",
    "{'state': <'of a newer version'>}",
    "{'state': <7>, 'steps': <'none'>, 'recipients': <[1, 2]>, 'words': <@ay []>, 'link': <false>}",
    "{'state': <'delivered'>, 'link': <'file:///etc/passwd'>, 'steps': <[@a{sv} {}]>, 'recipients': <[@a{sv} {}]>}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (reports); i++)
    {
      GtkWidget *report = make_report (reports[i]);

      assert_shows (report, "The test message", TRUE);
      g_assert_finalize_object (report);
    }
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/test-report/accepted-is-green-step-by-step", test_accepted_is_green_step_by_step);
  g_test_add_func ("/test-report/refused-login-says-what-to-do", test_refused_login_says_what_to_do);
  g_test_add_func ("/test-report/recipients-are-told-apart", test_recipients_are_told_apart);
  g_test_add_func ("/test-report/strange-reports-are-survived", test_strange_reports_are_survived);

  return g_test_run ();
}
