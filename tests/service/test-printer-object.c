/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-printer-object"

#include "core/base/error.h"
#include "printer-session.h"

static void
assert_access (PrinterSession *session,
               const char     *state,
               const char     *problem)
{
  /* What the printer has answered is on its way */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (herald_dbus_printer1_get_access_state (session->object), ==, state);
  g_assert_cmpstr (herald_dbus_printer1_get_access_problem (session->object), ==, problem);
}

static void
assert_page (PrinterSessionAnswer *answer,
             const char           *expected)
{
  const char *page;

  printer_session_await_answer (answer);
  g_assert_no_error (answer->error);
  g_variant_get (answer->value, "(&s)", &page);
  g_assert_cmpstr (page, ==, expected);
}

static void
test_all_that_is_known_is_shown (PrinterSession *session,
                                 gconstpointer   data)
{
  HeraldPrinter *printer = HERALD_PRINTER (session->printer);
  g_autoptr(HeraldPrinterState) state = herald_printer_state_new ();
  g_autoptr(HeraldPrinterObject) object = NULL;
  const char *const *actions;

  state->id = HERALD_STATE_PRINTING;
  state->user = g_strdup ("anna");
  state->origin = g_strdup ("sdcard");
  state->height_mm = 12.4;
  state->layer = 62;
  state->layers = 148;
  herald_printer_set_connection (printer, HERALD_CONNECTION_CONNECTED, NULL);
  herald_printer_set_state (printer, state);
  herald_printer_set_server_name (printer, "Prusa", "red");
  herald_printer_set_gap (printer, "Away.");
  herald_printer_set_fallback (printer, "No push.");
  object = herald_printer_object_new (session->engine, printer, NULL);

  g_assert_cmpstr (herald_dbus_printer1_get_name (HERALD_DBUS_PRINTER1 (object)), ==, "Prusa");
  g_assert_cmpstr (herald_dbus_printer1_get_server_name (HERALD_DBUS_PRINTER1 (object)), ==, "Prusa");
  g_assert_cmpstr (herald_dbus_printer1_get_color (HERALD_DBUS_PRINTER1 (object)), ==, "red");
  g_assert_cmpstr (herald_dbus_printer1_get_user (HERALD_DBUS_PRINTER1 (object)), ==, "anna");
  g_assert_cmpstr (herald_dbus_printer1_get_origin (HERALD_DBUS_PRINTER1 (object)), ==, "sdcard");
  g_assert_cmpfloat (herald_dbus_printer1_get_height (HERALD_DBUS_PRINTER1 (object)), ==, 12.4);
  g_assert_cmpint (herald_dbus_printer1_get_layer (HERALD_DBUS_PRINTER1 (object)), ==, 62);
  g_assert_cmpint (herald_dbus_printer1_get_layers (HERALD_DBUS_PRINTER1 (object)), ==, 148);
  g_assert_cmpstr (herald_dbus_printer1_get_gap (HERALD_DBUS_PRINTER1 (object)), ==, "Away.");
  g_assert_cmpstr (herald_dbus_printer1_get_fallback (HERALD_DBUS_PRINTER1 (object)), ==, "No push.");
  actions = herald_dbus_printer1_get_actions (HERALD_DBUS_PRINTER1 (object));
  g_assert_cmpuint (g_strv_length ((char **) actions), ==, 2);
  g_assert_true (g_strv_contains (actions, "pause") && g_strv_contains (actions, "cancel"));
  assert_access (session, "", "");
}

static void
test_page_is_answered_and_access_granted (PrinterSession *session,
                                          gconstpointer   data)
{
  g_auto(PrinterSessionAnswer) first = { 0 };
  g_auto(PrinterSessionAnswer) second = { 0 };
  g_auto(PrinterSessionAnswer) third = { 0 };

  printer_session_call (session, &first, "RequestAccess", NULL);
  printer_session_call (session, &second, "RequestAccess", NULL);
  printer_session_await_task (session);
  assert_access (session, "waiting", "");
  g_assert_false (first.done);
  fake_printer_show_page (session->printer, PRINTER_SESSION_PAGE);
  assert_page (&first, PRINTER_SESSION_PAGE);
  assert_page (&second, PRINTER_SESSION_PAGE);
  printer_session_call (session, &third, "RequestAccess", NULL);
  assert_page (&third, PRINTER_SESSION_PAGE);
  g_assert_cmpuint (session->printer->n_requests, ==, 1);
  g_assert_cmpstr (herald_dbus_printer1_get_access_until (session->object), !=, "");

  fake_printer_end (session->printer, FAKE_PRINTER_SUCCESS, NULL);
  assert_access (session, "granted", "");
  g_assert_cmpstr (herald_dbus_printer1_get_access_until (session->object), ==, "");
}

static void
test_refusal_and_failure_are_told_apart (PrinterSession *session,
                                         gconstpointer   data)
{
  static const struct
  {
    HeraldError code;
    const char *state;
  } rows[] = {
    { HERALD_ERROR_REJECTED, "refused" },
    { HERALD_ERROR_BUSY, "failed" },
    { HERALD_ERROR_SETTINGS, "failed" },
    { HERALD_ERROR_UNREACHABLE, "failed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto(PrinterSessionAnswer) answer = { 0 };

      printer_session_call (session, &answer, "RequestAccess", NULL);
      printer_session_await_task (session);
      fake_printer_show_page (session->printer, PRINTER_SESSION_PAGE);
      assert_page (&answer, PRINTER_SESSION_PAGE);
      fake_printer_end (session->printer, (int) rows[i].code, "Because.");
      assert_access (session, rows[i].state, "Because.");
    }
}

static void
test_failure_before_there_is_a_page_is_answered (PrinterSession *session,
                                                 gconstpointer   data)
{
  g_auto(PrinterSessionAnswer) answer = { 0 };

  printer_session_call (session, &answer, "RequestAccess", NULL);
  printer_session_await_task (session);
  fake_printer_end (session->printer, HERALD_ERROR_SETTINGS, "Switched off there.");
  printer_session_assert_error (&answer, "Settings");
  assert_access (session, "failed", "Switched off there.");
}

static gboolean
has_no_task (gpointer data)
{
  return ((PrinterSession *) data)->printer->task == NULL;
}

static void
test_request_is_withdrawn (PrinterSession *session,
                           gconstpointer   data)
{
  g_auto(PrinterSessionAnswer) unanswered = { 0 };
  g_auto(PrinterSessionAnswer) withdrawal = { 0 };
  g_auto(PrinterSessionAnswer) again = { 0 };

  printer_session_call (session, &unanswered, "RequestAccess", NULL);
  printer_session_await_task (session);
  printer_session_call (session, &withdrawal, "CancelAccess", NULL);
  printer_session_assert_error (&unanswered, "Rejected");
  printer_session_await_answer (&withdrawal);
  g_assert_no_error (withdrawal.error);
  printer_session_await (has_no_task, session);
  assert_access (session, "", "");

  printer_session_call (session, &again, "RequestAccess", NULL);
  printer_session_await_task (session);
  fake_printer_show_page (session->printer, PRINTER_SESSION_PAGE);
  assert_page (&again, PRINTER_SESSION_PAGE);
  g_assert_cmpuint (session->printer->n_requests, ==, 2);
  fake_printer_end (session->printer, FAKE_PRINTER_SUCCESS, NULL);
  assert_access (session, "granted", "");
}

static void
test_removing_the_printer_withdraws (PrinterSession *session,
                                     gconstpointer   data)
{
  g_auto(PrinterSessionAnswer) unanswered = { 0 };

  printer_session_call (session, &unanswered, "RequestAccess", NULL);
  printer_session_await_task (session);
  printer_session_remove (session);
  printer_session_assert_error (&unanswered, "Rejected");
  printer_session_await (has_no_task, session);
}

static void
test_control_is_answered_when_it_is_done (PrinterSession *session,
                                          gconstpointer   data)
{
  g_auto(PrinterSessionAnswer) done = { 0 };
  g_auto(PrinterSessionAnswer) failed = { 0 };

  fake_printer_set_doing (session->printer, HERALD_STATE_PRINTING);
  printer_session_call (session, &done, "Control", g_variant_new ("(s)", "pause"));
  printer_session_await_task (session);
  g_assert_cmpint (session->printer->action, ==, HERALD_ACTION_PAUSE);
  g_assert_false (done.done);
  fake_printer_end (session->printer, FAKE_PRINTER_SUCCESS, NULL);
  printer_session_await_answer (&done);
  g_assert_no_error (done.error);

  printer_session_call (session, &failed, "Control", g_variant_new ("(s)", "cancel"));
  printer_session_await_task (session);
  fake_printer_end (session->printer, HERALD_ERROR_REJECTED, "It did not.");
  printer_session_assert_error (&failed, "Rejected");
}

static void
test_what_makes_no_sense_is_not_done (PrinterSession *session,
                                      gconstpointer   data)
{
  static const struct
  {
    HeraldStateId state;
    const char *action;
    const char *error;
  } rows[] = {
    { HERALD_STATE_OPERATIONAL, "pause", "Rejected" },
    { HERALD_STATE_OPERATIONAL, "resume", "Rejected" },
    { HERALD_STATE_OPERATIONAL, "cancel", "Rejected" },
    { HERALD_STATE_OPERATIONAL, "connect", "Rejected" },
    { HERALD_STATE_PRINTING, "disconnect", "Rejected" },
    { HERALD_STATE_PRINTING, "explode", "Settings" },
    { HERALD_STATE_PRINTING, "", "Settings" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto(PrinterSessionAnswer) answer = { 0 };

      fake_printer_set_doing (session->printer, rows[i].state);
      printer_session_call (session, &answer, "Control", g_variant_new ("(s)", rows[i].action));
      printer_session_assert_error (&answer, rows[i].error);
      g_assert_null (session->printer->task);
    }
}

static void
test_temperature_history_is_handed_out (PrinterSession *session,
                                        gconstpointer   data)
{
  g_auto(PrinterSessionAnswer) answer = { 0 };

  printer_session_call (session, &answer, "GetTemperatureHistory", NULL);
  printer_session_await_answer (&answer);
  g_assert_no_error (answer.error);
  g_assert_true (g_variant_is_of_type (answer.value, G_VARIANT_TYPE ("(a(xa{s(dd)}))")));
}

#define ADD(name, function) \
  g_test_add ("/printer-object/" name, PrinterSession, NULL, printer_session_set_up, function, \
              printer_session_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("properties", test_all_that_is_known_is_shown);
  ADD ("access/granted", test_page_is_answered_and_access_granted);
  ADD ("access/refused", test_refusal_and_failure_are_told_apart);
  ADD ("access/no-page", test_failure_before_there_is_a_page_is_answered);
  ADD ("access/withdrawn", test_request_is_withdrawn);
  ADD ("access/removed", test_removing_the_printer_withdraws);
  ADD ("control/done", test_control_is_answered_when_it_is_done);
  ADD ("control/refused", test_what_makes_no_sense_is_not_done);
  ADD ("history", test_temperature_history_is_handed_out);

  return printer_session_run ();
}
