/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-tray-menu-hostile"

/* Panels that ask what makes no sense, for what is long gone, for far too much at once. */

#include "tray-menu-session.h"

static void
test_unknown_items_are_refused (TrayMenuSession *session,
                                gconstpointer    data)
{
  static const char *const rows[][2] = {
    { "GetLayout", "(7, -1, @as [])" },
    { "GetLayout", "(-1, -1, @as [])" },
    { "GetLayout", "(2147483647, 0, @as [])" },
    { "GetProperty", "(-2147483648, 'label')" },
    { "GetProperty", "(1, 'nonsense')" },
    { "GetProperty", "(1, '')" },
    { "Event", "(7, 'clicked', <0>, uint32 0)" },
    { "AboutToShow", "(7,)" },
    { "EventGroup", "([(7, 'clicked', <0>, uint32 0), (8, 'closed', <0>, 1)],)" },
  };

  g_menu_append (session->model, "Quit", "tray.quit");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    tray_menu_session_assert_error (session, rows[i][0], rows[i][1], G_DBUS_ERROR_INVALID_ARGS);
  g_assert_cmpstr (session->done->str, ==, "");
}

static void
test_groups_are_answered_as_far_as_they_are_known (TrayMenuSession *session,
                                                   gconstpointer    data)
{
  g_menu_append (session->model, "Quit", "tray.quit");
  tray_host_settle (&session->host);
  tray_menu_session_assert_answer (session, "EventGroup",
                                   "([(7, 'clicked', <0>, uint32 0), (1, 'clicked', <0>, 0), (-3, 'x', <0>, 0)],)", "([7, -3],)");
  g_assert_cmpstr (session->done->str, ==, "quit ");
  tray_menu_session_assert_answer (session, "EventGroup", "(@a(isvu) [],)", "(@ai [],)");
  tray_menu_session_assert_answer (session, "AboutToShowGroup", "([0, 0, 9],)", "([0], [9])");
  tray_menu_session_assert_answer (session, "AboutToShowGroup", "(@ai [],)", "(@ai [], @ai [])");
  tray_menu_session_assert_answer (session, "GetGroupProperties", "([9, 1, 1, 1, -5], ['label', 'label'])",
                                   "([(1, {'label': <'Quit'>})],)");
  tray_menu_session_assert_answer (session, "GetGroupProperties", "([5], @as [])", "(@a(ia{sv}) [],)");
}

static void
test_wrong_types_and_methods_are_refused (TrayMenuSession *session,
                                          gconstpointer    data)
{
  static const char *const rows[][2] = {
    { "GetLayout", "()" }, { "GetLayout", "('a', 'b')" }, { "GetLayout", "(0, -1, [1, 2])" },
    { "GetGroupProperties", "(['a'], @as [])" }, { "GetProperty", "(0,)" }, { "Event", "('0', 'clicked', <0>, 0)" },
    { "EventGroup", "([0],)" }, { "AboutToShow", "(uint32 0,)" }, { "AboutToShowGroup", "(0,)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    tray_menu_session_assert_error (session, rows[i][0], rows[i][1], G_DBUS_ERROR_INVALID_ARGS);
  tray_menu_session_assert_error (session, "Explode", "()", G_DBUS_ERROR_UNKNOWN_METHOD);
}

static void
test_unknown_events_mean_nothing (TrayMenuSession *session,
                                  gconstpointer    data)
{
  static const char *const events[] = { "hovered", "closed", "opened", "", "CLICKED", "x-kde-clicked" };

  g_menu_append (session->model, "Quit", "tray.quit");
  tray_host_settle (&session->host);
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_autofree char *arguments = g_strdup_printf ("(1, '%s', <{'a': [<1>]}>, uint32 4294967295)", events[i]);

      tray_menu_session_assert_answer (session, "Event", arguments, "()");
    }
  g_assert_cmpstr (session->done->str, ==, "");
}

static char *
repeat (const char *before,
        const char *part,
        guint       times,
        const char *after)
{
  GString *text = g_string_new (before);

  for (guint i = 0; i < times; i++)
    g_string_append (text, part);
  g_string_append (text, after);

  return g_string_free (text, FALSE);
}

static void
test_huge_questions_are_refused (TrayMenuSession *session,
                                 gconstpointer    data)
{
  g_autofree char *ids = repeat ("([", "1,", 50000, "1], @as [])");
  g_autofree char *names = repeat ("(0, -1, [", "'label',", 1000, "'label'])");
  g_autofree char *names_of_items = repeat ("(@ai [], [", "'label',", 1000, "'label'])");
  g_autofree char *events = repeat ("([", "(1, 'clicked', <0>, 0),", 10000, "(1, 'clicked', <0>, uint32 0)],)");
  g_autofree char *shown = repeat ("([", "0,", 50000, "0],)");
  const struct
  {
    const char *method;
    const char *arguments;
  } rows[] = {
    { "GetGroupProperties", ids }, { "GetLayout", names }, { "GetGroupProperties", names_of_items }, { "EventGroup", events },
    { "AboutToShowGroup", shown },
  };

  g_menu_append (session->model, "Quit", "tray.quit");
  tray_host_settle (&session->host);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    tray_menu_session_assert_error (session, rows[i].method, rows[i].arguments, G_DBUS_ERROR_LIMITS_EXCEEDED);
  g_assert_cmpstr (session->done->str, ==, "");
}

static void
on_last_action (GSimpleAction   *action,
                GVariant        *target,
                TrayMenuSession *session)
{
  g_clear_object (&session->menu);
}

static void
test_action_may_be_its_end (TrayMenuSession *session,
                            gconstpointer    data)
{
  GAction *quit = g_action_map_lookup_action (G_ACTION_MAP (session->actions), "quit");

  g_menu_append (session->model, "Quit", "tray.quit");
  g_menu_append (session->model, "Pause", "tray.pause::mk3");
  tray_host_settle (&session->host);
  g_signal_connect (quit, "activate", G_CALLBACK (on_last_action), session);
  tray_menu_session_assert_answer (session, "EventGroup", "([(1, 'clicked', <0>, uint32 0), (1, 'clicked', <0>, 0)],)", "(@ai [],)");
  tray_host_settle (&session->host);
  g_assert_null (session->menu);
  tray_menu_session_assert_error (session, "Event", "(2, 'clicked', <0>, uint32 0)", G_DBUS_ERROR_UNKNOWN_METHOD);
}

#define ADD(name, function) \
  g_test_add ("/tray-menu-hostile/" name, TrayMenuSession, NULL, tray_menu_session_set_up, function, \
              tray_menu_session_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("unknown", test_unknown_items_are_refused);
  ADD ("groups", test_groups_are_answered_as_far_as_they_are_known);
  ADD ("types", test_wrong_types_and_methods_are_refused);
  ADD ("events", test_unknown_events_mean_nothing);
  ADD ("huge", test_huge_questions_are_refused);
  ADD ("end", test_action_may_be_its_end);

  return tray_host_run ();
}
