/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-login"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ctl/channel-commands.h"
#include "ctl/failure.h"
#include "ctl/page-wait.h"
#include "ctl/web-page.h"

/* What a terminal takes as one line */
#define TYPED_MAX_BYTES 4096

static const HeraldPageWaitKind login_kind = {
  .method = "LogIn",
  /* The keyring may have to be opened first. */
  .call_limit_ms = 150 * 1000,
  .cancel_method = "CancelLogin",
  .state = "LoginState",
  .problem = "LoginProblem",
  .until = "LoginUntil",
  .granted = "done",
  /* The service gives a person five minutes, and the tokens a while to be fetched and stored. */
  .limit_s = 10 * 60,
  .invitation = N_("Open this page, sign in and allow OctoHerald:"),
  .countdown = N_("Waiting until you have signed in, {time} left. Ctrl-C gives up."),
  .thanks = N_("You have signed in. Messages go out by this channel."),
  .withdrawn = N_("The login was given up"),
  .removed = N_("The channel was removed"),
  .late = N_("Nobody has signed in in time. Please begin once more."),
};

/* An address that a person has copied from a browser on another computer, on its way in */
typedef struct
{
  HeraldPageWait *wait;
  GString *typed;
  guint typed_id;
} Paste;

static void
on_take_address_ready (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  Paste *paste = user_data;
  GError *cause = NULL;
  g_autoptr(GError) error = NULL;

  if (herald_dbus_channel1_call_take_login_address_finish (HERALD_DBUS_CHANNEL1 (source), result, &cause))
    return;

  herald_failure_take_dbus_error (&error, cause);
  if (!isatty (STDIN_FILENO))
    {
      herald_page_wait_end (paste->wait, g_steal_pointer (&error));
      return;
    }

  herald_page_wait_clear_countdown (paste->wait);
  g_printerr ("%s\n", error->message);
}

static void
take_line (Paste *paste,
           gsize  length)
{
  g_autofree char *line = g_strstrip (g_strndup (paste->typed->str, length));

  g_string_erase (paste->typed, 0, (gssize) MIN (length + 1, paste->typed->len));
  if (*line != '\0' && !herald_page_wait_is_withdrawn (paste->wait))
    herald_dbus_channel1_call_take_login_address (HERALD_DBUS_CHANNEL1 (paste->wait->object), line, NULL,
                                                  on_take_address_ready, paste);
}

static gboolean
on_typed (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  Paste *paste = user_data;
  char buffer[1024];
  ssize_t n_bytes = read (fd, buffer, sizeof buffer);
  const char *line_end;

  if (n_bytes > 0)
    g_string_append_len (paste->typed, buffer, n_bytes);
  while ((line_end = strchr (paste->typed->str, '\n')) != NULL)
    take_line (paste, (gsize) (line_end - paste->typed->str));
  if (n_bytes > 0 && paste->typed->len <= TYPED_MAX_BYTES)
    return G_SOURCE_CONTINUE;

  take_line (paste, paste->typed->len);
  paste->typed_id = 0;

  return G_SOURCE_REMOVE;
}

static void
on_page_told (HeraldPageWait *wait,
              gpointer        user_data)
{
  Paste *paste = user_data;

  if (!wait->json)
    {
      g_print ("%s\n\n", _("If the browser is on another computer it cannot come back from there, and shows an error. Copy "
                           "the address it shows then, and paste it here; be quick, it is good for half a minute."));
      fflush (stdout);
    }

  paste->typed_id = g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR | G_IO_NVAL, on_typed, paste);
}

gboolean
herald_channel_run_login (HeraldCall  *call,
                          GError     **error)
{
  gboolean json = FALSE;
  gboolean no_browser = FALSE;
  const GOptionEntry entries[] = {
    { "no-browser", 0, 0, G_OPTION_ARG_NONE, &no_browser, N_("Do not open the page, only print its address"), NULL },
    HERALD_CHANNEL_JSON_ENTRY (json),
    { NULL },
  };
  g_autoptr(HeraldDBusChannel1) channel = NULL;
  g_autoptr(GString) typed = g_string_new (NULL);
  HeraldPageWait wait = { .kind = &login_kind, .on_page = on_page_told };
  Paste paste = { .wait = &wait, .typed = typed };
  gboolean granted;

  if (!herald_call_parse (call, entries, 1, 1, error) || !herald_call_connect (call, error))
    return FALSE;
  channel = herald_client_find_channel (call->client, call->words[0], error);
  if (channel == NULL)
    return FALSE;

  wait.object = G_DBUS_PROXY (channel);
  wait.manager = call->client->manager;
  wait.json = json;
  wait.opens_browser = !no_browser && herald_web_page_can_open ();
  wait.user_data = &paste;
  granted = herald_page_wait_run (&wait, error);
  g_clear_handle_id (&paste.typed_id, g_source_remove);

  return granted;
}
