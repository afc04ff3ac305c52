/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-smtp-burst"

#include <string.h>

#include "core/base/error.h"
#include "core/net/smtp-client.h"
#include "fixtures/scripted-smtp.h"

#define GREETING "220 mx\r\n"
#define HELLO GREETING, "250-mx\r\n250 AUTH PLAIN\r\n"
#define FAST_HELLO GREETING, "250-mx\r\n250 PIPELINING\r\n"
#define OK "250 ok\r\n"
#define TAKEN OK, OK, "354 go\r\n", OK
#define HANG_UP SCRIPTED_SMTP_HANG_UP
#define SILENCE SCRIPTED_SMTP_SILENCE
#define NO_ERROR -1
#define MAX_MESSAGES 4

/* Several messages by one account, what the server says to them, and what must come of them. */
typedef struct
{
  const char *name;
  const char *script[48];
  guint n_messages;
  gboolean at_once;
  const char *user;
  int errors[MAX_MESSAGES];
  guint n_connections;
  const char *said;
  const char *not_said;
} Row;

static const Row rows[] = {
  { "one connection for all", { HELLO, TAKEN, TAKEN, TAKEN, NULL },
    3, FALSE, NULL, { NO_ERROR, NO_ERROR, NO_ERROR }, 1, "\r\n.\r\nMAIL FROM", "RSET" },
  { "hangs up while at rest", { HELLO, OK, OK, "354 go\r\n", "250 ok\r\n421 bye\r\n", HANG_UP, HELLO, TAKEN, NULL },
    2, FALSE, NULL, { NO_ERROR, NO_ERROR }, 2, NULL, NULL },
  { "speaks while at rest", { HELLO, OK, OK, "354 go\r\n", "250 ok\r\n250 again\r\n", HANG_UP, HELLO, TAKEN, NULL },
    2, FALSE, NULL, { NO_ERROR, NO_ERROR }, 2, NULL, NULL },
  { "hangs up at the sender", { HELLO, TAKEN, HANG_UP, HELLO, TAKEN, NULL },
    2, FALSE, NULL, { NO_ERROR, NO_ERROR }, 2, NULL, NULL },
  { "hangs up at the recipient", { HELLO, TAKEN, OK, HANG_UP, HELLO, TAKEN, NULL },
    2, FALSE, NULL, { NO_ERROR, NO_ERROR }, 2, NULL, NULL },
  { "hangs up at DATA", { HELLO, TAKEN, OK, OK, HANG_UP, HELLO, TAKEN, NULL },
    2, FALSE, NULL, { NO_ERROR, NO_ERROR }, 2, NULL, NULL },
  { "hangs up after the dot", { HELLO, TAKEN, OK, OK, "354 go\r\n", HANG_UP, HELLO, TAKEN, NULL },
    2, FALSE, NULL, { NO_ERROR, HERALD_ERROR_AMBIGUOUS }, 1, NULL, NULL },
  { "says good-bye after the dot", { HELLO, TAKEN, OK, OK, "354 go\r\n", "421 bye\r\n", HANG_UP, HELLO, TAKEN, NULL },
    2, FALSE, NULL, { NO_ERROR, HERALD_ERROR_BUSY }, 1, NULL, NULL },
  { "says good-bye at the sender", { HELLO, TAKEN, "421 bye\r\n", HANG_UP, HELLO, TAKEN, NULL },
    2, FALSE, NULL, { NO_ERROR, NO_ERROR }, 2, NULL, NULL },
  { "says good-bye instead of 354", { HELLO, TAKEN, OK, OK, "421 bye\r\n", HANG_UP, HELLO, TAKEN, NULL },
    2, FALSE, NULL, { NO_ERROR, NO_ERROR }, 2, NULL, NULL },
  { "has had enough messages", { HELLO, TAKEN, "451 too many messages\r\n", HANG_UP, HELLO, TAKEN, NULL },
    2, FALSE, NULL, { NO_ERROR, NO_ERROR }, 2, NULL, NULL },
  { "has had enough recipients", { HELLO, TAKEN, OK, "452 4.5.3 too many\r\n", HANG_UP, HELLO, TAKEN, NULL },
    2, FALSE, NULL, { NO_ERROR, NO_ERROR }, 2, NULL, NULL },
  { "greylists on a kept connection", { HELLO, TAKEN, OK, "450 4.2.0 later\r\n", OK, TAKEN, NULL },
    3, FALSE, NULL, { NO_ERROR, HERALD_ERROR_BUSY, NO_ERROR }, 1, "RSET\r\nMAIL FROM", NULL },
  { "a fresh one is not tried twice", { HELLO, "421 bye\r\n", HANG_UP, HELLO, TAKEN, NULL },
    1, FALSE, NULL, { HERALD_ERROR_UNREACHABLE }, 1, NULL, NULL },
  { "a kept one is replaced once", { HELLO, TAKEN, HANG_UP, HELLO, "421 bye\r\n", HANG_UP, HELLO, TAKEN, NULL },
    2, FALSE, NULL, { NO_ERROR, HERALD_ERROR_UNREACHABLE }, 2, NULL, NULL },
  { "refused sender", { HELLO, "550 no\r\n", OK, TAKEN, NULL },
    2, FALSE, NULL, { HERALD_ERROR_REJECTED, NO_ERROR }, 1, "RSET\r\nMAIL FROM", NULL },
  { "will not be called off", { HELLO, "550 no\r\n", "500 what?\r\n", HANG_UP, HELLO, TAKEN, NULL },
    2, FALSE, NULL, { HERALD_ERROR_REJECTED, NO_ERROR }, 2, "RSET", NULL },
  { "refused content", { HELLO, OK, OK, "354 go\r\n", "554 spam\r\n", HANG_UP, HELLO, TAKEN, NULL },
    2, FALSE, NULL, { HERALD_ERROR_REJECTED, NO_ERROR }, 2, NULL, "RSET" },

  { "in one piece", { FAST_HELLO, TAKEN, TAKEN, NULL },
    2, FALSE, NULL, { NO_ERROR, NO_ERROR }, 1, "RCPT TO:<b@example.org>\r\nDATA\r\n", "RSET" },
  { "in one piece, sender refused", { FAST_HELLO, "550 no\r\n", "503 no\r\n", "503 no\r\n", OK, TAKEN, NULL },
    2, FALSE, NULL, { HERALD_ERROR_REJECTED, NO_ERROR }, 1, "DATA\r\nRSET\r\nMAIL FROM", NULL },
  { "in one piece, recipient refused", { FAST_HELLO, OK, "550 no\r\n", "554 no\r\n", OK, TAKEN, NULL },
    2, FALSE, NULL, { HERALD_ERROR_REJECTED, NO_ERROR }, 1, "DATA\r\nRSET\r\nMAIL FROM", NULL },
  { "in one piece, a message for nobody", { FAST_HELLO, OK, "550 no\r\n", "354 go\r\n", HANG_UP, FAST_HELLO, TAKEN, NULL },
    2, FALSE, NULL, { HERALD_ERROR_REJECTED, NO_ERROR }, 2, "DATA\r\n", "RSET" },
  { "in one piece, hangs up in the middle", { FAST_HELLO, TAKEN, OK, HANG_UP, FAST_HELLO, TAKEN, NULL },
    2, FALSE, NULL, { NO_ERROR, NO_ERROR }, 2, NULL, NULL },
  { "in one piece, hangs up after a refusal", { FAST_HELLO, OK, "550 no\r\n", HANG_UP, FAST_HELLO, TAKEN, NULL },
    2, FALSE, NULL, { HERALD_ERROR_REJECTED, NO_ERROR }, 2, NULL, NULL },

  { "a wrong password is tried once", { HELLO, "535 no\r\n", HANG_UP, HELLO, "235 ok\r\n", TAKEN, NULL },
    4, TRUE, "ada", { HERALD_ERROR_UNAUTHORIZED, HERALD_ERROR_UNAUTHORIZED, HERALD_ERROR_UNAUTHORIZED,
                      HERALD_ERROR_UNAUTHORIZED }, 1, "AUTH", "MAIL" },
  { "the others follow the first",
    { HELLO, "235 ok\r\n", TAKEN, TAKEN, HANG_UP, HELLO, "235 ok\r\n", TAKEN, TAKEN, HANG_UP, HELLO, "235 ok\r\n", TAKEN, NULL },
    3, TRUE, "ada", { NO_ERROR, NO_ERROR, NO_ERROR }, 3, NULL, NULL },
  { "no more than one at once", { HELLO, TAKEN, TAKEN, SILENCE, "421 too many\r\n", HANG_UP, NULL },
    2, TRUE, NULL, { NO_ERROR, NO_ERROR }, 2, NULL, NULL },
  { "nobody is there for anybody", { "421 later\r\n", HANG_UP, HELLO, TAKEN, NULL },
    3, TRUE, NULL, { HERALD_ERROR_UNREACHABLE, HERALD_ERROR_UNREACHABLE, HERALD_ERROR_UNREACHABLE }, 1, NULL, "EHLO" },
};

typedef struct
{
  HeraldSmtpReply *reply;
  GError *error;
  gboolean over;
} Outcome;

static void
on_submit_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->reply = herald_smtp_client_submit_finish (HERALD_SMTP_CLIENT (object), result, &outcome->error);
  outcome->over = TRUE;
}

static void
wait_for (Outcome *outcome)
{
  while (!outcome->over)
    g_main_context_iteration (NULL, TRUE);
}

static HeraldSmtpSubmission *
make_submission (guint16     port,
                 const char *user,
                 const char *password)
{
  HeraldSmtpSubmission *submission = herald_smtp_submission_new ();
  const HeraldSmtpAccount account = {
    .host = (char *) "127.0.0.1",
    .port = port,
    .security = HERALD_SMTP_PLAIN,
    .user = (char *) user,
    .password = (char *) password,
  };

  submission->account = herald_smtp_account_new (&account);
  submission->sender = g_strdup ("a@example.org");
  submission->recipient = g_strdup ("b@example.org");
  submission->message = g_bytes_new_static ("A: b\r\n\r\nx\r\n", 11);

  return submission;
}

static void
check_outcome (Outcome *outcome,
               int      expected)
{
  if (expected == NO_ERROR)
    g_assert_no_error (outcome->error);
  else
    g_assert_error (outcome->error, HERALD_ERROR, expected);

  g_clear_pointer (&outcome->reply, herald_smtp_reply_free);
  g_clear_error (&outcome->error);
}

static void
test_burst (gconstpointer user_data)
{
  const Row *row = user_data;
  g_autoptr(ScriptedSmtp) server = scripted_smtp_new (row->script);
  g_autoptr(HeraldSmtpClient) client = herald_smtp_client_new ();
  g_autoptr(GPtrArray) submissions = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_smtp_submission_free);
  Outcome outcomes[MAX_MESSAGES] = { 0 };

  for (guint i = 0; i < row->n_messages; i++)
    {
      HeraldSmtpSubmission *submission = make_submission (scripted_smtp_get_port (server), row->user, "secret");

      g_ptr_array_add (submissions, submission);
      herald_smtp_client_submit_async (client, submission, NULL, on_submit_ready, &outcomes[i]);
      if (!row->at_once)
        wait_for (&outcomes[i]);
    }

  for (guint i = 0; i < row->n_messages; i++)
    {
      wait_for (&outcomes[i]);
      check_outcome (&outcomes[i], row->errors[i]);
    }

  g_assert_cmpuint (scripted_smtp_get_n_connections (server), ==, row->n_connections);
  if (row->said != NULL)
    g_assert_nonnull (strstr (scripted_smtp_get_log (server), row->said));
  if (row->not_said != NULL)
    g_assert_null (strstr (scripted_smtp_get_log (server), row->not_said));
}

/* One who waits for the first login can give up by himself. */
static void
test_cancelled_while_waiting (void)
{
  static const char *const script[] = { GREETING, SILENCE, NULL };
  g_autoptr(ScriptedSmtp) server = scripted_smtp_new (script);
  g_autoptr(HeraldSmtpClient) client = herald_smtp_client_new ();
  g_autoptr(HeraldSmtpSubmission) first = make_submission (scripted_smtp_get_port (server), "ada", "secret");
  g_autoptr(HeraldSmtpSubmission) second = make_submission (scripted_smtp_get_port (server), "ada", "secret");
  g_autoptr(GCancellable) first_cancellable = g_cancellable_new ();
  g_autoptr(GCancellable) second_cancellable = g_cancellable_new ();
  Outcome outcomes[2] = { 0 };

  herald_smtp_client_submit_async (client, first, first_cancellable, on_submit_ready, &outcomes[0]);
  herald_smtp_client_submit_async (client, second, second_cancellable, on_submit_ready, &outcomes[1]);
  while (*scripted_smtp_get_log (server) == '\0')
    g_main_context_iteration (NULL, TRUE);

  g_cancellable_cancel (second_cancellable);
  wait_for (&outcomes[1]);
  g_assert_error (outcomes[1].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (outcomes[0].over);
  g_assert_cmpuint (scripted_smtp_get_n_connections (server), ==, 1);

  g_cancellable_cancel (first_cancellable);
  wait_for (&outcomes[0]);
  g_assert_error (outcomes[0].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcomes[0].error);
  g_clear_error (&outcomes[1].error);
}

/* A session belongs to the one who logged in; the next user never goes over it. */
static void
test_another_account_gets_a_session_of_its_own (void)
{
  static const char *const script[] = { HELLO, "235 ok\r\n", TAKEN, "221 bye\r\n", HANG_UP, HELLO, "235 ok\r\n", TAKEN, NULL };
  g_autoptr(ScriptedSmtp) server = scripted_smtp_new (script);
  g_autoptr(HeraldSmtpClient) client = herald_smtp_client_new ();
  const char *passwords[] = { "old", "new" };

  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++)
    {
      g_autoptr(HeraldSmtpSubmission) submission = make_submission (scripted_smtp_get_port (server), "ada", passwords[i]);
      Outcome outcome = { 0 };

      herald_smtp_client_submit_async (client, submission, NULL, on_submit_ready, &outcome);
      wait_for (&outcome);
      check_outcome (&outcome, NO_ERROR);
    }

  g_assert_cmpuint (scripted_smtp_get_n_connections (server), ==, 2);
  g_assert_nonnull (strstr (scripted_smtp_get_log (server), "QUIT\r\n"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/smtp-burst/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_burst);
    }
  g_test_add_func ("/smtp-burst/cancelled while waiting", test_cancelled_while_waiting);
  g_test_add_func ("/smtp-burst/another account", test_another_account_gets_a_session_of_its_own);

  return g_test_run ();
}
