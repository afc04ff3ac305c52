/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-login"

#include "core/net/smtp-login.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/net/smtp-verdict.h"

/* As for every other command (core/net/smtp-client.c). */
#define ANSWER_LIMIT_MS (60 * 1000)

/* A login under way. */
typedef struct
{
  HeraldSmtpAccount *account;
  const HeraldSmtpMechanism *mechanism;
  guint n_answers;
} Login;

static void
login_free (Login *login)
{
  herald_smtp_account_unref (login->account);
  g_free (login);
}

static void on_exchange_ready (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data);

/* Takes the task. */
static void
say (GTask      *task,
     const char *line)
{
  g_autoptr(GBytes) command = g_bytes_new (line, strlen (line));

  herald_smtp_connection_exchange_async (g_task_get_source_object (task), command, ANSWER_LIMIT_MS,
                                         g_task_get_cancellable (task), on_exchange_ready, task);
}

/* Takes the task. */
static void
answer (GTask      *task,
        const char *challenge)
{
  Login *login = g_task_get_task_data (task);
  gboolean first = challenge == NULL;
  g_autofree char *words = NULL;
  g_autofree char *line = NULL;

  if (first && !login->mechanism->initial)
    {
      line = g_strdup_printf ("AUTH %s\r\n", login->mechanism->name);
      say (task, line);
      return;
    }

  words = herald_smtp_auth_answer (login->mechanism, login->n_answers++, challenge,
                                   login->account->user, login->account->password);
  herald_log_add_secret (words);
  line = first ? g_strdup_printf ("AUTH %s %s\r\n", login->mechanism->name, words)
               : g_strdup_printf ("%s\r\n", words);
  say (task, line);
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

  reply = herald_smtp_connection_exchange_finish (HERALD_SMTP_CONNECTION (object), result, &early, &error);
  if (reply == NULL)
    g_task_return_error (task, herald_smtp_verdict_on_failure (HERALD_SMTP_STEP_LOGIN, error));
  else if (!early && reply->code == 334 && login->n_answers < login->mechanism->n_answers)
    answer (g_steal_pointer (&task), reply->lines->len > 0 ? g_ptr_array_index (reply->lines, 0) : "");
  else if (early || reply->code / 100 != 2)
    g_task_return_error (task, herald_smtp_verdict_on_reply (HERALD_SMTP_STEP_LOGIN, reply));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * herald_smtp_login_async:
 * @capabilities: what the server says it can do
 *
 * Logs in (RFC 4954). A password never travels in the clear, except to a server on this very
 * computer. An account without a user needs no login and succeeds at once.
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
  Login *login;

  if (account->user == NULL || account->auth == HERALD_SMTP_AUTH_NONE)
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
  g_task_set_task_data (task, login, (GDestroyNotify) login_free);
  login->mechanism = herald_smtp_auth_require (account->auth, capabilities->mechanisms, &error);
  if (login->mechanism == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    answer (g_steal_pointer (&task), NULL);
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
