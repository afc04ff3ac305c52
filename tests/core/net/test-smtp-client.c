/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-smtp-client"

#include "core/net/smtp-client.h"

#include <string.h>

#include "core/base/error.h"
#include "fixtures/scripted-smtp.h"

#define HELLO "220 mx\r\n", "250-mx\r\n250-SIZE 1000\r\n250 AUTH PLAIN\r\n"
#define NO_ERROR -1

/* One conversation: what the server says, and what must come of it. */
typedef struct
{
  const char *name;
  const char *script[12];
  HeraldSmtpSecurity security;
  const char *user;
  const char *message;
  gboolean commit_fails;
  int error;
  gboolean committed;
  const char *said;
  const char *not_said;
} Row;

static const Row rows[] = {
  { "accepted", { HELLO, "250 ok\r\n", "250 ok\r\n", "354 go\r\n", "250 queued\r\n", NULL },
    HERALD_SMTP_PLAIN, NULL, "A: b\r\n\r\n.x\r\n", FALSE, NO_ERROR, TRUE, "\r\n..x\r\n.\r\n", "AUTH" },
  { "login", { HELLO, "235 ok\r\n", "250 ok\r\n", "250 ok\r\n", "354 go\r\n", "250 queued\r\n", NULL },
    HERALD_SMTP_PLAIN, "ada", NULL, FALSE, NO_ERROR, TRUE, "AUTH PLAIN AGFkYQBzZWNyZXQ=\r\nMAIL FROM", NULL },
  { "refused greeting", { "554 no\r\n", NULL },
    HERALD_SMTP_PLAIN, NULL, NULL, FALSE, HERALD_ERROR_UNREACHABLE, FALSE, NULL, "EHLO" },
  { "too busy", { "421 later\r\n", NULL },
    HERALD_SMTP_PLAIN, NULL, NULL, FALSE, HERALD_ERROR_UNREACHABLE, FALSE, NULL, "EHLO" },
  { "not a mail server", { "HTTP/1.1 400 Bad Request\r\n", NULL },
    HERALD_SMTP_PLAIN, NULL, NULL, FALSE, HERALD_ERROR_PROTOCOL, FALSE, NULL, "EHLO" },
  { "encryption not offered", { HELLO, NULL },
    HERALD_SMTP_STARTTLS, "ada", NULL, FALSE, HERALD_ERROR_UNTRUSTED, FALSE, "EHLO", "MAIL" },
  { "encryption refused", { "220 mx\r\n", "250-mx\r\n250 STARTTLS\r\n", "501 no\r\n", NULL },
    HERALD_SMTP_STARTTLS, "ada", NULL, FALSE, HERALD_ERROR_UNTRUSTED, FALSE, "STARTTLS", "AUTH" },
  { "encryption tampered with", { "220 mx\r\n", "250-mx\r\n250 STARTTLS\r\n", "220 go\r\n250 AUTH PLAIN\r\n", NULL },
    HERALD_SMTP_STARTTLS, "ada", NULL, FALSE, HERALD_ERROR_UNTRUSTED, FALSE, "STARTTLS", "AUTH" },
  { "gone before the encryption", { "220 mx\r\n", "250-mx\r\n250 STARTTLS\r\n", SCRIPTED_SMTP_HANG_UP, NULL },
    HERALD_SMTP_STARTTLS, "ada", NULL, FALSE, HERALD_ERROR_UNREACHABLE, FALSE, "STARTTLS", "AUTH" },
  { "gone within the handshake", { "220 mx\r\n", "250-mx\r\n250 STARTTLS\r\n", "220 go\r\n", NULL },
    HERALD_SMTP_STARTTLS, "ada", NULL, FALSE, HERALD_ERROR_UNREACHABLE, FALSE, "STARTTLS", "AUTH" },
  { "login not offered", { "220 mx\r\n", "250 mx\r\n", NULL },
    HERALD_SMTP_PLAIN, "ada", NULL, FALSE, HERALD_ERROR_UNAUTHORIZED, FALSE, "EHLO", "MAIL" },
  { "wrong password", { HELLO, "535 5.7.8 no\r\n", NULL },
    HERALD_SMTP_PLAIN, "ada", NULL, FALSE, HERALD_ERROR_UNAUTHORIZED, FALSE, "AUTH", "MAIL" },
  { "too large", { HELLO, NULL },
    HERALD_SMTP_PLAIN, NULL, "long", FALSE, HERALD_ERROR_REJECTED, FALSE, "EHLO", "MAIL" },
  { "sender refused", { HELLO, "553 no\r\n", NULL },
    HERALD_SMTP_PLAIN, NULL, NULL, FALSE, HERALD_ERROR_SETTINGS, FALSE, "MAIL", "RCPT" },
  { "recipient refused", { HELLO, "250 ok\r\n", "550 5.1.1 no\r\n", NULL },
    HERALD_SMTP_PLAIN, NULL, NULL, FALSE, HERALD_ERROR_REJECTED, FALSE, "RCPT", "DATA" },
  { "greylisted", { HELLO, "250 ok\r\n", "450 later\r\n", NULL },
    HERALD_SMTP_PLAIN, NULL, NULL, FALSE, HERALD_ERROR_BUSY, FALSE, "RCPT", "DATA" },
  { "gone before the message", { HELLO, "250 ok\r\n", "250 ok\r\n", SCRIPTED_SMTP_HANG_UP, NULL },
    HERALD_SMTP_PLAIN, NULL, NULL, FALSE, HERALD_ERROR_UNREACHABLE, FALSE, "DATA", "\r\n.\r\n" },
  { "speaks before it is asked", { HELLO, "250 ok\r\n", "250 ok\r\n", "354 go\r\n451 no\r\n", NULL },
    HERALD_SMTP_PLAIN, NULL, NULL, FALSE, HERALD_ERROR_BUSY, FALSE, "DATA", "\r\n.\r\n" },
  { "cannot be recorded", { HELLO, "250 ok\r\n", "250 ok\r\n", "354 go\r\n", "250 queued\r\n", NULL },
    HERALD_SMTP_PLAIN, NULL, NULL, TRUE, HERALD_ERROR_SETTINGS, FALSE, "DATA", "\r\n.\r\n" },
  { "message refused", { HELLO, "250 ok\r\n", "250 ok\r\n", "354 go\r\n", "554 spam\r\n", NULL },
    HERALD_SMTP_PLAIN, NULL, NULL, FALSE, HERALD_ERROR_REJECTED, TRUE, "\r\n.\r\n", NULL },
  { "message deferred", { HELLO, "250 ok\r\n", "250 ok\r\n", "354 go\r\n", "451 later\r\n", NULL },
    HERALD_SMTP_PLAIN, NULL, NULL, FALSE, HERALD_ERROR_BUSY, TRUE, "\r\n.\r\n", NULL },
  { "gone after the message", { HELLO, "250 ok\r\n", "250 ok\r\n", "354 go\r\n", SCRIPTED_SMTP_HANG_UP, NULL },
    HERALD_SMTP_PLAIN, NULL, NULL, FALSE, HERALD_ERROR_AMBIGUOUS, TRUE, "\r\n.\r\n", NULL },
};

typedef struct
{
  const Row *row;
  ScriptedSmtp *server;     /* if it interrupts */
  const char *interruption; /* what it says while the commit is recorded, before it hangs up */
  gboolean committed;
  HeraldSmtpReply *reply;
  GError *error;
  gboolean over;
} Talk;

static gboolean
on_commit (gpointer   user_data,
           GError   **error)
{
  Talk *talk = user_data;

  g_assert_false (talk->committed);
  if (talk->row->commit_fails)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, "The disk is full");
      return FALSE;
    }

  if (talk->interruption != NULL)
    scripted_smtp_interrupt (talk->server, talk->interruption);
  talk->committed = TRUE;
  return TRUE;
}

static void
on_submit_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Talk *talk = user_data;

  talk->reply = herald_smtp_client_submit_finish (HERALD_SMTP_CLIENT (object), result, &talk->error);
  talk->over = TRUE;
}

static HeraldSmtpSubmission *
make_submission (const Row *row,
                 guint16    port,
                 Talk      *talk)
{
  HeraldSmtpSubmission *submission = herald_smtp_submission_new ();
  const HeraldSmtpAccount account = {
    .host = (char *) "127.0.0.1",
    .port = port,
    .security = row->security,
    .user = (char *) row->user,
    .password = (char *) (row->user != NULL ? "secret" : NULL),
  };
  g_autofree char *message = g_strcmp0 (row->message, "long") == 0
                               ? g_strnfill (2000, 'x')
                               : g_strdup (row->message != NULL ? row->message : "A: b\r\n\r\nx\r\n");

  submission->account = herald_smtp_account_new (&account);
  submission->sender = g_strdup ("a@example.org");
  submission->recipient = g_strdup ("b@example.org");
  submission->message = g_bytes_new (message, strlen (message));
  submission->commit = on_commit;
  submission->user_data = talk;

  return submission;
}

static void
check_result (const Row    *row,
              Talk         *talk,
              ScriptedSmtp *server)
{
  if (row->error == NO_ERROR)
    {
      g_assert_no_error (talk->error);
      g_assert_cmpint (talk->reply->code, ==, 250);
    }
  else
    {
      g_assert_error (talk->error, HERALD_ERROR, row->error);
      g_assert_cmpuint (strlen (talk->error->message), >, 10);
    }
  g_assert_cmpint (talk->committed, ==, row->committed);
  if (row->said != NULL)
    g_assert_nonnull (strstr (scripted_smtp_get_log (server), row->said));
  if (row->not_said != NULL)
    g_assert_null (strstr (scripted_smtp_get_log (server), row->not_said));
}

static void
test_conversation (gconstpointer user_data)
{
  const Row *row = user_data;
  g_autoptr(ScriptedSmtp) server = scripted_smtp_new (row->script);
  g_autoptr(HeraldSmtpClient) client = herald_smtp_client_new ();
  Talk talk = { .row = row };
  g_autoptr(HeraldSmtpSubmission) submission = make_submission (row, scripted_smtp_get_port (server), &talk);

  herald_smtp_client_submit_async (client, submission, NULL, on_submit_ready, &talk);
  while (!talk.over)
    g_main_context_iteration (NULL, TRUE);

  check_result (row, &talk, server);
  g_clear_pointer (&talk.reply, herald_smtp_reply_free);
  g_clear_error (&talk.error);
}

/* The final dot has not left, so it is certain that the message was not taken: nothing is ambiguous. */
static void
test_interrupted_while_the_commit_is_recorded (void)
{
  static const char *const script[] = { HELLO, "250 ok\r\n", "250 ok\r\n", "354 go\r\n", "250 queued\r\n", NULL };
  static const char *const interruptions[] = { "", "421 bye\r\n", "451 no\r\n" };
  static const Row row = { .security = HERALD_SMTP_PLAIN };

  for (guint i = 0; i < G_N_ELEMENTS (interruptions); i++)
    {
      g_autoptr(ScriptedSmtp) server = scripted_smtp_new (script);
      g_autoptr(HeraldSmtpClient) client = herald_smtp_client_new ();
      Talk talk = { .row = &row, .server = server, .interruption = interruptions[i] };
      g_autoptr(HeraldSmtpSubmission) submission = make_submission (&row, scripted_smtp_get_port (server), &talk);

      herald_smtp_client_submit_async (client, submission, NULL, on_submit_ready, &talk);
      while (!talk.over)
        g_main_context_iteration (NULL, TRUE);

      g_assert_true (talk.committed);
      g_assert_error (talk.error, HERALD_ERROR, HERALD_ERROR_BUSY);
      g_assert_null (strstr (scripted_smtp_get_log (server), "\r\n.\r\n"));
      g_clear_error (&talk.error);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/smtp-client/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_conversation);
    }
  g_test_add_func ("/smtp-client/interrupted", test_interrupted_while_the_commit_is_recorded);

  return g_test_run ();
}
