/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-printer-commands"

#include "printer-session.h"

#include <string.h>
#include <unistd.h>

#include "core/base/error.h"

#define FINGERPRINT "SHA256:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static void
test_control_waits_until_it_is_done (PrinterSession *session,
                                     gconstpointer   data)
{
  static const struct
  {
    HeraldStateId state;
    const char *action;
    const char *output;
  } rows[] = {
    { HERALD_STATE_PRINTING, "pause", "The print is paused.\n" },
    { HERALD_STATE_PAUSED, "resume", "The print goes on.\n" },
    { HERALD_STATE_PRINTING, "cancel", "The print is cancelled.\n" },
    { HERALD_STATE_OFFLINE, "connect", "OctoPrint is connected to the printer.\n" },
    { HERALD_STATE_OPERATIONAL, "disconnect", "OctoPrint is disconnected from the printer.\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *line = g_strdup_printf ("printer %s mk3", rows[i].action);
      g_auto(PrinterSessionAnswer) done = { 0 };
      g_auto(PrinterSessionAnswer) failed = { 0 };
      g_autoptr(GSubprocess) first = NULL;
      g_autoptr(GSubprocess) second = NULL;

      fake_printer_set_doing (session->printer, rows[i].state);
      first = printer_session_start_ctl (session, &done, line);
      printer_session_await_task (session);
      g_assert_cmpstr (herald_printer_action_to_string (session->printer->action), ==, rows[i].action);
      fake_printer_end (session->printer, FAKE_PRINTER_SUCCESS, NULL);
      printer_session_assert_end (&done, 0, rows[i].output, "");

      second = printer_session_start_ctl (session, &failed, line);
      printer_session_await_task (session);
      fake_printer_end (session->printer, HERALD_ERROR_UNREACHABLE, "It does not answer");
      printer_session_assert_end (&failed, 1, "", "It does not answer\n");
    }
}

/* Also shows that what makes no sense is refused without a question */
static void
test_cancel_asks_at_a_terminal (PrinterSession *session,
                                gconstpointer   data)
{
  static const struct
  {
    HeraldStateId state;
    const char *words;
    const char *typed;
    gboolean cancels;
    const char *problem;
  } rows[] = {
    { HERALD_STATE_PRINTING, "printer cancel mk3", "n\n", FALSE,
      "Really cancel the print on “mk3”? [y/N] The print is not cancelled\n" },
    { HERALD_STATE_PRINTING, "printer cancel mk3", "\n", FALSE,
      "Really cancel the print on “mk3”? [y/N] The print is not cancelled\n" },
    { HERALD_STATE_PRINTING, "printer cancel mk3", "y\n", TRUE, "Really cancel the print on “mk3”? [y/N] " },
    { HERALD_STATE_PRINTING, "printer cancel mk3 --yes", "", TRUE, "" },
    { HERALD_STATE_OPERATIONAL, "printer cancel mk3", "", FALSE,
      "Nothing is being printed that could be cancelled\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto(PrinterSessionAnswer) answer = { 0 };
      g_autoptr(GSubprocess) ctl = NULL;
      int terminal;

      fake_printer_set_doing (session->printer, rows[i].state);
      /* Nothing comes more often than twice a second */
      g_usleep (600 * 1000);
      ctl = printer_session_start_ctl_at_terminal (session, &answer, rows[i].words, &terminal);
      g_assert_cmpint (write (terminal, rows[i].typed, strlen (rows[i].typed)), ==, strlen (rows[i].typed));
      if (rows[i].cancels)
        {
          printer_session_await_task (session);
          fake_printer_end (session->printer, FAKE_PRINTER_SUCCESS, NULL);
        }
      printer_session_assert_end (&answer, rows[i].cancels ? 0 : 1, NULL, rows[i].problem);
      g_assert_null (session->printer->task);
      close (terminal);
    }
}

static void
test_certificate_is_shown_with_what_to_do (PrinterSession *session,
                                           gconstpointer   data)
{
  g_autoptr(HeraldCertificate) certificate = g_rc_box_new0 (HeraldCertificate);
  g_auto(PrinterSessionAnswer) answer = { 0 };
  g_auto(PrinterSessionAnswer) json = { 0 };
  g_autoptr(GSubprocess) first = printer_session_start_ctl (session, &answer, "printer check mk3");
  g_autoptr(GSubprocess) second = NULL;

  certificate->subject = g_strdup ("CN=octopi");
  certificate->issuer = g_strdup ("CN=nobody");
  certificate->fingerprint = g_strdup (FINGERPRINT);
  printer_session_await_task (session);
  herald_printer_set_certificate (HERALD_PRINTER (session->printer), certificate);
  fake_printer_end (session->printer, HERALD_ERROR_UNTRUSTED, "It is not trusted");
  printer_session_await_answer (&answer);
  g_assert_nonnull (strstr (answer.output, "CN=octopi"));
  g_assert_nonnull (strstr (answer.output, "octoheraldctl printer set mk3 certificate=" FINGERPRINT "\n"));
  g_assert_cmpstr (answer.problem, ==, "It is not trusted\n");
  g_assert_cmpint (answer.status, ==, 1);

  second = printer_session_start_ctl (session, &json, "printer check mk3 --json");
  printer_session_await_task (session);
  fake_printer_end (session->printer, HERALD_ERROR_UNTRUSTED, "It is not trusted");
  printer_session_await_answer (&json);
  g_assert_nonnull (strstr (json.output, "\"fingerprint\" : \"" FINGERPRINT "\""));
}

#define ADD(name, function) \
  g_test_add ("/printer-commands/" name, PrinterSession, NULL, printer_session_set_up, function, \
              printer_session_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("control/done", test_control_waits_until_it_is_done);
  ADD ("control/question", test_cancel_asks_at_a_terminal);
  ADD ("check/certificate", test_certificate_is_shown_with_what_to_do);

  return printer_session_run ();
}
