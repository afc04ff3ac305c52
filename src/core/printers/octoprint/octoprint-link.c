/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-link"

#include "core/printers/octoprint/octoprint-link.h"

#include <glib/gi18n-lib.h>

#include "core/base/backoff.h"
#include "core/base/error.h"
#include "core/printers/octoprint/octoprint-poll.h"
#include "core/printers/octoprint/octoprint-socket.h"
#include "core/printers/octoprint/sign-in.h"

#define RETRY_FIRST_MS (2 * 1000)
#define RETRY_CAP_MS (60 * 1000)

/* With a print under way every minute of not knowing is long. */
#define RETRY_CAP_BUSY_MS (10 * 1000)

/* A key that was refused does not get better by itself, and each try is a line in OctoPrint's log. */
#define RETRY_REFUSED_MS (5 * 60 * 1000)

/* Where websockets do not get through; it is a burden on the Pi, so no more often than is useful. */
#define POLL_BUSY_S 5
#define POLL_IDLE_S 10

/* Proxies get repaired: look now and then whether the push interface works after all. */
#define POLLS_PER_SOCKET_TRY 60

/* So many messages OctoPrint holds back for a client that is signed out, and throws further ones away. */
#define HELD_BACK_MAX 100

/* A socket that opens and then stays silent, so many times in a row, will not get better. */
#define DUMB_SOCKETS_MAX 3

/**
 * HeraldOctoprintLink:
 *
 * The line to one OctoPrint: signs in, keeps the push socket open, comes back
 * after every loss, ever more slowly, and asks every few seconds where a proxy
 * breaks the push interface. At most one socket is alive at a time.
 */
struct _HeraldOctoprintLink
{
  GObject parent_instance;

  HeraldHttpClient *http;
  HeraldSecretStore *secrets;
  char *owner;
  HeraldValues *settings;

  GCancellable *cancellable;
  HeraldOctoprintServer *server;
  HeraldOctoprintSocket *socket;
  char *version;
  char *fallback;
  guint wait_id;
  guint n_failures;
  guint n_dumb_sockets;
  guint n_polls;
  guint n_held_back;
  gboolean signed_out;
  gboolean heard;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (HeraldOctoprintLink, herald_octoprint_link, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_PUSHED,
  SIGNAL_LOST,
} HeraldOctoprintLinkSignal;

static guint signals[SIGNAL_LOST + 1];

static void begin (HeraldOctoprintLink *self);
static void poll (HeraldOctoprintLink *self);

static void
drop_socket (HeraldOctoprintLink *self)
{
  if (self->socket == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->socket, self);
  herald_octoprint_socket_close (self->socket);
  g_clear_object (&self->socket);
}

static gboolean
on_retry_timeout (gpointer user_data)
{
  HeraldOctoprintLink *self = HERALD_OCTOPRINT_LINK (user_data);

  self->wait_id = 0;
  begin (self);

  return G_SOURCE_REMOVE;
}

static void
retry_after (HeraldOctoprintLink *self,
             gint64               wait_ms)
{
  g_clear_handle_id (&self->wait_id, g_source_remove);
  self->wait_id = g_timeout_add ((guint) wait_ms, on_retry_timeout, self);
}

/* What only a person can put right; asking more often helps nobody. */
static gboolean
needs_person (const GError *error)
{
  return g_error_matches (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED) ||
         g_error_matches (error, HERALD_ERROR, HERALD_ERROR_SETTINGS) ||
         g_error_matches (error, HERALD_ERROR, HERALD_ERROR_UNTRUSTED);
}

static void
lose (HeraldOctoprintLink *self,
      const GError        *error)
{
  g_debug ("%s: %s", self->owner, error->message);
  drop_socket (self);
  self->heard = FALSE;
  self->n_failures++;
  retry_after (self, needs_person (error) ? RETRY_REFUSED_MS
                                          : herald_backoff_delay_ms (self->n_failures, RETRY_FIRST_MS,
                                                                     self->busy ? RETRY_CAP_BUSY_MS : RETRY_CAP_MS,
                                                                     g_random_double ()));
  g_signal_emit (self, signals[SIGNAL_LOST], 0, error);
}

static void
hear (HeraldOctoprintLink *self)
{
  self->heard = TRUE;
  self->n_failures = 0;
}

/* Polling */

static gboolean
on_poll_timeout (gpointer user_data)
{
  HeraldOctoprintLink *self = HERALD_OCTOPRINT_LINK (user_data);

  self->wait_id = 0;
  poll (self);

  return G_SOURCE_REMOVE;
}

static void
on_poll_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldOctoprintLink) self = HERALD_OCTOPRINT_LINK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) content = herald_octoprint_poll_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (content == NULL)
    {
      lose (self, error);
      return;
    }

  hear (self);
  g_clear_handle_id (&self->wait_id, g_source_remove);
  self->wait_id = g_timeout_add_seconds (self->busy ? POLL_BUSY_S : POLL_IDLE_S, on_poll_timeout, self);
  g_signal_emit (self, signals[SIGNAL_PUSHED], 0, (int) HERALD_PUSH_CURRENT, content);
}

static void
poll (HeraldOctoprintLink *self)
{
  if (++self->n_polls >= POLLS_PER_SOCKET_TRY)
    {
      g_clear_pointer (&self->fallback, g_free);
      self->n_polls = 0;
      begin (self);
      return;
    }

  herald_octoprint_poll_async (self->server, self->cancellable, on_poll_ready, g_object_ref (self));
}

static void
fall_back (HeraldOctoprintLink *self,
           const GError        *error)
{
  drop_socket (self);
  g_free (self->fallback);
  self->fallback = g_strdup_printf (_("%s. So it is asked every few seconds instead, and short events may be missed."),
                                    error->message);
  self->n_polls = 0;
  self->n_dumb_sockets = 0;
  poll (self);
}

/* The socket */

/* What was held back while we were signed out comes before the next state. If it is all there can be,
 * there was more. */
static gboolean
is_cut_short (HeraldOctoprintLink *self,
              int                  type)
{
  if (!self->signed_out)
    return FALSE;

  self->signed_out = type != HERALD_PUSH_CURRENT && type != HERALD_PUSH_HISTORY;
  if (self->signed_out)
    self->n_held_back++;

  return !self->signed_out && self->n_held_back >= HELD_BACK_MAX;
}

static void
on_pushed (HeraldOctoprintSocket *socket,
           int                    type,
           JsonObject            *content,
           gpointer               user_data)
{
  HeraldOctoprintLink *self = HERALD_OCTOPRINT_LINK (user_data);

  if (type == HERALD_PUSH_REAUTH_REQUIRED)
    {
      self->signed_out = TRUE;
      self->n_held_back = 0;
      begin (self);
      return;
    }
  if (is_cut_short (self, type))
    {
      g_autoptr(GError) error = g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNREACHABLE,
                                                     _("OctoHerald was signed out of OctoPrint for too long"));

      lose (self, error);
      return;
    }
  if (type == HERALD_PUSH_HISTORY || type == HERALD_PUSH_CURRENT)
    {
      hear (self);
      self->n_dumb_sockets = 0;
    }
  g_signal_emit (self, signals[SIGNAL_PUSHED], 0, type, content);
}

static void
on_socket_closed (HeraldOctoprintSocket *socket,
                  GError                *reason,
                  gpointer               user_data)
{
  HeraldOctoprintLink *self = HERALD_OCTOPRINT_LINK (user_data);
  gboolean refused = !herald_octoprint_socket_was_opened (socket) &&
                     g_error_matches (reason, HERALD_ERROR, HERALD_ERROR_PROTOCOL);

  if (!self->heard)
    self->n_dumb_sockets++;
  if (refused || self->n_dumb_sockets >= DUMB_SOCKETS_MAX)
    fall_back (self, reason);
  else
    lose (self, reason);
}

static void
open_socket (HeraldOctoprintLink *self,
             HeraldSignIn        *sign_in)
{
  if (self->socket != NULL)
    {
      herald_octoprint_socket_authenticate (self->socket, sign_in->user, sign_in->session);
      return;
    }

  self->heard = FALSE;
  self->signed_out = FALSE;
  self->socket = herald_octoprint_socket_new (self->server);
  g_signal_connect (self->socket, "pushed", G_CALLBACK (on_pushed), self);
  g_signal_connect (self->socket, "closed", G_CALLBACK (on_socket_closed), self);
  herald_octoprint_socket_set_busy (self->socket, self->busy);
  herald_octoprint_socket_authenticate (self->socket, sign_in->user, sign_in->session);
  herald_octoprint_socket_open (self->socket);
}

/* Signing in */

static void
on_sign_in_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(HeraldOctoprintLink) self = HERALD_OCTOPRINT_LINK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldSignIn) answer = herald_sign_in_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (answer == NULL)
    {
      lose (self, error);
      return;
    }

  g_free (self->version);
  self->version = g_strdup (answer->version);
  if (self->fallback != NULL)
    poll (self);
  else
    open_socket (self, answer);
}

static void
on_load_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldOctoprintLink) self = HERALD_OCTOPRINT_LINK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldOctoprintServer) server = herald_octoprint_server_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (server == NULL)
    {
      lose (self, error);
      return;
    }

  g_set_object (&self->server, server);
  herald_sign_in_async (server, self->cancellable, on_sign_in_ready, g_object_ref (self));
}

static void
begin (HeraldOctoprintLink *self)
{
  herald_octoprint_server_load_async (self->http, self->secrets, self->owner, self->settings, self->cancellable,
                                      on_load_ready, g_object_ref (self));
}

/* GObject */

static void
herald_octoprint_link_dispose (GObject *object)
{
  HeraldOctoprintLink *self = HERALD_OCTOPRINT_LINK (object);

  herald_octoprint_link_close (self);
  g_clear_object (&self->http);
  g_clear_object (&self->secrets);

  G_OBJECT_CLASS (herald_octoprint_link_parent_class)->dispose (object);
}

static void
herald_octoprint_link_finalize (GObject *object)
{
  HeraldOctoprintLink *self = HERALD_OCTOPRINT_LINK (object);

  g_free (self->owner);
  g_free (self->version);
  g_free (self->fallback);
  g_clear_pointer (&self->settings, g_hash_table_unref);

  G_OBJECT_CLASS (herald_octoprint_link_parent_class)->finalize (object);
}

static void
herald_octoprint_link_class_init (HeraldOctoprintLinkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = herald_octoprint_link_dispose;
  object_class->finalize = herald_octoprint_link_finalize;

  signals[SIGNAL_PUSHED] = g_signal_new ("pushed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, JSON_TYPE_OBJECT);
  signals[SIGNAL_LOST] = g_signal_new ("lost", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
herald_octoprint_link_init (HeraldOctoprintLink *self)
{
}

/**
 * herald_octoprint_link_new:
 * @owner: id of the printer, to whom the secrets belong
 */
HeraldOctoprintLink *
herald_octoprint_link_new (HeraldHttpClient  *http,
                           HeraldSecretStore *secrets,
                           const char        *owner)
{
  HeraldOctoprintLink *self = g_object_new (HERALD_TYPE_OCTOPRINT_LINK, NULL);

  self->http = g_object_ref (http);
  self->secrets = g_object_ref (secrets);
  self->owner = g_strdup (owner);

  return self;
}

/**
 * herald_octoprint_link_open:
 * @settings: of the printer; shared
 */
void
herald_octoprint_link_open (HeraldOctoprintLink *self,
                            HeraldValues        *settings)
{
  g_return_if_fail (self->cancellable == NULL);

  g_clear_pointer (&self->settings, g_hash_table_unref);
  self->settings = g_hash_table_ref (settings);
  self->cancellable = g_cancellable_new ();
  self->n_failures = 0;
  self->n_dumb_sockets = 0;
  begin (self);
}

/**
 * herald_octoprint_link_close:
 *
 * At once and without a signal. It can be opened again.
 */
void
herald_octoprint_link_close (HeraldOctoprintLink *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_clear_pointer (&self->fallback, g_free);
  drop_socket (self);
  g_clear_object (&self->server);
  self->heard = FALSE;
}

void
herald_octoprint_link_renew (HeraldOctoprintLink *self)
{
  g_autoptr(GError) error = g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNREACHABLE,
                                                 _("This computer was asleep"));

  if (self->cancellable == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  lose (self, error);
  self->n_failures = 0;
  retry_after (self, RETRY_FIRST_MS);
}

void
herald_octoprint_link_set_busy (HeraldOctoprintLink *self,
                                gboolean             busy)
{
  self->busy = busy;
  if (self->socket != NULL)
    herald_octoprint_socket_set_busy (self->socket, busy);
}

HeraldOctoprintServer *
herald_octoprint_link_get_server (HeraldOctoprintLink *self)
{
  return self->server;
}

/**
 * herald_octoprint_link_get_version:
 *
 * Returns: (nullable): of OctoPrint, as it told at the last sign-in
 */
const char *
herald_octoprint_link_get_version (HeraldOctoprintLink *self)
{
  return self->version;
}

const char *
herald_octoprint_link_get_fallback (HeraldOctoprintLink *self)
{
  return self->fallback;
}
