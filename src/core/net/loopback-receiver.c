/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-loopback-receiver"

#include "core/net/loopback-receiver.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "core/base/error.h"
#include "core/net/sasl.h"

/* X allows 500 letters of state, and its codes have some hundred. */
#define QUERY_MAX_BYTES 4096

/* A browser on the same computer has its page long before. */
#define GOODBYE_S 3

/* libsoup has no name for it. */
#define STATUS_URI_TOO_LONG 414

#define STRANGER N_("This does not belong to the login that is under way. Please begin once more, in OctoHerald.")

/**
 * HeraldLoopbackReceiver:
 *
 * A web server for one visitor: the browser of somebody who has just signed
 * in elsewhere and is sent back to the program that asked (RFC 8252 section
 * 7.3). Any web page can send a browser here, too: whoever listens compares
 * the state.
 */
struct _HeraldLoopbackReceiver
{
  SoupServer *server;
  char *path;
  char *host; /* as the browser names it */
  char *address;
  HeraldLoopbackFunc on_query;
  gpointer user_data;
  SoupServerMessage *visitor; /* waits for the answer */
  char *query;                /* what it has brought, until somebody has looked at it */
  guint visit_id;
  SoupServerMessage *leaving; /* has its answer, but not all of it yet */
};

/* No script, no picture, nothing that leads anywhere. */
static void
set_page (SoupServerMessage *message,
          guint              status,
          const char        *sentence)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *page = g_markup_printf_escaped (
      "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
      "<title>OctoHerald</title></head>\n"
      "<body style=\"font: 1.2em sans-serif; max-width: 30em; margin: 4em auto; padding: 0 1em\">"
      "<h1>OctoHerald</h1><p>%s</p></body></html>\n", sentence);

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "Connection", "close");
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_COPY, page, strlen (page));
}

/* A name that leads here from outside would make strangers' pages friends of ours. */
static gboolean
is_for_us (HeraldLoopbackReceiver *self,
           SoupServerMessage      *message,
           const char             *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return g_str_equal (path, self->path) &&
         g_strcmp0 (soup_message_headers_get_one (headers, "Host"), self->host) == 0;
}

/* Not while the server is at work on it: whoever is told may free the receiver. */
static gboolean
on_visit_idle (gpointer user_data)
{
  HeraldLoopbackReceiver *self = user_data;
  char *query = g_steal_pointer (&self->query);

  self->visit_id = 0;
  if (!self->on_query (query, self->user_data))
    herald_loopback_receiver_answer (self, FALSE, _(STRANGER));
  herald_sasl_wipe (query);

  return G_SOURCE_REMOVE;
}

static void
on_request (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  HeraldLoopbackReceiver *self = user_data;
  const char *text = g_uri_get_query (soup_server_message_get_uri (message));

  if (!is_for_us (self, message, path))
    set_page (message, SOUP_STATUS_NOT_FOUND, _("There is nothing here."));
  else if (soup_server_message_get_method (message) != SOUP_METHOD_GET)
    set_page (message, SOUP_STATUS_METHOD_NOT_ALLOWED, _("There is nothing here."));
  else if (text != NULL && strlen (text) > QUERY_MAX_BYTES)
    set_page (message, STATUS_URI_TOO_LONG, _("This address is too long."));
  else if (self->visitor != NULL || text == NULL)
    set_page (message, SOUP_STATUS_BAD_REQUEST, _(STRANGER));
  else
    {
      self->visitor = g_object_ref (message);
      self->query = g_strdup (text);
      self->visit_id = g_idle_add (on_visit_idle, self);
      soup_server_message_pause (message);
    }
}

static gboolean
listen (HeraldLoopbackReceiver *self,
        guint16                 port)
{
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  g_autoptr(GError) error = NULL;

  if (!soup_server_listen (self->server, address, 0, &error))
    {
      g_debug ("Port %u: %s", port, error->message);
      return FALSE;
    }

  self->host = g_strdup_printf ("127.0.0.1:%u", port);
  self->address = g_strconcat ("http://", self->host, self->path, NULL);

  return TRUE;
}

HeraldLoopbackReceiver *
herald_loopback_receiver_new (const guint16       *ports,
                              const char          *path,
                              HeraldLoopbackFunc   on_query,
                              gpointer             user_data,
                              GError             **error)
{
  g_autoptr(HeraldLoopbackReceiver) self = g_new0 (HeraldLoopbackReceiver, 1);

  self->server = soup_server_new ("server-header", "OctoHerald", NULL);
  self->path = g_strdup (path);
  self->on_query = on_query;
  self->user_data = user_data;
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);

  for (guint i = 0; ports[i] != 0; i++)
    {
      if (listen (self, ports[i]))
        return g_steal_pointer (&self);
    }

  g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
               _("The browser cannot be sent back to OctoHerald: other programs use the ports %u and those after it. Another "
                 "login may be under way; else restart the computer."), ports[0]);

  return NULL;
}

static gboolean
on_goodbye (gpointer user_data)
{
  soup_server_disconnect (SOUP_SERVER (user_data));

  return G_SOURCE_REMOVE;
}

/* Not while the server is at work on it */
static void
on_left_late (SoupServerMessage *visitor,
              gpointer           user_data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, on_goodbye, g_object_ref (user_data), g_object_unref);
}

static void
on_left (SoupServerMessage *visitor,
         gpointer           user_data)
{
  HeraldLoopbackReceiver *self = user_data;

  g_signal_handlers_disconnect_by_data (visitor, self);
  g_clear_object (&self->leaving);
}

/**
 * herald_loopback_receiver_free:
 *
 * Ends the server, at once or as soon as its visitor has read what was answered.
 */
void
herald_loopback_receiver_free (HeraldLoopbackReceiver *self)
{
  herald_loopback_receiver_answer (self, FALSE, _("The login was given up."));
  g_clear_handle_id (&self->visit_id, g_source_remove);
  herald_sasl_wipe (self->query);
  soup_server_remove_handler (self->server, NULL);
  if (self->leaving == NULL)
    soup_server_disconnect (self->server);
  else
    {
      g_signal_handlers_disconnect_by_data (self->leaving, self);
      g_signal_connect_object (self->leaving, "finished", G_CALLBACK (on_left_late), self->server, 0);
      g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, GOODBYE_S, on_goodbye, g_object_ref (self->server), g_object_unref);
    }
  g_clear_object (&self->leaving);
  g_clear_object (&self->server);
  g_free (self->path);
  g_free (self->host);
  g_free (self->address);
  g_free (self);
}

const char *
herald_loopback_receiver_get_address (HeraldLoopbackReceiver *self)
{
  return self->address;
}

void
herald_loopback_receiver_answer (HeraldLoopbackReceiver *self,
                                 gboolean                went_well,
                                 const char             *sentence)
{
  g_autoptr(SoupServerMessage) visitor = g_steal_pointer (&self->visitor);

  if (visitor == NULL)
    return;

  set_page (visitor, went_well ? SOUP_STATUS_OK : SOUP_STATUS_BAD_REQUEST, sentence);
  if (self->leaving != NULL)
    g_signal_handlers_disconnect_by_data (self->leaving, self);
  g_set_object (&self->leaving, visitor);
  g_signal_connect (visitor, "finished", G_CALLBACK (on_left), self);
  soup_server_message_unpause (visitor);
}
