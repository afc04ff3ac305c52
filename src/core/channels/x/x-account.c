/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-account"

#include "core/channels/x/x-account.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/channels/x/x-answer.h"

/* X's own limits are 15 and 50. */
#define NAME_MAX_CHARS 50

static char *
describe (JsonObject *data,
          const char *access_level)
{
  g_autofree char *user = herald_json_dup_text (data, "username", NAME_MAX_CHARS);
  g_autofree char *name = herald_json_dup_text (data, "name", NAME_MAX_CHARS);
  g_autofree char *who = NULL;

  if (user == NULL)
    return NULL;
  /* Translators: the names of an account at X, e.g. “Logged in as @bench_printer (Bench).” */
  who = name != NULL ? g_strdup_printf (_("Logged in as @%s (%s)."), user, name)
                     : g_strdup_printf (_("Logged in as @%s."), user);
  if (g_strcmp0 (access_level, "read") != 0)
    return g_steal_pointer (&who);

  return g_strconcat (who, " ",
                      _("But the app may only read: in X's console set its permissions to “Read and write”, then create "
                        "access token and secret anew and fill them in here."), NULL);
}

static void
on_reply_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  GError *error = NULL;
  g_autoptr(HeraldXReply) reply = herald_x_client_send_finish (HERALD_X_CLIENT (object), result, &error);
  g_autoptr(JsonObject) data = reply != NULL ? herald_x_answer_ref_data (reply->body) : NULL;
  char *sentence = data != NULL ? describe (data, reply->access_level) : NULL;

  if (sentence != NULL)
    g_task_return_pointer (task, sentence, g_free);
  else if (reply == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_PROTOCOL, "%s",
                             _("The answer does not say whose account this is. Something in the network may stand between here "
                               "and X; try again later."));
}

void
herald_x_account_ask_async (HeraldXClient       *client,
                            const HeraldXVisit  *visit,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  const HeraldXRequest request = {
    .action = HERALD_X_READ_ACCOUNT,
    .method = SOUP_METHOD_GET,
    .path = "/2/users/me",
  };

  herald_x_client_send_async (client, visit, &request, cancellable, on_reply_ready,
                              g_task_new (client, cancellable, callback, user_data));
}

char *
herald_x_account_ask_finish (HeraldXClient  *client,
                             GAsyncResult   *result,
                             GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
