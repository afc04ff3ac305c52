/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-smtp-hostile"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/net/smtp-client.h"
#include "core/net/smtp-connection.h"
#include "fixtures/scripted-smtp.h"

typedef struct
{
  HeraldSmtpReply *reply;
  GError *error;
  gboolean committed;
  gboolean over;
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->reply, herald_smtp_reply_free);
  g_clear_error (&outcome->error);
}

static void
wait_for (Outcome *outcome)
{
  while (!outcome->over)
    g_main_context_iteration (NULL, TRUE);
}

/* One reply */

static GSocketConnection *
connect_to (int file)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocket) socket = g_socket_new_from_fd (file, &error);

  g_assert_no_error (error);

  return g_socket_connection_factory_create_connection (socket);
}

static void
on_exchange_ready (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->reply = herald_smtp_connection_exchange_finish (HERALD_SMTP_CONNECTION (object), result, NULL, &outcome->error);
  outcome->over = TRUE;
}

static gboolean
on_drip (gpointer user_data)
{
  g_assert_cmpint (send (*(int *) user_data, "2", 1, MSG_NOSIGNAL), ==, 1);

  return G_SOURCE_CONTINUE;
}

/* The limit is one for the whole reply: whoever drips does not get more of our time. */
static void
test_reply_that_drips_is_not_waited_for (void)
{
  int files[2];
  g_autoptr(GSocketConnection) socket = NULL;
  g_autoptr(HeraldSmtpConnection) connection = NULL;
  Outcome outcome = { 0 };
  guint drip_id;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, files), ==, 0);
  socket = connect_to (files[0]);
  connection = herald_smtp_connection_new (socket);
  drip_id = g_timeout_add (20, on_drip, &files[1]);
  herald_smtp_connection_exchange_async (connection, NULL, 300, NULL, on_exchange_ready, &outcome);
  wait_for (&outcome);

  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_source_remove (drip_id);
  outcome_clear (&outcome);
  close (files[1]);
}

typedef struct
{
  int file;
  const char *bytes;
  gsize length;
} Flood;

static gpointer
pour (gpointer user_data)
{
  Flood *flood = user_data;
  gsize n_sent = 0;
  gssize n;

  do
    {
      n = send (flood->file, flood->bytes + n_sent, flood->length - n_sent, MSG_NOSIGNAL);
      n_sent += (gsize) MAX (n, 0);
    }
  while (n > 0 && n_sent < flood->length);
  close (flood->file);

  return NULL;
}

static void
assert_reply (const char *bytes,
              GQuark      domain,
              int         code)
{
  int files[2];
  g_autoptr(GSocketConnection) socket = NULL;
  g_autoptr(HeraldSmtpConnection) connection = NULL;
  Flood flood = { .bytes = bytes, .length = strlen (bytes) };
  Outcome outcome = { 0 };
  GThread *pourer;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, files), ==, 0);
  socket = connect_to (files[0]);
  connection = herald_smtp_connection_new (socket);
  flood.file = files[1];
  pourer = g_thread_new ("pourer", pour, &flood);
  herald_smtp_connection_exchange_async (connection, NULL, 20 * 1000, NULL, on_exchange_ready, &outcome);
  wait_for (&outcome);
  herald_smtp_connection_close (connection);
  g_thread_join (pourer);

  g_assert_null (outcome.reply);
  g_assert_error (outcome.error, domain, code);
  outcome_clear (&outcome);
}

static void
test_what_is_no_reply_ends_soon (void)
{
  g_autoptr(GString) lines = g_string_new (NULL);
  g_autofree char *line = g_strnfill (1000 * 1000, 'x');
  g_autofree char *long_line = g_strconcat ("250 ", line, "\r\n", NULL);

  for (guint i = 0; i < 10 * 1000; i++)
    g_string_append (lines, "250-and another one\r\n");
  g_string_append (lines, "250 end\r\n");

  assert_reply (lines->str, HERALD_ERROR, HERALD_ERROR_PROTOCOL);
  assert_reply (long_line, HERALD_ERROR, HERALD_ERROR_PROTOCOL);
  assert_reply ("000 ok\r\n", HERALD_ERROR, HERALD_ERROR_PROTOCOL);
  assert_reply ("999 ok\r\n", HERALD_ERROR, HERALD_ERROR_PROTOCOL);
  assert_reply ("250 ok", G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  assert_reply ("", G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

/* A whole conversation */

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
submit_to (const char *const *script,
           Outcome           *outcome)
{
  g_autoptr(ScriptedSmtp) server = scripted_smtp_new (script);
  g_autoptr(HeraldSmtpClient) client = herald_smtp_client_new ();
  g_autoptr(HeraldSmtpSubmission) submission = herald_smtp_submission_new ();
  const HeraldSmtpAccount account = {
    .host = (char *) "127.0.0.1",
    .port = scripted_smtp_get_port (server),
    .security = HERALD_SMTP_PLAIN,
  };

  submission->account = herald_smtp_account_new (&account);
  submission->sender = g_strdup ("a@example.org");
  submission->recipient = g_strdup ("b@example.org");
  submission->message = g_bytes_new_static ("A: b\r\n\r\nx\r\n", 11);
  submission->commit = on_commit;
  submission->user_data = outcome;

  herald_smtp_client_submit_async (client, submission, NULL, on_submit_ready, outcome);
  wait_for (outcome);
}

/* Cut at every byte of what the server says: never taken for delivered, and nobody in doubt about
 * a message that was not finished. */
static void
test_cut_at_every_byte (void)
{
  static const char *const whole[] = { "220 mx\r\n", "250-mx\r\n250 PIPELINING\r\n", "250 ok\r\n", "250 ok\r\n", "354 go\r\n", "250 ok\r\n" };

  for (guint i = 0; i < G_N_ELEMENTS (whole); i++)
    for (gsize length = 1; length < strlen (whole[i]); length++)
      {
        const char *script[G_N_ELEMENTS (whole) + 1] = { NULL };
        g_autofree char *cut = g_strndup (whole[i], length);
        Outcome outcome = { 0 };

        memcpy (script, whole, i * sizeof whole[0]);
        script[i] = cut;
        if (g_str_has_suffix (cut, "\n"))
          continue;
        submit_to (script, &outcome);

        g_assert_null (outcome.reply);
        g_assert_cmpint (outcome.committed, ==, i == G_N_ELEMENTS (whole) - 1);
        if (outcome.committed)
          g_assert_error (outcome.error, HERALD_ERROR, HERALD_ERROR_AMBIGUOUS);
        else
          g_assert_error (outcome.error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE);
        outcome_clear (&outcome);
      }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/smtp-hostile/drips", test_reply_that_drips_is_not_waited_for);
  g_test_add_func ("/smtp-hostile/no-reply", test_what_is_no_reply_ends_soon);
  g_test_add_func ("/smtp-hostile/cut", test_cut_at_every_byte);

  return g_test_run ();
}
