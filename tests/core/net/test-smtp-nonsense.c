/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-smtp-nonsense"

#include <string.h>

#include "core/base/error.h"
#include "core/net/smtp-client.h"
#include "fixtures/scripted-smtp.h"

/* At every step of a conversation an answer no mail server gives: the attempt ends at once, is not
 * called accepted, and is not called ours any more once the final dot was sent. */

#define N_STEPS 6
#define HUGE_BYTES (1024 * 1024)
#define MANY_LINES 10000

/* Far below the limit of any wait */
#define LIMIT_S 20

typedef struct
{
  HeraldSmtpReply *reply;
  GError *error;
  gboolean committed;
  gboolean over;
} Outcome;

static char *
make_huge_line (void)
{
  g_autofree char *words = g_strnfill (HUGE_BYTES, 'x');

  return g_strconcat ("250 ", words, "\r\n", NULL);
}

static char *
make_many_lines (void)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < MANY_LINES; i++)
    g_string_append (lines, "250-again and again\r\n");
  g_string_append (lines, "250 end\r\n");

  return g_string_free (lines, FALSE);
}

static char *
make_endless_line (void)
{
  g_autofree char *words = g_strnfill (HUGE_BYTES, 'x');

  return g_strconcat ("250-", words, NULL);
}

static gboolean
on_commit (gpointer   user_data,
           GError   **error)
{
  ((Outcome *) user_data)->committed = TRUE;

  return TRUE;
}

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
submit (guint16  port,
        Outcome *outcome)
{
  g_autoptr(HeraldSmtpClient) client = herald_smtp_client_new ();
  g_autoptr(HeraldSmtpSubmission) submission = herald_smtp_submission_new ();
  const HeraldSmtpAccount account = { .host = (char *) "127.0.0.1", .port = port, .security = HERALD_SMTP_PLAIN };
  gint64 end_us = g_get_monotonic_time () + LIMIT_S * G_USEC_PER_SEC;

  submission->account = herald_smtp_account_new (&account);
  submission->sender = g_strdup ("a@example.org");
  submission->recipient = g_strdup ("b@example.org");
  submission->message = g_bytes_new_static ("A: b\r\n\r\nx\r\n", 11);
  submission->commit = on_commit;
  submission->user_data = outcome;
  herald_smtp_client_submit_async (client, submission, NULL, on_submit_ready, outcome);
  while (!outcome->over)
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    }
}

/* @answer: at step @i, where everything before it goes well */
static void
check_answer (const char *answer,
              guint       step)
{
  static const char *const usual[N_STEPS] = {
    "220 mx\r\n", "250 mx\r\n", "250 ok\r\n", "250 ok\r\n", "354 go\r\n", "250 taken\r\n",
  };
  const char *script[N_STEPS + 1] = { NULL };
  g_autoptr(ScriptedSmtp) server = NULL;
  Outcome outcome = { 0 };

  for (guint i = 0; i <= step; i++)
    script[i] = i == step ? answer : usual[i];
  server = scripted_smtp_new (script);
  submit (scripted_smtp_get_port (server), &outcome);

  g_assert_null (outcome.reply);
  g_assert_cmpint (outcome.committed, ==, step == N_STEPS - 1);
  if (outcome.committed)
    g_assert_error (outcome.error, HERALD_ERROR, HERALD_ERROR_AMBIGUOUS);
  else if (!g_error_matches (outcome.error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE))
    g_assert_error (outcome.error, HERALD_ERROR, HERALD_ERROR_PROTOCOL);
  g_clear_error (&outcome.error);
}

static void
test_nonsense_is_never_an_answer (gconstpointer data)
{
  for (guint step = 0; step < N_STEPS; step++)
    check_answer (data, step);
}

static void
add (const char *name,
     char       *answer)
{
  g_autofree char *path = g_strconcat ("/smtp-nonsense/", name, NULL);

  g_test_add_data_func_full (path, answer, test_nonsense_is_never_an_answer, g_free);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("huge-line", make_huge_line ());
  add ("many-lines", make_many_lines ());
  add ("endless-line", make_endless_line ());
  add ("code-000", g_strdup ("000 hello\r\n"));
  add ("code-999", g_strdup ("999 hello\r\n"));
  add ("code-of-two-digits", g_strdup ("25 hello\r\n"));
  add ("code-of-four-digits", g_strdup ("2500 hello\r\n"));
  add ("negative-code", g_strdup ("-250 hello\r\n"));
  add ("two-codes", g_strdup ("250-hello\r\n354 go\r\n"));
  add ("empty-line", g_strdup ("\r\n"));
  add ("web-page", g_strdup ("<html><body>250 OK</body></html>\n"));

  return g_test_run ();
}
