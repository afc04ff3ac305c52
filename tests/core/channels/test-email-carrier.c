/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-email-carrier"

#include "core/channels/email/email-carrier.h"

#include <string.h>

#include "core/base/error.h"
#include "core/channels/email/email-channel.h"
#include "fixtures/scripted-smtp.h"

#define HELLO "220 mx\r\n", "250-mx\r\n250 AUTH XOAUTH2\r\n", "235 ok\r\n"
#define BLOCKED "550 5.7.501 no\r\n"

typedef struct
{
  guint n_commits;
  GError *error;
  gboolean over;
} Sending;

static gboolean
on_commit (HeraldAttempt  *attempt,
           gpointer        user_data,
           GError        **error)
{
  Sending *sending = user_data;

  sending->n_commits++;

  return TRUE;
}

static void
on_send_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  Sending *sending = user_data;

  herald_email_carrier_send_finish (HERALD_EMAIL_CARRIER (object), result, &sending->error);
  sending->over = TRUE;
}

static HeraldChannel *
make_channel (void)
{
  g_autoptr(HeraldValues) settings = herald_values_new ();
  g_autoptr(HeraldSecretStore) secrets = herald_secret_store_new ();

  herald_values_set (settings, "account", "ada@example.org");
  herald_values_set (settings, "to", "b@example.org");

  return herald_channel_new (&herald_email_channel_type, "mail", settings, secrets);
}

static HeraldAttempt *
make_attempt (Sending *sending)
{
  HeraldMessage content = { .printer_name = (char *) "MK4", .title = (char *) "Done", .text = (char *) "Done." };
  g_autoptr(HeraldMessage) message = herald_message_new (&content);

  return herald_attempt_new (message, "b@example.org", "key", on_commit, sending);
}

/* As for an account of the desktop that logs in with a token */
static HeraldEmailRoute *
make_route (guint16 port)
{
  HeraldEmailRoute *route = g_new0 (HeraldEmailRoute, 1);
  const HeraldSmtpAccount account = {
    .host = (char *) "127.0.0.1",
    .port = port,
    .security = HERALD_SMTP_PLAIN,
    .user = (char *) "ada@example.org",
    .token = (char *) "token",
  };

  route->smtp = herald_smtp_account_new (&account);

  return route;
}

static void
send_letter (const char *const *script,
             Sending           *sending)
{
  g_autoptr(ScriptedSmtp) server = scripted_smtp_new (script);
  g_autoptr(HeraldEmailCarrier) carrier = herald_email_carrier_new ();
  g_autoptr(HeraldChannel) channel = make_channel ();
  g_autoptr(HeraldAttempt) attempt = make_attempt (sending);
  g_autoptr(GBytes) letter = g_bytes_new_static ("A: b\r\n\r\nx\r\n", strlen ("A: b\r\n\r\nx\r\n"));

  herald_email_carrier_send_async (carrier, channel, attempt, make_route (scripted_smtp_get_port (server)),
                                   "a@example.org", letter, NULL, on_send_ready, sending);
  while (!sending->over)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (scripted_smtp_get_n_connections (server), ==, 1);
}

/* The login was fine, so another token is no use; and what was committed cannot be committed again. */
static void
test_refusal_after_the_login_is_not_the_tokens (void)
{
  static const char *const at_sender[] = { HELLO, BLOCKED, NULL };
  static const char *const after_dot[] = { HELLO, "250 ok\r\n", "250 ok\r\n", "354 go\r\n", BLOCKED, NULL };
  static const char *const *const scripts[] = { at_sender, after_dot };

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      Sending sending = { 0 };

      send_letter (scripts[i], &sending);
      g_assert_error (sending.error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED);
      g_test_message ("%s", sending.error->message);
      g_assert_nonnull (strstr (sending.error->message, "blocked"));
      g_assert_cmpint (herald_error_get_reply_code (sending.error), ==, 550);
      g_assert_cmpuint (sending.n_commits, ==, i);
      g_clear_error (&sending.error);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/email-carrier/refusal after the login", test_refusal_after_the_login_is_not_the_tokens);

  return g_test_run ();
}
