/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-request-access"

#include "printer-session.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "core/base/error.h"

static void
test_granted_access_is_told (PrinterSession *session,
                             gconstpointer   data)
{
  g_auto(PrinterSessionAnswer) answer = { 0 };
  g_autoptr(GSubprocess) ctl =
    printer_session_start_ctl (session, &answer, "printer request-access mk3 --json --no-browser");

  printer_session_await_task (session);
  fake_printer_show_page (session->printer, PRINTER_SESSION_PAGE);
  fake_printer_end (session->printer, FAKE_PRINTER_SUCCESS, NULL);
  printer_session_assert_end (&answer, 0, "{\"page\":\"" PRINTER_SESSION_PAGE "\"}\n{\"state\":\"granted\"}\n", "");
}

static void
test_refused_access_is_told (PrinterSession *session,
                             gconstpointer   data)
{
  g_auto(PrinterSessionAnswer) answer = { 0 };
  g_autoptr(GSubprocess) ctl =
    printer_session_start_ctl (session, &answer, "printer request-access mk3 --no-browser");

  printer_session_await_task (session);
  fake_printer_show_page (session->printer, PRINTER_SESSION_PAGE);
  fake_printer_end (session->printer, HERALD_ERROR_REJECTED, "Somebody said no");
  printer_session_await_answer (&answer);
  g_assert_nonnull (strstr (answer.output, "\n  " PRINTER_SESSION_PAGE "\n"));
  g_assert_null (strchr (answer.output, '\033'));
  g_assert_cmpstr (answer.problem, ==, "Somebody said no\n");
  g_assert_cmpint (answer.status, ==, 1);
}

static void
test_access_that_is_not_offered_is_told (PrinterSession *session,
                                         gconstpointer   data)
{
  g_auto(PrinterSessionAnswer) answer = { 0 };
  g_autoptr(GSubprocess) ctl =
    printer_session_start_ctl (session, &answer, "printer request-access mk3 --json");

  printer_session_await_task (session);
  fake_printer_end (session->printer, HERALD_ERROR_SETTINGS, "It is switched off there");
  printer_session_assert_end (&answer, 1, "", "It is switched off there\n");
}

static gboolean
has_no_task (gpointer data)
{
  return ((PrinterSession *) data)->printer->task == NULL;
}

static void
test_interrupt_withdraws (PrinterSession *session,
                          gconstpointer   data)
{
  static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_auto(PrinterSessionAnswer) answer = { 0 };
      g_autoptr(GSubprocess) ctl =
        printer_session_start_ctl (session, &answer, "printer request-access mk3 --no-browser");

      printer_session_await_task (session);
      fake_printer_show_page (session->printer, PRINTER_SESSION_PAGE);
      g_subprocess_send_signal (ctl, signals[i]);
      printer_session_await_answer (&answer);
      g_assert_cmpstr (answer.problem, ==, "The request was withdrawn\n");
      g_assert_cmpint (answer.status, ==, 1);
      printer_session_await (has_no_task, session);
    }
}

static void
test_removed_printer_ends_the_wait (PrinterSession *session,
                                    gconstpointer   data)
{
  g_auto(PrinterSessionAnswer) answer = { 0 };
  g_autoptr(GSubprocess) ctl =
    printer_session_start_ctl (session, &answer, "printer request-access mk3 --no-browser");

  printer_session_await_task (session);
  fake_printer_show_page (session->printer, PRINTER_SESSION_PAGE);
  printer_session_remove (session);
  printer_session_await_answer (&answer);
  g_assert_cmpstr (answer.problem, ==, "The printer was removed\n");
  g_assert_cmpint (answer.status, ==, 1);
}

/* What is shown at a terminal, as far as it has come. */
typedef struct
{
  int fd;
  GString *text;
  const char *wanted;
} Terminal;

static gboolean
shows_wanted (gpointer data)
{
  Terminal *terminal = data;
  char buffer[512];
  gssize n_bytes = read (terminal->fd, buffer, sizeof buffer);

  if (n_bytes > 0)
    g_string_append_len (terminal->text, buffer, n_bytes);

  return strstr (terminal->text->str, terminal->wanted) != NULL;
}

static gboolean
on_tick_timeout (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
test_time_left_is_counted_at_a_terminal (PrinterSession *session,
                                         gconstpointer   data)
{
  g_auto(PrinterSessionAnswer) answer = { 0 };
  g_autoptr(GString) text = g_string_new (NULL);
  Terminal terminal = { -1, text, "9:5" };
  guint tick_id = g_timeout_add (50, on_tick_timeout, NULL);
  g_autoptr(GSubprocess) ctl = printer_session_start_ctl_at_terminal (
      session, &answer, "printer request-access mk3 --no-browser", &terminal.fd);

  printer_session_await_task (session);
  fake_printer_show_page (session->printer, PRINTER_SESSION_PAGE);
  printer_session_await (shows_wanted, &terminal);
  fake_printer_end (session->printer, FAKE_PRINTER_SUCCESS, NULL);
  terminal.wanted = "\033[KOctoPrint has given OctoHerald a key";
  printer_session_await (shows_wanted, &terminal);
  printer_session_await_answer (&answer);
  g_assert_cmpint (answer.status, ==, 0);
  g_source_remove (tick_id);
  close (terminal.fd);
}

static void
test_next_step_is_told_at_a_terminal (PrinterSession *session,
                                      gconstpointer   data)
{
  static const struct
  {
    const char *words;
    const char *output;
  } rows[] = {
    { "printer add --url 127.0.0.1:1",
      "127-0-0-1\r\nOctoPrint has to let OctoHerald in. Ask it with: "
      "octoheraldctl printer request-access 127-0-0-1\r\n" },
    { "printer add --url 127.0.0.1:1 --json", "{\r\n  \"id\" : \"127-0-0-1-2\"\r\n}\r\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto(PrinterSessionAnswer) answer = { 0 };
      g_autoptr(GString) text = g_string_new (NULL);
      Terminal terminal = { -1, text, rows[i].output };
      g_autoptr(GSubprocess) ctl =
        printer_session_start_ctl_at_terminal (session, &answer, rows[i].words, &terminal.fd);

      printer_session_assert_end (&answer, 0, NULL, "");
      shows_wanted (&terminal);
      g_assert_cmpstr (text->str, ==, rows[i].output);
      close (terminal.fd);
    }
}

#define ADD(name, function) \
  g_test_add ("/request-access/" name, PrinterSession, NULL, printer_session_set_up, function, \
              printer_session_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("granted", test_granted_access_is_told);
  ADD ("refused", test_refused_access_is_told);
  ADD ("not-offered", test_access_that_is_not_offered_is_told);
  ADD ("interrupt", test_interrupt_withdraws);
  ADD ("removed", test_removed_printer_ends_the_wait);
  ADD ("next-step", test_next_step_is_told_at_a_terminal);
  ADD ("countdown", test_time_left_is_counted_at_a_terminal);

  return printer_session_run ();
}
