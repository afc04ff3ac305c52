/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-smtp-submit"

#include <locale.h>
#include <string.h>

#include "core/base/error.h"
#include "core/channels/email/email-message.h"
#include "core/net/smtp-client.h"

/* Sends one message with what the command line says, and prints what came of it:
 *
 *   smtp-submit --host localhost --port 465 --security tls --title "…"
 *
 * one a line: "accepted" or the kind of the error, the code of the server's answer, the step that
 * was reached, 1 if it was committed, the sentence for people, the server's words. */

/* Longer than any wait of the client but the last one, which no server here reaches. */
#define LIMIT_S 80

static const char *const error_names[] = {
  [HERALD_ERROR_UNREACHABLE] = "unreachable",
  [HERALD_ERROR_BUSY] = "busy",
  [HERALD_ERROR_UNAUTHORIZED] = "unauthorized",
  [HERALD_ERROR_NO_CREDIT] = "no-credit",
  [HERALD_ERROR_REJECTED] = "rejected",
  [HERALD_ERROR_PROTOCOL] = "protocol",
  [HERALD_ERROR_SETTINGS] = "settings",
  [HERALD_ERROR_UNTRUSTED] = "untrusted",
  [HERALD_ERROR_AMBIGUOUS] = "ambiguous",
};

typedef struct
{
  GMainLoop *loop;
  HeraldSmtpReply *reply;
  GError *error;
  HeraldSmtpStep step;
  gboolean committed;
} Outcome;

static void
on_step (HeraldSmtpStep step,
         gpointer       user_data)
{
  ((Outcome *) user_data)->step = step;
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
  g_main_loop_quit (outcome->loop);
}

static gboolean
on_limit_timeout (gpointer user_data)
{
  g_error ("the submission does not end");

  return G_SOURCE_REMOVE;
}

static void
print_outcome (const Outcome *outcome)
{
  g_autofree char *accepted = outcome->reply != NULL ? herald_smtp_reply_dup_text (outcome->reply) : NULL;
  const char *words = outcome->reply != NULL ? accepted : herald_error_get_reply (outcome->error);
  const char *sentence = outcome->error != NULL ? outcome->error->message : "";
  int code = outcome->reply != NULL ? outcome->reply->code : herald_error_get_reply_code (outcome->error);
  const char *result = "accepted";

  if (outcome->error != NULL)
    result = outcome->error->domain == HERALD_ERROR ? error_names[outcome->error->code] : "foreign";

  /* One field a line; the reader knows the names. */
  g_print ("%s\n%d\n%s\n%d\n%s\n%s\n", result, code, herald_smtp_step_get_name (outcome->step),
           outcome->committed, sentence, words != NULL ? words : "");
}

static void
submit (HeraldSmtpSubmission *submission)
{
  g_autoptr(HeraldSmtpClient) client = herald_smtp_client_new ();
  Outcome outcome = { 0 };

  outcome.loop = g_main_loop_new (NULL, FALSE);
  submission->enter_step = on_step;
  submission->commit = on_commit;
  submission->user_data = &outcome;

  g_timeout_add_seconds (LIMIT_S, on_limit_timeout, NULL);
  herald_smtp_client_submit_async (client, submission, NULL, on_submit_ready, &outcome);
  g_main_loop_run (outcome.loop);
  print_outcome (&outcome);

  g_main_loop_unref (outcome.loop);
  g_clear_pointer (&outcome.reply, herald_smtp_reply_free);
  g_clear_error (&outcome.error);
}

static HeraldSmtpSecurity
parse_security (const char *text)
{
  if (g_strcmp0 (text, "tls") == 0)
    return HERALD_SMTP_TLS;
  if (g_strcmp0 (text, "starttls") == 0)
    return HERALD_SMTP_STARTTLS;

  g_assert_cmpstr (text, ==, "plain");
  return HERALD_SMTP_PLAIN;
}

/* The options; what they point to lives as long as the program. */
static char *host, *security, *user, *password, *token, *certificate, *auth, *authority, *sender, *recipient, *title, *text;
static int port;

static const GOptionEntry entries[] = {
  { "host", 0, 0, G_OPTION_ARG_STRING, &host, NULL, NULL },
  { "port", 0, 0, G_OPTION_ARG_INT, &port, NULL, NULL },
  { "security", 0, 0, G_OPTION_ARG_STRING, &security, NULL, NULL },
  { "user", 0, 0, G_OPTION_ARG_STRING, &user, NULL, NULL },
  { "password", 0, 0, G_OPTION_ARG_STRING, &password, NULL, NULL },
  { "token", 0, 0, G_OPTION_ARG_STRING, &token, NULL, NULL },
  { "certificate", 0, 0, G_OPTION_ARG_STRING, &certificate, NULL, NULL },
  { "auth", 0, 0, G_OPTION_ARG_STRING, &auth, NULL, NULL },
  { "authority", 0, 0, G_OPTION_ARG_FILENAME, &authority, NULL, NULL },
  { "sender", 0, 0, G_OPTION_ARG_STRING, &sender, NULL, NULL },
  { "recipient", 0, 0, G_OPTION_ARG_STRING, &recipient, NULL, NULL },
  { "title", 0, 0, G_OPTION_ARG_STRING, &title, NULL, NULL },
  { "text", 0, 0, G_OPTION_ARG_STRING, &text, NULL, NULL },
  { NULL },
};

static GBytes *
write_message (void)
{
  HeraldMessage content = {
    .kind = (HeraldEventKind) 0,
    .printer_name = (char *) "Test",
    .title = title,
    .text = text,
    .created_ms = 1700000000000,
  };
  HeraldEmailHeader header = { .from = sender, .to = recipient, .key = "key0000000001" };
  g_autoptr(HeraldMessage) message = herald_message_new (&content);
  g_autoptr(GError) error = NULL;
  GBytes *bytes = herald_email_message_write (message, NULL, &header, &error);

  g_assert_no_error (error);

  return bytes;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(HeraldSmtpSubmission) submission = herald_smtp_submission_new ();
  HeraldSmtpAccount account = { 0 };
  g_autoptr(GError) error = NULL;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);

  account.host = host;
  account.port = (guint16) port;
  account.security = parse_security (security);
  account.user = user;
  account.password = password;
  account.token = token;
  account.certificate = certificate;
  submission->sender = sender;
  submission->recipient = recipient;
  submission->message = write_message ();
  if (auth != NULL)
    g_assert_true (herald_smtp_auth_from_text (auth, &account.auth));
  if (authority != NULL)
    account.authorities = g_tls_file_database_new (authority, &error);
  g_assert_no_error (error);
  submission->account = herald_smtp_account_new (&account);

  submit (submission);

  g_clear_object (&account.authorities);
  g_free (host);
  g_free (user);
  g_free (password);
  g_free (token);
  g_free (certificate);
  g_free (security);
  g_free (auth);
  g_free (authority);
  g_free (title);
  g_free (text);

  return 0;
}
