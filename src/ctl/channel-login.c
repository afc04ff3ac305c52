/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-login"

#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/text.h"
#include "ctl/channel-commands.h"
#include "ctl/failure.h"
#include "ctl/output.h"
#include "ctl/web-page.h"

#define PAGE_MAX_CHARS 2000
#define PROBLEM_MAX_CHARS 2000

/* What a terminal takes as one line */
#define TYPED_MAX_BYTES 4096

/* The service gives a person five minutes, and the tokens a while to be fetched and stored. */
#define LIMIT_S (10 * 60)

/* The keyring may have to be opened first. */
#define CALL_LIMIT_MS (150 * 1000)

/*
 * A login, from asking until somebody has signed in. It ends the loop with an error or without one.
 */
typedef struct
{
  HeraldDBusChannel1 *channel;
  GMainLoop *loop;
  gboolean json;
  gboolean opens_browser;
  gint64 started_us;
  guint typed_id;
  GString *typed;
  gboolean has_page;
  gboolean withdrawn;
  GError *error;
} Login;

static void
print_json_word (const char *name,
                 const char *word)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  herald_output_add_text (builder, name, word);
  json_builder_end_object (builder);
  herald_output_print_json (builder, FALSE);
}

static void
clear_countdown (Login *login)
{
  /* ECMA-48, “EL” */
  if (!login->json && herald_output_is_terminal ())
    g_print ("\r\033[K");
}

static void
end (Login  *login,
     GError *taken_error)
{
  clear_countdown (login);
  g_clear_error (&login->error);
  login->error = taken_error;
  g_main_loop_quit (login->loop);
}

static void
end_with_sentence (Login      *login,
                   const char *sentence)
{
  GError *error = NULL;

  herald_failure_set_refused (&error, sentence);
  end (login, error);
}

static void
end_in_state (Login      *login,
              const char *state)
{
  const char *problem = herald_dbus_channel1_get_login_problem (login->channel);
  g_autofree char *sentence = herald_text_clean (problem, PROBLEM_MAX_CHARS);

  clear_countdown (login);
  if (login->json)
    print_json_word ("state", *state != '\0' ? state : "withdrawn");

  if (g_str_equal (state, "done"))
    {
      if (!login->json)
        g_print ("%s\n", _("You have signed in. Messages go out by this channel."));
      end (login, NULL);
    }
  else
    end_with_sentence (login, *sentence != '\0' ? sentence : _("The login was given up"));
}

/* An address that a person has copied from a browser on another computer */

static void
on_take_address_ready (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  Login *login = user_data;
  GError *cause = NULL;
  g_autoptr(GError) error = NULL;

  if (herald_dbus_channel1_call_take_login_address_finish (HERALD_DBUS_CHANNEL1 (source), result, &cause))
    return;

  herald_failure_take_dbus_error (&error, cause);
  if (!isatty (STDIN_FILENO))
    {
      end (login, g_steal_pointer (&error));
      return;
    }

  clear_countdown (login);
  g_printerr ("%s\n", error->message);
}

static void
take_line (Login *login,
           gsize  length)
{
  g_autofree char *line = g_strstrip (g_strndup (login->typed->str, length));

  g_string_erase (login->typed, 0, (gssize) MIN (length + 1, login->typed->len));
  if (*line != '\0' && !login->withdrawn)
    herald_dbus_channel1_call_take_login_address (login->channel, line, NULL, on_take_address_ready, login);
}

static gboolean
on_typed (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  Login *login = user_data;
  char buffer[1024];
  ssize_t n_bytes = read (fd, buffer, sizeof buffer);
  const char *line_end;

  if (n_bytes > 0)
    g_string_append_len (login->typed, buffer, n_bytes);
  while ((line_end = strchr (login->typed->str, '\n')) != NULL)
    take_line (login, (gsize) (line_end - login->typed->str));
  if (n_bytes > 0 && login->typed->len <= TYPED_MAX_BYTES)
    return G_SOURCE_CONTINUE;

  take_line (login, login->typed->len);
  login->typed_id = 0;

  return G_SOURCE_REMOVE;
}

/* The page, and what becomes of it */

static void
tell_page (Login      *login,
           const char *foreign)
{
  g_autofree char *page = herald_text_clean (foreign, PAGE_MAX_CHARS);

  login->has_page = TRUE;
  if (login->json)
    {
      print_json_word ("page", page);
    }
  else
    {
      g_print ("%s\n\n  %s\n\n", _("Open this page, sign in and allow OctoHerald:"), page);
      g_print ("%s\n\n", _("If the browser is on another computer it cannot come back from there, and shows an error. Copy "
                           "the address it shows then, and paste it here; be quick, it is good for half a minute."));
      fflush (stdout);
    }

  login->typed_id = g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR | G_IO_NVAL, on_typed, login);
  if (login->opens_browser)
    herald_web_page_open (page);
}

static void
on_properties_changed (GDBusProxy *channel,
                       GVariant   *changed,
                       GStrv       invalidated,
                       gpointer    user_data)
{
  Login *login = user_data;
  const char *state = NULL;

  if (login->has_page && !login->withdrawn && g_variant_lookup (changed, "LoginState", "&s", &state) &&
      !g_str_equal (state, "waiting"))
    end_in_state (login, state);
}

static void
on_object_removed (GDBusObjectManager *manager,
                   GDBusObject        *object,
                   gpointer            user_data)
{
  Login *login = user_data;
  g_autofree char *owner = g_dbus_object_manager_client_get_name_owner (G_DBUS_OBJECT_MANAGER_CLIENT (manager));
  GError *error = NULL;

  if (g_strcmp0 (g_dbus_object_get_object_path (object),
                 g_dbus_proxy_get_object_path (G_DBUS_PROXY (login->channel))) != 0)
    return;

  if (owner != NULL)
    {
      end_with_sentence (login, _("The channel was removed"));
      return;
    }

  g_set_error_literal (&error, HERALD_FAILURE, HERALD_FAILURE_UNREACHABLE, _("OctoHerald has ended"));
  end (login, error);
}

static void
on_log_in_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Login *login = user_data;
  g_autofree char *page = NULL;
  const char *state;
  GError *cause = NULL;
  GError *error = NULL;

  if (!herald_dbus_channel1_call_log_in_finish (HERALD_DBUS_CHANNEL1 (source), &page, result, &cause))
    {
      herald_failure_take_dbus_error (&error, cause);
      end (login, error);
      return;
    }

  tell_page (login, page);
  state = herald_dbus_channel1_get_login_state (login->channel);
  /* It may have been very quick */
  if (g_strcmp0 (state, "waiting") != 0 && state != NULL && *state != '\0')
    end_in_state (login, state);
}

/* Who gives up */

static void
on_cancel_login_ready (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  Login *login = user_data;

  herald_dbus_channel1_call_cancel_login_finish (HERALD_DBUS_CHANNEL1 (source), result, NULL);
  if (login->json && login->has_page)
    print_json_word ("state", "withdrawn");
  end_with_sentence (login, _("The login was given up"));
}

/* Who is impatient and interrupts twice does not wait for the service. */
static gboolean
on_interrupt (gpointer user_data)
{
  Login *login = user_data;

  if (login->withdrawn)
    {
      end_with_sentence (login, _("The login was given up"));
      return G_SOURCE_CONTINUE;
    }

  login->withdrawn = TRUE;
  clear_countdown (login);
  herald_dbus_channel1_call_cancel_login (login->channel, NULL, on_cancel_login_ready, login);

  return G_SOURCE_CONTINUE;
}

static void
print_countdown (Login *login)
{
  const char *until = herald_dbus_channel1_get_login_until (login->channel);
  g_autoptr(GDateTime) moment = until != NULL ? g_date_time_new_from_iso8601 (until, NULL) : NULL;
  gint64 left_s;

  if (moment == NULL)
    return;

  left_s = MAX (g_date_time_to_unix (moment) - g_get_real_time () / G_USEC_PER_SEC, 0);
  /* Translators: minutes and seconds, e.g. 4:41 */
  g_print (_("\rWaiting until you have signed in, %d:%02d left. Ctrl-C gives up. "), (int) (left_s / 60),
           (int) (left_s % 60));
}

static gboolean
on_second_timeout (gpointer user_data)
{
  Login *login = user_data;

  if (g_get_monotonic_time () - login->started_us > LIMIT_S * G_USEC_PER_SEC)
    end_with_sentence (login, _("Nobody has signed in in time. Please begin once more."));
  else if (login->has_page && !login->withdrawn && !login->json && herald_output_is_terminal ())
    print_countdown (login);

  return G_SOURCE_CONTINUE;
}

/* Returns: (nullable) (transfer full): why nobody has signed in */
static GError *
ask (Login              *login,
     GDBusObjectManager *manager)
{
  static const int interrupts[] = { SIGINT, SIGTERM, SIGHUP };
  guint interrupt_ids[G_N_ELEMENTS (interrupts)];
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint second_id = g_timeout_add_seconds (1, on_second_timeout, login);

  login->loop = loop;
  login->started_us = g_get_monotonic_time ();
  for (guint i = 0; i < G_N_ELEMENTS (interrupts); i++)
    interrupt_ids[i] = g_unix_signal_add (interrupts[i], on_interrupt, login);
  g_signal_connect (login->channel, "g-properties-changed", G_CALLBACK (on_properties_changed), login);
  g_signal_connect (manager, "object-removed", G_CALLBACK (on_object_removed), login);

  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (login->channel), CALL_LIMIT_MS);
  herald_dbus_channel1_call_log_in (login->channel, NULL, on_log_in_ready, login);
  g_main_loop_run (loop);

  g_signal_handlers_disconnect_by_data (login->channel, login);
  g_signal_handlers_disconnect_by_data (manager, login);
  for (guint i = 0; i < G_N_ELEMENTS (interrupts); i++)
    g_source_remove (interrupt_ids[i]);
  g_source_remove (second_id);
  g_clear_handle_id (&login->typed_id, g_source_remove);

  return g_steal_pointer (&login->error);
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
  Login login = { 0 };
  GError *problem;

  if (!herald_call_parse (call, entries, 1, 1, error) || !herald_call_connect (call, error))
    return FALSE;
  channel = herald_client_find_channel (call->client, call->words[0], error);
  if (channel == NULL)
    return FALSE;

  login.channel = channel;
  login.json = json;
  login.typed = typed;
  login.opens_browser = !no_browser && herald_web_page_can_open ();
  problem = ask (&login, call->client->manager);
  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, problem);

  return FALSE;
}
