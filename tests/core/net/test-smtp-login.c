/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-smtp-login"

#include "core/net/smtp-login.h"

#include <string.h>

#include "core/base/error.h"
#include "core/net/smtp-auth-memory.h"
#include "fixtures/scripted-smtp.h"

#define NO_ERROR -1
#define PASSWORD "canary-password"
#define PLAIN_ANSWER "AGFkYQBjYW5hcnktcGFzc3dvcmQ="
#define CHALLENGE "334 PDE4OTYuNjk3MTcwOTUyQG14Pg==\r\n"
#define E_UNKNOWN_USER "334 ZT11bmtub3duLXVzZXI=\r\n"
#define COMPLAINT "334 eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIn0=\r\n"
#define NONSENSE "334 !!!not base64!!!\r\n"

/* One conversation: what the server offers and says, and what must come of it. */
typedef struct
{
  const char *name;
  const char *offered;
  HeraldSmtpAuth auth;
  const char *password; /* %NULL for a token */
  const char *script[8]; /* after the greeting */
  int error;
  const char *said; /* from its first line to its last */
  const char *words;
  const char *not_said;
} Row;

static const Row rows[] = {
  { "plain", "PLAIN LOGIN", HERALD_SMTP_AUTH_AUTO, PASSWORD, { "235 ok\r\n" }, NO_ERROR,
    "AUTH PLAIN " PLAIN_ANSWER "\r\n", NULL },
  { "login", "LOGIN", HERALD_SMTP_AUTH_AUTO, PASSWORD, { "334 VXNlcm5hbWU6\r\n", "334 \r\n", "235 ok\r\n" }, NO_ERROR,
    "AUTH LOGIN\r\nYWRh\r\nY2FuYXJ5LXBhc3N3b3Jk\r\n", NULL },
  { "cram", "CRAM-MD5 PLAIN", HERALD_SMTP_AUTH_AUTO, PASSWORD, { CHALLENGE, "235 ok\r\n" }, NO_ERROR,
    "AUTH CRAM-MD5\r\nYWRh", NULL },
  { "no user needs none", NULL, HERALD_SMTP_AUTH_NONE, PASSWORD, { NULL }, NO_ERROR, "", NULL },
  { "no password is no login", "PLAIN", HERALD_SMTP_AUTH_AUTO, "", { NULL }, NO_ERROR, "", NULL },
  { "no password for a way that is wanted", "PLAIN", HERALD_SMTP_AUTH_PLAIN, "", { NULL }, HERALD_ERROR_SETTINGS, "",
    NULL },
  { "not offered", NULL, HERALD_SMTP_AUTH_AUTO, PASSWORD, { NULL }, HERALD_ERROR_UNAUTHORIZED, "", NULL },
  { "wanted is not offered", "PLAIN", HERALD_SMTP_AUTH_LOGIN, PASSWORD, { NULL }, HERALD_ERROR_UNAUTHORIZED, "", NULL },
  { "wrong password is not tried again", "PLAIN LOGIN", HERALD_SMTP_AUTH_AUTO, PASSWORD, { "535 5.7.8 no\r\n" },
    HERALD_ERROR_UNAUTHORIZED, "AUTH PLAIN " PLAIN_ANSWER "\r\n", "5.7.8 no" },
  { "plain is not done", "PLAIN LOGIN", HERALD_SMTP_AUTH_AUTO, PASSWORD,
    { "504 5.5.4 no\r\n", "334 \r\n", "334 \r\n", "235 ok\r\n" }, NO_ERROR,
    "AUTH PLAIN " PLAIN_ANSWER "\r\nAUTH LOGIN\r\nYWRh\r\nY2FuYXJ5LXBhc3N3b3Jk\r\n", NULL },
  { "third try is not made", "CRAM-MD5 PLAIN LOGIN", HERALD_SMTP_AUTH_AUTO, PASSWORD,
    { CHALLENGE, "535 no\r\n", "504 5.5.4 no\r\n" }, HERALD_ERROR_UNAUTHORIZED, "AUTH CRAM-MD5\r\nYWRh", NULL,
    "AUTH LOGIN" },
  { "scram is offered in vain", "SCRAM-SHA-256 PLAIN", HERALD_SMTP_AUTH_AUTO, PASSWORD,
    { "535 5.7.8 no\r\n", "235 ok\r\n" }, NO_ERROR, "AUTH SCRAM-SHA-256 biws", NULL },
  { "scram refuses within", "SCRAM-SHA-256", HERALD_SMTP_AUTH_AUTO, PASSWORD, { E_UNKNOWN_USER, "501 5.7.0 ended\r\n" },
    HERALD_ERROR_UNAUTHORIZED, "AUTH SCRAM-SHA-256 biws", "5.7.0 ended" },
  { "scram without proof", "SCRAM-SHA-256 PLAIN", HERALD_SMTP_AUTH_AUTO, PASSWORD, { "235 welcome\r\n" },
    HERALD_ERROR_UNTRUSTED, "AUTH SCRAM-SHA-256 biws", NULL },
  { "scram for somebody else", "SCRAM-SHA-256 PLAIN", HERALD_SMTP_AUTH_AUTO, PASSWORD,
    { "334 cj1lbHNlLHM9YWJjZCxpPTQwOTY=\r\n" }, HERALD_ERROR_UNTRUSTED, "AUTH SCRAM-SHA-256 biws", NULL },
  { "nonsense to scram", "SCRAM-SHA-256 PLAIN", HERALD_SMTP_AUTH_AUTO, PASSWORD, { NONSENSE }, HERALD_ERROR_PROTOCOL,
    "AUTH SCRAM-SHA-256 biws", NULL },
  { "nonsense to cram", "CRAM-MD5", HERALD_SMTP_AUTH_AUTO, PASSWORD, { NONSENSE }, HERALD_ERROR_PROTOCOL,
    "AUTH CRAM-MD5\r\n", NULL },
  { "questions without end", "LOGIN", HERALD_SMTP_AUTH_AUTO, PASSWORD,
    { NONSENSE, NONSENSE, NONSENSE, NONSENSE, NONSENSE }, HERALD_ERROR_PROTOCOL,
    "AUTH LOGIN\r\nYWRh\r\nY2FuYXJ5LXBhc3N3b3Jk\r\n", NULL },
  { "refused and hung up", "CRAM-MD5 PLAIN", HERALD_SMTP_AUTH_AUTO, PASSWORD,
    { CHALLENGE, "535 5.7.8 no\r\n", SCRIPTED_SMTP_HANG_UP }, HERALD_ERROR_UNAUTHORIZED, "AUTH CRAM-MD5\r\nYWRh",
    "5.7.8 no" },
  { "hung up", "PLAIN", HERALD_SMTP_AUTH_AUTO, PASSWORD, { SCRIPTED_SMTP_HANG_UP }, HERALD_ERROR_UNREACHABLE,
    "AUTH PLAIN " PLAIN_ANSWER "\r\n", NULL },
  { "later", "SCRAM-SHA-256 PLAIN", HERALD_SMTP_AUTH_AUTO, PASSWORD, { "454 4.7.0 later\r\n" }, HERALD_ERROR_BUSY,
    "AUTH SCRAM-SHA-256 biws", "4.7.0 later" },
  { "secret is echoed", "PLAIN", HERALD_SMTP_AUTH_AUTO, PASSWORD, { "535 no " PASSWORD " " PLAIN_ANSWER "\r\n" },
    HERALD_ERROR_UNAUTHORIZED, "AUTH PLAIN " PLAIN_ANSWER "\r\n", "no *** ***" },
  { "token", "XOAUTH2 OAUTHBEARER PLAIN", HERALD_SMTP_AUTH_AUTO, NULL, { "235 ok\r\n" }, NO_ERROR,
    "AUTH XOAUTH2 dXNlcj1hZGEBYXV0aD1CZWFyZXIg", NULL },
  { "token is refused", "XOAUTH2 OAUTHBEARER PLAIN", HERALD_SMTP_AUTH_AUTO, NULL, { COMPLAINT, "535 5.7.8 no\r\n" },
    HERALD_ERROR_UNAUTHORIZED, "AUTH XOAUTH2 dXNlcj1hZGEBYXV0aD1CZWFyZXIg", "5.7.8 no (invalid_token)" },
  { "bearer is refused", "OAUTHBEARER", HERALD_SMTP_AUTH_AUTO, NULL, { COMPLAINT, "535 no\r\n" },
    HERALD_ERROR_UNAUTHORIZED, "AUTH OAUTHBEARER bixhPWFkYSwB", "no (invalid_token)" },
  { "password where a token is wanted", "XOAUTH2", HERALD_SMTP_AUTH_AUTO, PASSWORD, { NULL }, HERALD_ERROR_UNAUTHORIZED,
    "", NULL },
};

typedef struct
{
  gboolean ok;
  GError *error;
  gboolean over;
} Outcome;

static void
on_login_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->ok = herald_smtp_login_finish (HERALD_SMTP_CONNECTION (object), result, &outcome->error);
  outcome->over = TRUE;
}

static void
on_greeting_ready (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(HeraldSmtpReply) reply = herald_smtp_connection_exchange_finish (HERALD_SMTP_CONNECTION (object), result,
                                                                             NULL, NULL);

  g_assert_nonnull (reply);
  *(gboolean *) user_data = TRUE;
}

static HeraldSmtpConnection *
connect_to (ScriptedSmtp *server)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocketConnection) socket = NULL;
  HeraldSmtpConnection *connection;
  gboolean over = FALSE;

  socket = g_socket_client_connect_to_host (client, "127.0.0.1", scripted_smtp_get_port (server), NULL, &error);
  g_assert_no_error (error);
  connection = herald_smtp_connection_new (socket);
  herald_smtp_connection_exchange_async (connection, NULL, 10000, NULL, on_greeting_ready, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);

  return connection;
}

static Outcome
log_in (HeraldSmtpConnection *connection,
        HeraldSmtpAuth        auth,
        const char           *offered,
        const char           *user,
        const char           *password,
        const char           *token,
        GCancellable         *cancellable)
{
  HeraldSmtpAccount content = {
    .host = (char *) "127.0.0.1", .port = 25, .auth = auth, .user = (char *) user, .password = (char *) password,
    .token = (char *) token,
  };
  g_autoptr(HeraldSmtpAccount) account = herald_smtp_account_new (&content);
  HeraldSmtpCapabilities capabilities = { .mechanisms = (char *) offered };
  Outcome outcome = { 0 };

  herald_smtp_login_async (connection, account, &capabilities, cancellable, on_login_ready, &outcome);
  while (!outcome.over)
    g_main_context_iteration (NULL, TRUE);

  return outcome;
}

static void
test_conversation (gconstpointer user_data)
{
  const Row *row = user_data;
  const char *script[10] = { "220 mx\r\n" };
  g_autoptr(ScriptedSmtp) server = NULL;
  g_autoptr(HeraldSmtpConnection) connection = NULL;
  HeraldSmtpAccount account = { .host = (char *) "127.0.0.1", .port = 25, .user = (char *) "ada" };
  Outcome outcome;
  const char *log;

  /* What another conversation has taught does not count. */
  herald_smtp_auth_memory_set (&account, HERALD_SMTP_AUTH_AUTO);
  memcpy (script + 1, row->script, sizeof row->script);
  server = scripted_smtp_new (script);
  connection = connect_to (server);
  outcome = log_in (connection, row->auth, row->offered, "ada", row->password,
                    row->password == NULL ? "canary-token" : NULL, NULL);
  log = scripted_smtp_get_log (server);

  if (row->error == NO_ERROR)
    g_assert_no_error (outcome.error);
  else
    g_assert_error (outcome.error, HERALD_ERROR, row->error);
  g_assert_cmpint (outcome.ok, ==, row->error == NO_ERROR);
  g_assert_true (g_str_has_prefix (log, row->said));
  if (g_str_has_suffix (row->said, "\r\n") || *row->said == '\0')
    g_assert_cmpstr (log, ==, row->said);
  if (row->not_said != NULL)
    g_assert_null (strstr (log, row->not_said));
  if (row->words != NULL)
    g_assert_cmpstr (herald_error_get_reply (outcome.error), ==, row->words);
  g_clear_error (&outcome.error);
}

/* The second session begins with what has worked at the end of the first, until that fails. */
static void
test_what_has_worked_is_remembered (void)
{
  static const char *const first[] = { "220 mx\r\n", CHALLENGE, "535 no\r\n", "235 ok\r\n", NULL };
  static const char *const second[] = { "220 mx\r\n", "235 ok\r\n", NULL };
  static const char *const third[] = { "220 mx\r\n", "535 no\r\n", NULL };
  static const char *const fourth[] = { "220 mx\r\n", CHALLENGE, "235 ok\r\n", NULL };
  static const struct
  {
    const char *const *script;
    gboolean ok;
    const char *said;
  } sessions[] = {
    { first, TRUE, "AUTH CRAM-MD5\r\n" }, { second, TRUE, "AUTH PLAIN " }, { third, FALSE, "AUTH PLAIN " },
    { fourth, TRUE, "AUTH CRAM-MD5\r\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sessions); i++)
    {
      g_autoptr(ScriptedSmtp) server = scripted_smtp_new (sessions[i].script);
      g_autoptr(HeraldSmtpConnection) connection = connect_to (server);
      Outcome outcome = log_in (connection, HERALD_SMTP_AUTH_AUTO, "CRAM-MD5 PLAIN", "eve", PASSWORD, NULL, NULL);

      g_assert_cmpint (outcome.ok, ==, sessions[i].ok);
      g_assert_true (g_str_has_prefix (scripted_smtp_get_log (server), sessions[i].said));
      g_clear_error (&outcome.error);
    }
}

/* RFC 4954 4: what does not fit on the command follows when the server asks for it. */
static void
test_long_token_follows_the_command (void)
{
  static const char *const script[] = { "220 mx\r\n", "334 \r\n", "235 ok\r\n", NULL };
  static const char *const hasty[] = { "220 mx\r\n", "235 ok\r\n", NULL };
  g_autofree char *token = g_strnfill (4000, 't');

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(ScriptedSmtp) server = scripted_smtp_new (i == 0 ? script : hasty);
      g_autoptr(HeraldSmtpConnection) connection = connect_to (server);
      Outcome outcome = log_in (connection, HERALD_SMTP_AUTH_AUTO, "OAUTHBEARER", "ada", NULL, token, NULL);

      g_assert_true (g_str_has_prefix (scripted_smtp_get_log (server), "AUTH OAUTHBEARER\r\n"));
      g_assert_cmpint (outcome.ok, ==, i == 0);
      if (i == 1)
        g_assert_error (outcome.error, HERALD_ERROR, HERALD_ERROR_PROTOCOL);
      g_clear_error (&outcome.error);
    }
}

/* Also while a thread is at work */
static void
test_cancelled_login_ends (void)
{
  for (guint n = 0; n < 4; n++)
    {
      static const char *const script[] = { "220 mx\r\n", NULL };
      g_autoptr(ScriptedSmtp) server = scripted_smtp_new (script);
      g_autoptr(HeraldSmtpConnection) connection = connect_to (server);
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      Outcome outcome;

      g_cancellable_cancel (cancellable);
      outcome = log_in (connection, HERALD_SMTP_AUTH_AUTO, n % 2 == 0 ? "SCRAM-SHA-256" : "PLAIN", "ada", PASSWORD,
                        NULL, cancellable);
      g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&outcome.error);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/smtp-login/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_conversation);
    }
  g_test_add_func ("/smtp-login/remembered", test_what_has_worked_is_remembered);
  g_test_add_func ("/smtp-login/long", test_long_token_follows_the_command);
  g_test_add_func ("/smtp-login/cancelled", test_cancelled_login_ends);

  return g_test_run ();
}
