/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-smtp-cancel"

#include "smtp-sending.h"

#include "core/base/error.h"
#include "core/net/certificate.h"
#include "fixtures/made-certificate.h"
#include "fixtures/scripted-smtp.h"

#define OK "250 ok\r\n"
#define TAKEN OK, OK, "354 go\r\n", OK
#define CONNECTION(...) __VA_ARGS__, SCRIPTED_SMTP_HANG_UP
#define PLAIN CONNECTION ("220 mx\r\n", "250 AUTH PLAIN\r\n", TAKEN, TAKEN)
#define LOGIN CONNECTION ("220 mx\r\n", "250-mx\r\n250 AUTH PLAIN\r\n", "235 ok\r\n", TAKEN, TAKEN)
#define FAST CONNECTION ("220 mx\r\n", "250-mx\r\n250-PIPELINING\r\n250 AUTH PLAIN\r\n", "235 ok\r\n", TAKEN, TAKEN)
#define NO_ENCRYPTION "220 mx\r\n", "250-mx\r\n250 STARTTLS\r\n", "220 go\r\n", SCRIPTED_SMTP_SILENCE
#define NO_CHALLENGE "220 mx\r\n", "250-mx\r\n250 AUTH SCRAM-SHA-256\r\n", SCRIPTED_SMTP_SILENCE

/* Nothing more will happen by itself. Making a TLS stream takes the longest, in a thread. */
#define SILENCE_US (200 * 1000)
#define POLL_US 100

/* @ends: whether the server ever lets a message through */
typedef struct
{
  const char *name;
  const char *script[48];
  HeraldSmtpSecurity security;
  const char *user;
  gboolean ends;
} Row;

static const Row rows[] = {
  { "without login", { PLAIN, PLAIN, PLAIN, NULL }, HERALD_SMTP_PLAIN, NULL, TRUE },
  { "login", { LOGIN, LOGIN, LOGIN, NULL }, HERALD_SMTP_PLAIN, "ada", TRUE },
  { "in one piece", { FAST, FAST, FAST, NULL }, HERALD_SMTP_PLAIN, "ada", TRUE },
  { "encrypted", { LOGIN, LOGIN, LOGIN, NULL }, HERALD_SMTP_TLS, "ada", TRUE },
  { "handshake", { NO_ENCRYPTION, NULL }, HERALD_SMTP_STARTTLS, "ada", FALSE },
  { "login in a thread", { NO_CHALLENGE, NULL }, HERALD_SMTP_PLAIN, "ada", FALSE },
};

static GTlsCertificate *certificate;

static void
begin (Sending          *sending,
       const Row        *row,
       HeraldSmtpClient *client,
       guint16           port,
       GCancellable     *cancellable)
{
  g_autoptr(HeraldCertificate) shown = herald_certificate_read (certificate, NULL);
  const HeraldSmtpAccount account = {
    .host = (char *) "127.0.0.1",
    .port = port,
    .security = row->security,
    .user = (char *) row->user,
    .password = (char *) "secret",
    .certificate = row->security == HERALD_SMTP_TLS ? shown->fingerprint : NULL,
  };

  sending_begin (sending, client, &account, cancellable);
}

/* Returns whether anything has happened. */
static gboolean
take_turn (void)
{
  gint64 end_us = g_get_monotonic_time () + SILENCE_US;

  while (!g_main_context_iteration (NULL, FALSE))
    {
      if (g_get_monotonic_time () > end_us)
        return FALSE;
      g_usleep (POLL_US);
    }

  return TRUE;
}

/* For what comes to its end by itself, however busy the computer is */
static gboolean
wait_for_turn (void)
{
  while (!g_main_context_iteration (NULL, TRUE))
    ;

  return TRUE;
}

/* A message that is given up after so many turns of the main loop, and one beside it that is not.
 * Returns whether there was something left to give up. */
static gboolean
give_up_after (const Row *row,
               guint      n_turns)
{
  g_autoptr(ScriptedSmtp) server = row->security == HERALD_SMTP_TLS ? scripted_smtp_new_tls (row->script, certificate)
                                                                     : scripted_smtp_new (row->script);
  g_autoptr(HeraldSmtpClient) client = herald_smtp_client_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  gpointer watched = client;
  Sending first = { 0 };
  Sending second = { 0 };
  gboolean has_gone_on = TRUE;

  g_object_add_weak_pointer (G_OBJECT (client), &watched);
  begin (&first, row, client, scripted_smtp_get_port (server), cancellable);
  if (row->ends)
    begin (&second, row, client, scripted_smtp_get_port (server), NULL);
  for (guint i = 0; i < n_turns && has_gone_on; i++)
    has_gone_on = (row->ends ? wait_for_turn () : take_turn ()) && !first.over;

  g_cancellable_cancel (cancellable);
  sending_wait (&first);
  if (first.reply == NULL)
    g_assert_error (first.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (first.n_commits, <=, 1);

  if (row->ends)
    {
      sending_assert_ok (&second);
      sending_clear (&second);
    }
  sending_clear (&first);

  g_clear_object (&client);
  while (watched != NULL)
    g_main_context_iteration (NULL, TRUE);

  return has_gone_on;
}

/* Wherever it is given up, the next one gets through, and nothing of it stays. */
static void
test_given_up_at_any_turn (gconstpointer user_data)
{
  const Row *row = user_data;
  guint n_turns = 0;

  while (give_up_after (row, n_turns))
    n_turns++;

  g_test_message ("given up after 0 to %u turns", n_turns);
  g_assert_cmpuint (n_turns, >, 5);
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  certificate = made_certificate_new ("127.0.0.1", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/smtp-cancel/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_given_up_at_any_turn);
    }

  result = g_test_run ();
  g_clear_object (&certificate);

  return result;
}
