/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-printer-access"

#include <locale.h>
#include <stdio.h>

#include "core/base/error.h"
#include "core/printers/octoprint/address-search.h"
#include "core/printers/octoprint/application-key.h"
#include "core/printers/octoprint/frame.h"
#include "core/printers/octoprint/octoprint-socket.h"
#include "core/printers/octoprint/sign-in.h"

/* Gets into an OctoPrint the way the command line says, and prints what came of it, a word and its
 * value a line:
 *
 *   printer-access --search 127.0.0.1:5000            found URL
 *   printer-access --url URL --request NAME           page URL, key KEY
 *   printer-access --url URL --key KEY [--user --password --certificate]
 *                                                     user NAME, version VERSION, live
 *
 * or `error KIND SENTENCE`, and `certificate FINGERPRINT` of one that was not trusted. */

/* Longer than any wait here; a person who decides is played by the test. */
#define LIMIT_S 60

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
  HeraldOctoprintServer *server;
  HeraldOctoprintSocket *socket;
} Visit;

static void
end_with (Visit        *visit,
          const GError *error)
{
  if (error != NULL)
    g_print ("error %s %s\n", error->domain == HERALD_ERROR ? error_names[error->code] : "foreign", error->message);
  if (visit->server != NULL && herald_octoprint_server_get_certificate (visit->server) != NULL)
    g_print ("certificate %s\n", herald_octoprint_server_get_certificate (visit->server)->fingerprint);
  g_main_loop_quit (visit->loop);
}

static void
on_search_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *found = herald_address_search_finish (result, &error);

  if (found != NULL)
    g_print ("found %s\n", found);
  end_with (user_data, error);
}

static void
on_page (const char *page,
         gpointer    user_data)
{
  g_print ("page %s\n", page);
  fflush (stdout);
}

static void
on_key_ready (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *key = herald_application_key_request_finish (result, &error);

  if (key != NULL)
    g_print ("key %s\n", key);
  end_with (user_data, error);
}

static void
on_pushed (HeraldOctoprintSocket *socket,
           int                    type,
           JsonObject            *content,
           gpointer               user_data)
{
  Visit *visit = user_data;

  if (type != HERALD_PUSH_CURRENT)
    return;

  g_print ("live\n");
  g_signal_handlers_disconnect_by_data (socket, visit);
  herald_octoprint_socket_close (socket);
  end_with (visit, NULL);
}

static void
on_closed (HeraldOctoprintSocket *socket,
           GError                *reason,
           gpointer               user_data)
{
  end_with (user_data, reason);
}

static void
on_sign_in_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  Visit *visit = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldSignIn) answer = herald_sign_in_finish (result, &error);

  if (answer == NULL)
    {
      end_with (visit, error);
      return;
    }

  g_print ("user %s\nversion %s\n", answer->user, answer->version);
  visit->socket = herald_octoprint_socket_new (visit->server);
  g_signal_connect (visit->socket, "pushed", G_CALLBACK (on_pushed), visit);
  g_signal_connect (visit->socket, "closed", G_CALLBACK (on_closed), visit);
  herald_octoprint_socket_authenticate (visit->socket, answer->user, answer->session);
  herald_octoprint_socket_open (visit->socket);
}

static gboolean
on_limit_timeout (gpointer user_data)
{
  g_error ("it does not end");

  return G_SOURCE_REMOVE;
}

/* The options; what they point to lives as long as the program. */
static char *search, *url, *request, *key, *user, *password, *certificate;

static const GOptionEntry entries[] = {
  { "search", 0, 0, G_OPTION_ARG_STRING, &search, NULL, NULL },
  { "url", 0, 0, G_OPTION_ARG_STRING, &url, NULL, NULL },
  { "request", 0, 0, G_OPTION_ARG_STRING, &request, NULL, NULL },
  { "key", 0, 0, G_OPTION_ARG_STRING, &key, NULL, NULL },
  { "user", 0, 0, G_OPTION_ARG_STRING, &user, NULL, NULL },
  { "password", 0, 0, G_OPTION_ARG_STRING, &password, NULL, NULL },
  { "certificate", 0, 0, G_OPTION_ARG_STRING, &certificate, NULL, NULL },
  { NULL },
};

static void
begin (Visit            *visit,
       HeraldHttpClient *http)
{
  if (search != NULL)
    {
      herald_address_search_async (http, search, NULL, on_search_ready, visit);
      return;
    }

  visit->server = herald_octoprint_server_new (http, url);
  herald_octoprint_server_set_key (visit->server, key);
  herald_octoprint_server_set_login (visit->server, user, password);
  herald_octoprint_server_set_pin (visit->server, certificate);
  if (request != NULL)
    herald_application_key_request_async (visit->server, request, on_page, NULL, NULL, on_key_ready, visit);
  else
    herald_sign_in_async (visit->server, NULL, on_sign_in_ready, visit);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(HeraldHttpClient) http = herald_http_client_new ();
  g_autoptr(GError) error = NULL;
  Visit visit = { NULL };

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);

  visit.loop = g_main_loop_new (NULL, FALSE);
  g_timeout_add_seconds (LIMIT_S, on_limit_timeout, NULL);
  begin (&visit, http);
  g_main_loop_run (visit.loop);

  g_clear_object (&visit.socket);
  g_clear_object (&visit.server);
  g_main_loop_unref (visit.loop);

  return 0;
}
