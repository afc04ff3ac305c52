/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-demo-mailbox"

#include "demo/demo-mailbox.h"

#define LIMIT_S 10

typedef struct
{
  HeraldDemoMailbox *mailbox;
  GMainLoop *loop;
  char *mail;
  char *recipients;
  char *dialogue;
  GError *error;
} Fixture;

static void
on_message_received (HeraldDemoMailbox *mailbox,
                     const char        *sender,
                     char             **recipients,
                     GBytes            *bytes,
                     gpointer           user_data)
{
  Fixture *fixture = user_data;

  g_free (fixture->mail);
  fixture->mail = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_free (fixture->recipients);
  fixture->recipients = g_strjoinv (" ", recipients);
}

static void
on_communicate_ready (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  Fixture *fixture = user_data;

  g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, &fixture->dialogue, NULL,
                                        &fixture->error);
  g_main_loop_quit (fixture->loop);
}

/* Python's smtplib is the peer: another hand, and it doubles dots by itself. */
static void
send_with_smtplib (Fixture    *fixture,
                   const char *script)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *port = g_strdup_printf ("%u", herald_demo_mailbox_get_port (fixture->mailbox));
  g_autofree char *limit = g_strdup_printf ("%d", LIMIT_S);
  g_autofree char *code = g_strconcat (
      "import smtplib, sys\n"
      "s = smtplib.SMTP('127.0.0.1', int(sys.argv[1]), timeout=int(sys.argv[2]))\n", script, NULL);
  g_autoptr(GSubprocess) python = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                                    "/usr/bin/python3", "-c", code, port, limit, NULL);

  g_assert_no_error (error);
  g_clear_pointer (&fixture->dialogue, g_free);
  g_subprocess_communicate_utf8_async (python, NULL, NULL, on_communicate_ready, fixture);
  g_main_loop_run (fixture->loop);
  g_assert_no_error (fixture->error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->mailbox = herald_demo_mailbox_new (0, &fixture->error);
  g_assert_no_error (fixture->error);
  fixture->loop = g_main_loop_new (NULL, FALSE);
  g_signal_connect (fixture->mailbox, "message-received", G_CALLBACK (on_message_received), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->mailbox));
  g_main_loop_unref (fixture->loop);
  g_free (fixture->mail);
  g_free (fixture->recipients);
  g_free (fixture->dialogue);
}

static void
test_dots_come_through (Fixture       *fixture,
                        gconstpointer  data)
{
  send_with_smtplib (fixture, "s.sendmail('ada@example.org', ['bob@example.org', 'eve@example.org'],"
                              " 'Subject: x\\r\\n\\r\\n.\\r\\n..two\\r\\nend')\n"
                              "s.quit()\nprint('ok')\n");
  g_assert_cmpstr (fixture->dialogue, ==, "ok\n");
  g_assert_cmpstr (fixture->mail, ==, "Subject: x\r\n\r\n.\r\n..two\r\nend\r\n");
  g_assert_cmpstr (fixture->recipients, ==, "bob@example.org eve@example.org");
}

static void
test_login_and_recipients_are_judged (Fixture       *fixture,
                                      gconstpointer  data)
{
  herald_demo_mailbox_set_login (fixture->mailbox, "ada", "right");
  herald_demo_mailbox_set_refused (fixture->mailbox, "nobody@*");
  send_with_smtplib (fixture,
                     "print(s.docmd('EHLO x')[0], s.docmd('MAIL FROM:<a@b>')[0])\n"
                     "s.ehlo()\n"
                     "s.user, s.password = 'ada', 'wrong'\n"
                     "try: s.auth('PLAIN', s.auth_plain)\n"
                     "except smtplib.SMTPAuthenticationError as e: print(e.smtp_code)\n"
                     "s.password = 'right'\n"
                     "print(s.auth('LOGIN', s.auth_login)[0])\n"
                     "print(sorted(s.sendmail('a@b', ['nobody@c', 'eve@c'], 'x')))\n"
                     "s.quit()\n");
  g_assert_cmpstr (fixture->dialogue, ==, "250 530\n535\n235\n['nobody@c']\n");
  g_assert_cmpstr (fixture->recipients, ==, "eve@c");
}

static void
test_endless_line_is_refused (Fixture       *fixture,
                              gconstpointer  data)
{
  send_with_smtplib (fixture, "print(s.docmd('NOOP ' + 'x' * 5000)[0])\n");
  g_assert_cmpstr (fixture->dialogue, ==, "500\n");
}

static void
test_drop_after_the_dot_keeps_the_mail (Fixture       *fixture,
                                        gconstpointer  data)
{
  herald_demo_mailbox_set_drop_after_dot (fixture->mailbox, TRUE);
  send_with_smtplib (fixture,
                     "try: s.sendmail('a@b', ['c@d'], 'x')\n"
                     "except smtplib.SMTPServerDisconnected: print('dropped')\n");
  g_assert_cmpstr (fixture->dialogue, ==, "dropped\n");
  g_assert_cmpuint (herald_demo_mailbox_get_n_messages (fixture->mailbox), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/demo-mailbox/dots", Fixture, NULL, set_up, test_dots_come_through, tear_down);
  g_test_add ("/demo-mailbox/judged", Fixture, NULL, set_up,
              test_login_and_recipients_are_judged, tear_down);
  g_test_add ("/demo-mailbox/line", Fixture, NULL, set_up, test_endless_line_is_refused, tear_down);
  g_test_add ("/demo-mailbox/drop", Fixture, NULL, set_up,
              test_drop_after_the_dot_keeps_the_mail, tear_down);

  return g_test_run ();
}
