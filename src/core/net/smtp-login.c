/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-login"

#include "core/net/smtp-login.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/net/smtp-auth-memory.h"
#include "core/net/smtp-verdict.h"

/* RFC 5321 4.5.3.1.4, with the line end. RFC 4954 allows more with AUTH, but servers do not, and tokens have
 * thousands: then the answer comes after the command. */
#define COMMAND_MAX_BYTES 512

/* A login under way. */
typedef struct
{
  HeraldSmtpAccount *account;
  char *offered;
  HeraldSmtpAuthCase choice;
  HeraldSmtpAuth auth;
  HeraldSasl *sasl;
  char *waiting_answer; /* what did not fit on the command */
  gboolean is_given_up; /* by us, within the mechanism */
  GError *refusal;      /* of the first try */
  HeraldSmtpReply *challenge;
} Login;

static void
login_free (Login *login)
{
  herald_smtp_account_unref (login->account);
  g_free (login->offered);
  g_clear_pointer (&login->sasl, herald_sasl_free);
  g_clear_pointer (&login->waiting_answer, herald_sasl_wipe);
  g_clear_error (&login->refusal);
  g_clear_pointer (&login->challenge, herald_smtp_reply_free);
  g_free (login);
}

static void on_exchange_ready (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data);

static void
free_command (gpointer data)
{
  herald_sasl_wipe (data);
}

/* Takes the task. */
static void
say (GTask *task,
     char  *taken_line)
{
  g_autoptr(GBytes) command = g_bytes_new_with_free_func (taken_line, strlen (taken_line), free_command, taken_line);

  herald_smtp_connection_exchange_async (g_task_get_source_object (task), command, HERALD_SMTP_COMMAND_LIMIT_MS,
                                         g_task_get_cancellable (task), on_exchange_ready, task);
}

/* Takes the task. @error is what the mechanism says of the challenge. */
static void
give_up_mechanism (GTask        *task,
                   const GError *error)
{
  Login *login = g_task_get_task_data (task);

  if (g_error_matches (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED))
    {
      /* RFC 4954 4: now the server refuses, and another way is open. */
      login->is_given_up = TRUE;
      say (task, g_strdup ("*\r\n"));
      return;
    }

  g_task_return_error (task, g_error_copy (error));
  g_object_unref (task);
}

/* Takes the task. */
static void
say_answer (GTask *task,
            char  *taken_answer)
{
  Login *login = g_task_get_task_data (task);
  gboolean first = login->challenge == NULL;
  gsize overhead = strlen ("AUTH  \r\n") + strlen (herald_sasl_get_name (login->sasl));

  herald_log_add_passing_secret (taken_answer);
  if (first && strlen (taken_answer) + overhead > COMMAND_MAX_BYTES)
    {
      login->waiting_answer = taken_answer;
      say (task, g_strdup_printf ("AUTH %s\r\n", herald_sasl_get_name (login->sasl)));
      return;
    }

  /* RFC 4954 4: nothing at all is said as "=", where it could be taken for no answer. */
  if (first)
    say (task, g_strdup_printf ("AUTH %s %s\r\n", herald_sasl_get_name (login->sasl),
                                *taken_answer != '\0' ? taken_answer : "="));
  else
    say (task, g_strdup_printf ("%s\r\n", taken_answer));
  herald_sasl_wipe (taken_answer);
}

static char *
make_answer (Login   *login,
             GError **error)
{
  const char *challenge = NULL;

  if (login->challenge != NULL)
    challenge = login->challenge->lines->len > 0 ? g_ptr_array_index (login->challenge->lines, 0) : "";

  return herald_sasl_step (login->sasl, challenge, error);
}

static void
make_answer_in_thread (GTask        *step,
                       gpointer      source_object,
                       gpointer      task_data,
                       GCancellable *cancellable)
{
  GError *error = NULL;
  char *answer = make_answer (task_data, &error);

  if (answer != NULL)
    g_task_return_pointer (step, answer, (GDestroyNotify) herald_sasl_wipe);
  else
    g_task_return_error (step, error);
}

/* Takes the task and the answer. */
static void
go_on (GTask  *task,
       char   *taken_answer,
       GError *error)
{
  if (taken_answer != NULL)
    say_answer (task, taken_answer);
  else
    give_up_mechanism (task, error);
}

static void
on_answer_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  char *words = g_task_propagate_pointer (G_TASK (result), &error);

  go_on (g_steal_pointer (&task), words, error);
}

/* Takes the task. */
static void
answer (GTask *task)
{
  Login *login = g_task_get_task_data (task);
  g_autoptr(GTask) step = NULL;
  g_autoptr(GError) error = NULL;
  char *words = NULL;

  if (!herald_sasl_is_slow (login->sasl))
    {
      words = make_answer (login, &error);
      go_on (task, words, error);
      return;
    }

  /* The login lives until the thread is done: the task does. */
  step = g_task_new (NULL, g_task_get_cancellable (task), on_answer_ready, task);
  g_task_set_source_tag (step, answer);
  g_task_set_task_data (step, login, NULL);
  g_task_run_in_thread (step, make_answer_in_thread);
}

/* Takes the task. */
static void
begin (GTask          *task,
       HeraldSmtpAuth  auth)
{
  Login *login = g_task_get_task_data (task);
  const HeraldSmtpAccount *account = login->account;
  HeraldSaslIdentity identity = {
    .user = account->user,
    .password = account->password,
    .token = account->token,
    .host = account->host,
    .port = account->port,
  };

  login->auth = auth;
  login->is_given_up = FALSE;
  g_clear_pointer (&login->waiting_answer, herald_sasl_wipe);
  g_clear_pointer (&login->challenge, herald_smtp_reply_free);
  g_clear_pointer (&login->sasl, herald_sasl_free);
  login->sasl = herald_sasl_new (herald_smtp_auth_get_mechanism (auth), &identity);
  g_debug ("Logging in by %s", herald_sasl_get_name (login->sasl));

  if (herald_sasl_speaks_first (login->sasl))
    answer (task);
  else
    say (task, g_strdup_printf ("AUTH %s\r\n", herald_sasl_get_name (login->sasl)));
}

/* Takes the task. */
static void
take_challenge (GTask           *task,
                HeraldSmtpReply *taken_reply)
{
  Login *login = g_task_get_task_data (task);

  g_clear_pointer (&login->challenge, herald_smtp_reply_free);
  login->challenge = taken_reply;

  if (login->is_given_up)
    {
      g_task_return_error (task, herald_smtp_verdict_on_reply (HERALD_SMTP_STEP_LOGIN, taken_reply));
      g_object_unref (task);
    }
  else if (login->waiting_answer != NULL)
    {
      char *words = g_steal_pointer (&login->waiting_answer);

      say (task, g_strdup_printf ("%s\r\n", words));
      herald_sasl_wipe (words);
    }
  else
    {
      answer (task);
    }
}

static GError *
make_refusal (Login                 *login,
              const HeraldSmtpReply *reply)
{
  g_autoptr(GError) verdict = herald_smtp_verdict_on_reply (HERALD_SMTP_STEP_LOGIN, reply);
  const char *words = herald_error_get_reply (verdict);
  const char *complaint = herald_sasl_get_complaint (login->sasl);
  g_autofree char *all = NULL;
  GError *refusal;

  if (!herald_smtp_auth_takes_token (login->auth) ||
      !g_error_matches (verdict, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED))
    return g_steal_pointer (&verdict);

  refusal = g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED,
                                 _("The mail server no longer accepts that we send for this account. "
                                   "Sign in again in the settings of your desktop."));
  all = complaint != NULL ? g_strdup_printf ("%s (%s)", words, complaint) : g_strdup (words);
  herald_error_set_reply (refusal, reply->code, all);

  return refusal;
}

/* Takes the task. */
static void
take_refusal (GTask                 *task,
              const HeraldSmtpReply *reply)
{
  Login *login = g_task_get_task_data (task);
  HeraldSmtpAuth next = HERALD_SMTP_AUTH_AUTO;

  if (reply->code >= 500)
    herald_smtp_auth_memory_set (login->account, HERALD_SMTP_AUTH_AUTO);
  if (login->refusal == NULL)
    next = herald_smtp_auth_choose_again (&login->choice, login->auth, reply);

  if (next == HERALD_SMTP_AUTH_AUTO)
    {
      g_task_return_error (task, make_refusal (login, reply));
      g_object_unref (task);
      return;
    }

  login->refusal = make_refusal (login, reply);
  begin (task, next);
}

/* Takes the task. */
static void
take_success (GTask *task)
{
  Login *login = g_task_get_task_data (task);
  GError *error = NULL;

  if (login->is_given_up || login->waiting_answer != NULL)
    error = g_error_new_literal (HERALD_ERROR, HERALD_ERROR_PROTOCOL,
                                 _("The mail server gave an answer that makes no sense."));
  else if (herald_sasl_check_success (login->sasl, &error) && login->refusal != NULL)
    herald_smtp_auth_memory_set (login->account, login->auth);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
on_exchange_ready (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Login *login = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldSmtpReply) reply = NULL;
  gboolean early = FALSE;
  gboolean is_lost;

  reply = herald_smtp_connection_exchange_finish (HERALD_SMTP_CONNECTION (object), result, &early, &error);
  is_lost = (reply == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) ||
            (reply != NULL && (early || reply->code == 421));

  /* Some servers hang up once they have refused; then that was their last word. */
  if (is_lost && login->refusal != NULL)
    g_task_return_error (task, g_steal_pointer (&login->refusal));
  else if (reply == NULL)
    g_task_return_error (task, herald_smtp_verdict_on_failure (HERALD_SMTP_STEP_LOGIN, error));
  else if (early)
    g_task_return_error (task, herald_smtp_verdict_on_reply (HERALD_SMTP_STEP_LOGIN, reply));
  else if (reply->code == 334)
    take_challenge (g_steal_pointer (&task), g_steal_pointer (&reply));
  else if (reply->code / 100 == 2)
    take_success (g_steal_pointer (&task));
  else
    take_refusal (g_steal_pointer (&task), reply);
}

static gboolean
is_set (const char *secret)
{
  return secret != NULL && *secret != '\0';
}

static gboolean
wants_login (const HeraldSmtpAccount *account)
{
  if (!herald_smtp_account_logs_in (account))
    return FALSE;

  return account->auth != HERALD_SMTP_AUTH_AUTO || is_set (account->password) || is_set (account->token);
}

/**
 * herald_smtp_login_async:
 * @capabilities: what the server says it can do
 *
 * Logs in (RFC 4954), at most twice: the second time in another way, if the first one may have failed for
 * reasons of its own. Neither password nor token nor anything made of them travels in the clear, except to a
 * server on this very computer. An account without a user, or with nothing to show for it, needs no login
 * and succeeds at once.
 */
void
herald_smtp_login_async (HeraldSmtpConnection         *connection,
                         HeraldSmtpAccount            *account,
                         const HeraldSmtpCapabilities *capabilities,
                         GCancellable                 *cancellable,
                         GAsyncReadyCallback           callback,
                         gpointer                      user_data)
{
  g_autoptr(GTask) task = g_task_new (connection, cancellable, callback, user_data);
  g_autoptr(GError) error = NULL;
  HeraldSmtpAuth auth;
  Login *login;

  if (!wants_login (account))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (!herald_smtp_connection_is_encrypted (connection) && !herald_smtp_connection_is_loopback (connection))
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_UNTRUSTED, "%s",
                               _("The password would travel unencrypted, so it was not sent. "
                                 "Choose “tls” or “starttls”."));
      return;
    }

  login = g_new0 (Login, 1);
  login->account = herald_smtp_account_ref (account);
  login->offered = g_strdup (capabilities->mechanisms);
  login->choice = (HeraldSmtpAuthCase) {
    .wanted = account->auth,
    .offered = login->offered,
    .has_password = is_set (account->password),
    .has_token = is_set (account->token),
    .encrypted = herald_smtp_connection_is_encrypted (connection),
    .known = herald_smtp_auth_memory_get (account),
  };
  g_task_set_task_data (task, login, (GDestroyNotify) login_free);

  auth = herald_smtp_auth_choose (&login->choice, &error);
  if (auth == HERALD_SMTP_AUTH_AUTO)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    begin (g_steal_pointer (&task), auth);
}

/**
 * herald_smtp_login_finish:
 *
 * Returns: whether the server lets us send; if not, @error is a HERALD_ERROR
 */
gboolean
herald_smtp_login_finish (HeraldSmtpConnection  *connection,
                          GAsyncResult          *result,
                          GError               **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
