/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-online-accounts"

#include "core/store/online-accounts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/store/online-request.h"

#define GOA "org.gnome.OnlineAccounts"
#define GOA_PATH "/org/gnome/OnlineAccounts"
#define OBJECTS_TYPE "a{oa{sa{sv}}}"

/* The desktop answers within milliseconds, unless it has to be started first. */
#define ANSWER_TIMEOUT_S 10

/* For a new token it asks the provider over the network. */
#define TOKEN_TIMEOUT_S 20

/* More than anybody has. */
#define ACCOUNTS_MAX 100

/* A Microsoft token has some 2,500 letters. */
#define SECRET_MAX_BYTES (16 * 1024)

/* Logging in */

static void
return_account (HeraldOnlineRequest *request)
{
  g_autoptr(GTask) task = herald_online_request_conclude (request);

  g_task_return_pointer (task, herald_online_account_ref (request->account),
                         (GDestroyNotify) herald_online_account_unref);
}

static gboolean
is_plausible (HeraldOnlineRequest *request,
              const char          *secret)
{
  if (*secret == '\0' || strlen (secret) > SECRET_MAX_BYTES)
    return FALSE;

  /* A token goes into a header as it is (RFC 6750, 2.1). */
  for (const char *c = secret; request->account->login == HERALD_ONLINE_TOKEN && *c != '\0'; c++)
    {
      if (!g_ascii_isgraph (*c))
        return FALSE;
    }

  return TRUE;
}

static void
on_get_secret_ready (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(HeraldOnlineRequest) request = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  const char *secret;

  if (request->task == NULL)
    return;
  if (reply == NULL)
    {
      herald_online_request_fail_with_error (request, error);
      return;
    }

  g_variant_get_child (reply, 0, "&s", &secret);
  if (!is_plausible (request, secret))
    {
      herald_online_request_fail_unauthorized (request);
      return;
    }

  if (request->account->login == HERALD_ONLINE_TOKEN)
    herald_log_add_passing_secret (secret);
  else
    herald_log_add_secret (secret);
  request->secret = g_strdup (secret);
  return_account (request);
}

static void
get_secret (HeraldOnlineRequest *request)
{
  const char *path = request->account->path;

  herald_online_request_set_limit (request, TOKEN_TIMEOUT_S);
  if (request->account->login == HERALD_ONLINE_TOKEN)
    herald_online_request_call (request, path, GOA ".OAuth2Based", "GetAccessToken", NULL, "(si)",
                                on_get_secret_ready);
  else
    herald_online_request_call (request, path, GOA ".PasswordBased", "GetPassword",
                                g_variant_new ("(s)", "smtp-password"), "(s)", on_get_secret_ready);
}

static void
on_ensure_credentials_ready (GObject      *source,
                             GAsyncResult *result,
                             gpointer      user_data)
{
  g_autoptr(HeraldOnlineRequest) request = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (request->task == NULL)
    return;
  if (reply == NULL)
    herald_online_request_fail_with_error (request, error);
  else
    get_secret (request);
}

/* Credentials are ensured only for a token that was refused: for a password that would log in to the servers
 * of the account, each time. That attention is needed stops nobody: the daemon also says so when there was
 * no network yet as it started. */
static void
log_in (HeraldOnlineRequest *request)
{
  if (request->account->login == HERALD_ONLINE_NO_LOGIN || request->effort == HERALD_ONLINE_LOOK)
    return_account (request);
  else if (request->account->login == HERALD_ONLINE_TOKEN && request->effort == HERALD_ONLINE_RENEW)
    {
      herald_online_request_set_limit (request, TOKEN_TIMEOUT_S);
      herald_online_request_call (request, request->account->path, GOA ".Account", "EnsureCredentials", NULL, "(i)",
                                  on_ensure_credentials_ready);
    }
  else
    get_secret (request);
}

/* Finding */

static GPtrArray *
read_accounts (GVariant *objects)
{
  g_autoptr(GPtrArray) accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_online_account_unref);

  for (gsize i = 0; accounts->len < ACCOUNTS_MAX && i < g_variant_n_children (objects); i++)
    {
      g_autoptr(GVariant) interfaces = NULL;
      const char *path;
      HeraldOnlineAccount *account;

      g_variant_get_child (objects, i, "{&o@a{sa{sv}}}", &path, &interfaces);
      account = herald_online_account_read (path, interfaces);
      if (account != NULL)
        g_ptr_array_add (accounts, account);
    }

  return g_steal_pointer (&accounts);
}

/* Of several accounts with the same address one that works. */
static HeraldOnlineAccount *
choose (GPtrArray  *accounts,
        const char *words)
{
  HeraldOnlineAccount *chosen = NULL;

  for (guint i = 0; i < accounts->len; i++)
    {
      HeraldOnlineAccount *account = g_ptr_array_index (accounts, i);

      if (herald_online_account_is_called (account, words) &&
          (chosen == NULL || chosen->problem != HERALD_ONLINE_FINE))
        chosen = account;
    }

  return chosen;
}

static void
fail_without_account (HeraldOnlineRequest *request)
{
  g_autofree char *sentence =
    /* Translators: an address or the like */
    g_strdup_printf (_("The Online Accounts of your desktop have no account “%s” that sends mail. Add it in Settings → "
                       "Online Accounts, or choose another one"),
                     request->words);

  herald_online_request_fail (request, HERALD_ERROR_SETTINGS, sentence);
}

static void
use_account (HeraldOnlineRequest *request,
             HeraldOnlineAccount *account)
{
  g_autofree char *sentence = NULL;

  request->account = herald_online_account_ref (account);
  if (account->problem == HERALD_ONLINE_FINE || account->problem == HERALD_ONLINE_ATTENTION)
    {
      log_in (request);
      return;
    }

  /* Translators: an account, and a sentence that says what is wrong with it */
  sentence = g_strdup_printf (_("The account “%s” sends no mail. %s"), account->name,
                              herald_online_account_describe_problem (account));
  herald_online_request_fail (request, HERALD_ERROR_SETTINGS, sentence);
}

static void
on_get_objects_ready (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(HeraldOnlineRequest) request = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr(GVariant) objects = NULL;
  g_autoptr(GPtrArray) accounts = NULL;
  HeraldOnlineAccount *account;

  if (request->task == NULL)
    return;
  if (reply == NULL)
    {
      herald_online_request_fail_with_error (request, error);
      return;
    }

  objects = g_variant_get_child_value (reply, 0);
  accounts = read_accounts (objects);
  if (request->words == NULL)
    {
      g_autoptr(GTask) task = herald_online_request_conclude (request);

      g_task_return_pointer (task, g_steal_pointer (&accounts), (GDestroyNotify) g_ptr_array_unref);
      return;
    }

  account = choose (accounts, request->words);
  if (account != NULL)
    use_account (request, account);
  else
    fail_without_account (request);
}

static void
on_bus_ready (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(HeraldOnlineRequest) request = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;

  request->bus = g_bus_get_finish (result, &error);
  if (request->task == NULL)
    return;
  if (request->bus == NULL)
    herald_online_request_fail_with_error (request, error);
  else
    herald_online_request_call (request, GOA_PATH, "org.freedesktop.DBus.ObjectManager", "GetManagedObjects", NULL,
                                "(" OBJECTS_TYPE ")", on_get_objects_ready);
}

static void
start (const char          *words,
       HeraldOnlineEffort   effort,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  g_autoptr(HeraldOnlineRequest) request =
    herald_online_request_new (g_task_new (NULL, NULL, callback, user_data), cancellable);

  request->words = g_strdup (words);
  request->effort = effort;
  herald_online_request_set_limit (request, ANSWER_TIMEOUT_S);
  /* Without the cancellable: who cancels the making of everybody's connection leaves a broken one to those who ask next. */
  g_bus_get (G_BUS_TYPE_SESSION, NULL, on_bus_ready, g_rc_box_acquire (request));
}

/**
 * herald_online_accounts_list_async:
 *
 * Asks GNOME Online Accounts, for at most ten seconds, which accounts send mail.
 */
void
herald_online_accounts_list_async (GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  start (NULL, HERALD_ONLINE_AS_IS, cancellable, callback, user_data);
}

/**
 * herald_online_accounts_list_finish:
 *
 * Returns: (transfer container) (element-type HeraldOnlineAccount): the accounts; %NULL with
 *   HERALD_ERROR_SETTINGS if this desktop has none such, or HERALD_ERROR_UNREACHABLE
 */
GPtrArray *
herald_online_accounts_list_finish (GAsyncResult  *result,
                                    GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * herald_online_accounts_sign_in_async:
 * @words: id or address of an account
 *
 * Looks up an account with what is needed to log in, for at most ten seconds and, where a token must
 * be fetched, forty more.
 */
void
herald_online_accounts_sign_in_async (const char          *words,
                                      HeraldOnlineEffort   effort,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_return_if_fail (words != NULL);

  start (words, effort, cancellable, callback, user_data);
}

/**
 * herald_online_accounts_sign_in_finish:
 * @secret: (out) (nullable): the token or password, known to the log's redactor; %NULL if the account has no login,
 *   or was only looked at
 *
 * Returns: (transfer full): the account; %NULL with HERALD_ERROR_SETTINGS if there is no such account or it sends no
 *   mail, HERALD_ERROR_UNAUTHORIZED if its user must sign in again, HERALD_ERROR_UNREACHABLE if it may work later
 */
HeraldOnlineAccount *
herald_online_accounts_sign_in_finish (GAsyncResult  *result,
                                       char         **secret,
                                       GError       **error)
{
  HeraldOnlineRequest *request = g_task_get_task_data (G_TASK (result));
  HeraldOnlineAccount *account = g_task_propagate_pointer (G_TASK (result), error);

  if (account != NULL)
    *secret = g_steal_pointer (&request->secret);

  return account;
}
