/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-server"

#include "core/printers/octoprint/octoprint-server.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/printers/octoprint/octoprint-server-private.h"
#include "core/printers/octoprint/octoprint-url.h"

/* An address longer than this helps nobody who reads it. */
#define LOCATION_MAX_CHARS 200

/* Marks a request that must not be sent without a key */
#define WITH_KEY "herald-octoprint-server-with-key"

/**
 * HeraldOctoprintServer:
 *
 * An OctoPrint and what it takes to be let in. Makes requests that carry all of
 * it, to nobody else and not through a connection that is not trusted, and says
 * in plain words who in front of OctoPrint has stopped them.
 */
struct _HeraldOctoprintServer
{
  GObject parent_instance;

  HeraldHttpClient *http;
  char *base_url;
  char *key;
  GError *key_error;
  char *user;
  char *authorization;
  GError *password_error;
  char *pin;
  HeraldCertificate *certificate;
};

G_DEFINE_FINAL_TYPE (HeraldOctoprintServer, herald_octoprint_server, G_TYPE_OBJECT)

/* What an answer means */

static const char *
get_host (SoupMessage *message)
{
  return g_uri_get_host (soup_message_get_uri (message));
}

static GError *
make_untrusted_error (HeraldOctoprintServer *self,
                      SoupMessage           *message,
                      HeraldCertificate     *shown)
{
  if (self->pin != NULL)
    return g_error_new (HERALD_ERROR, HERALD_ERROR_UNTRUSTED,
                        /* Translators: a host, then two fingerprints */
                        _("“%s” shows another key than the one you trusted. You trusted %s, it "
                          "shows %s. Somebody may be pretending to be your server. If you have "
                          "changed its certificate yourself, enter the new fingerprint as the "
                          "printer’s certificate"),
                        get_host (message), self->pin, shown->fingerprint);

  return g_error_new (HERALD_ERROR, HERALD_ERROR_UNTRUSTED,
                      /* Translators: a host, whom the certificate is made out to, its fingerprint */
                      _("The certificate of “%s” is not known here. It is made out to “%s” and its "
                        "fingerprint is %s. If it is yours, trust it by entering this fingerprint "
                        "as the printer’s certificate"),
                      get_host (message), shown->subject, shown->fingerprint);
}

static GError *
make_proxy_error (HeraldOctoprintServer *self)
{
  GError *error;

  if (self->authorization != NULL)
    error = g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED,
                                 _("A proxy in front of OctoPrint does not accept the user name "
                                   "and password"));
  else if (self->password_error != NULL)
    error = g_error_new (HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED,
                         _("A proxy in front of OctoPrint wants the password of “%s”. %s"),
                         self->user, self->password_error->message);
  else
    error = g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED,
                                 _("A proxy in front of OctoPrint wants a user name and password. "
                                   "Enter them in the printer’s settings"));

  return error;
}

static GError *
make_redirect_error (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *location = soup_message_headers_get_one (headers, "Location");
  g_autofree char *clean = herald_text_clean (location, LOCATION_MAX_CHARS);

  return g_error_new (HERALD_ERROR, HERALD_ERROR_SETTINGS,
                      _("“%s” sends us on to another address: %s. Enter that one if you trust it"),
                      get_host (message), clean);
}

/* Returns (nullable): what somebody in front of OctoPrint has to say. OctoPrint itself has no use
 * for these statuses; it answers 403 to a key it does not like. */
static GError *
check_status (HeraldOctoprintServer *self,
              SoupMessage           *message)
{
  guint status = soup_message_get_status (message);
  GError *error = NULL;

  if (status == SOUP_STATUS_UNAUTHORIZED)
    error = make_proxy_error (self);
  else if (SOUP_STATUS_IS_REDIRECTION (status) && status != SOUP_STATUS_NOT_MODIFIED)
    error = make_redirect_error (message);

  if (error != NULL)
    herald_error_set_reply (error, (int) status, soup_message_get_reason_phrase (message));

  return error;
}

/**
 * herald_octoprint_server_translate_error:
 * @error: why @message has no answer: of libsoup, GIO or HeraldHttpClient
 *
 * Returns: (transfer full): what it means with this server, as a HERALD_ERROR: UNTRUSTED with the
 *   certificate, UNAUTHORIZED of a proxy, SETTINGS for a redirect, BUSY while OctoPrint starts,
 *   PROTOCOL if websockets do not get through; cancellation stays what it is
 */
GError *
herald_octoprint_server_translate_error (HeraldOctoprintServer *self,
                                         const GError          *error,
                                         SoupMessage           *message)
{
  g_autoptr(HeraldCertificate) refused = herald_certificate_dup_refused (message);
  guint status = soup_message_get_status (message);
  g_autoptr(GError) translated = NULL;
  GError *from_status = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);

  if (error->domain == SOUP_WEBSOCKET_ERROR)
    {
      from_status = check_status (self, message);
      if (from_status != NULL)
        return from_status;
      if (status == SOUP_STATUS_SERVICE_UNAVAILABLE)
        return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_BUSY, _("OctoPrint is starting or stopped"));
      return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_PROTOCOL,
                                  _("The server refuses live updates. A proxy in front of OctoPrint "
                                    "may not pass websockets on"));
    }

  translated = herald_http_client_translate_error (error, message);
  if (g_error_matches (translated, HERALD_ERROR, HERALD_ERROR_UNTRUSTED))
    {
      if (refused == NULL)
        return g_error_new (HERALD_ERROR, HERALD_ERROR_PROTOCOL,
                            _("“%s” does not answer with an encrypted connection. Check the port "
                              "and the “https://” of the address"),
                            get_host (message));

      g_clear_pointer (&self->certificate, herald_certificate_unref);
      self->certificate = herald_certificate_ref (refused);
      return make_untrusted_error (self, message, refused);
    }

  /* While it starts, OctoPrint answers without a status line. */
  if (g_error_matches (translated, HERALD_ERROR, HERALD_ERROR_PROTOCOL) && status == SOUP_STATUS_NONE)
    return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_BUSY, _("OctoPrint is starting"));

  return g_steal_pointer (&translated);
}

/* GObject */

static void
herald_octoprint_server_finalize (GObject *object)
{
  HeraldOctoprintServer *self = HERALD_OCTOPRINT_SERVER (object);

  g_clear_object (&self->http);
  g_clear_pointer (&self->base_url, g_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_error (&self->key_error);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->authorization, g_free);
  g_clear_error (&self->password_error);
  g_clear_pointer (&self->pin, g_free);
  g_clear_pointer (&self->certificate, herald_certificate_unref);

  G_OBJECT_CLASS (herald_octoprint_server_parent_class)->finalize (object);
}

static void
herald_octoprint_server_class_init (HeraldOctoprintServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = herald_octoprint_server_finalize;
}

static void
herald_octoprint_server_init (HeraldOctoprintServer *self)
{
}

/**
 * herald_octoprint_server_new:
 * @base_url: a normalised address
 *
 * Returns: (transfer full): a server that knows us neither by key nor by login
 */
HeraldOctoprintServer *
herald_octoprint_server_new (HeraldHttpClient *http,
                             const char       *base_url)
{
  HeraldOctoprintServer *self = g_object_new (HERALD_TYPE_OCTOPRINT_SERVER, NULL);

  self->http = g_object_ref (http);
  self->base_url = g_strdup (base_url);

  return self;
}

/**
 * herald_octoprint_server_set_key:
 * @key: (nullable): a secret
 */
void
herald_octoprint_server_set_key (HeraldOctoprintServer *self,
                                 const char            *key)
{
  g_free (self->key);
  self->key = g_strdup (key);
  herald_log_add_secret (key);
  g_clear_error (&self->key_error);
}

/**
 * herald_octoprint_server_set_login:
 * @user: (nullable): name for a proxy in front of OctoPrint (HTTP Basic, RFC 7617)
 * @password: (nullable): a secret
 */
void
herald_octoprint_server_set_login (HeraldOctoprintServer *self,
                                   const char            *user,
                                   const char            *password)
{
  g_free (self->user);
  self->user = g_strdup (user);
  g_clear_pointer (&self->authorization, g_free);
  g_clear_error (&self->password_error);

  if (user != NULL && password != NULL)
    {
      g_autofree char *pair = g_strdup_printf ("%s:%s", user, password);
      g_autofree char *encoded = g_base64_encode ((const guchar *) pair, strlen (pair));

      herald_log_add_secret (password);
      herald_log_add_secret (encoded);
      self->authorization = g_strconcat ("Basic ", encoded, NULL);
    }
}

/**
 * herald_octoprint_server_miss_key:
 * @reason: why there is none; told when a request would need it
 */
void
herald_octoprint_server_miss_key (HeraldOctoprintServer *self,
                                  const GError          *reason)
{
  herald_octoprint_server_set_key (self, NULL);
  self->key_error = g_error_copy (reason);
}

/**
 * herald_octoprint_server_miss_password:
 * @reason: why there is none; told when a proxy asks for it
 */
void
herald_octoprint_server_miss_password (HeraldOctoprintServer *self,
                                       const char            *user,
                                       const GError          *reason)
{
  herald_octoprint_server_set_login (self, user, NULL);
  self->password_error = g_error_copy (reason);
}

/**
 * herald_octoprint_server_set_pin:
 * @fingerprint: (nullable): in normal form; of the only key to trust, %NULL asks the authorities
 */
void
herald_octoprint_server_set_pin (HeraldOctoprintServer *self,
                                 const char            *fingerprint)
{
  g_free (self->pin);
  self->pin = g_strdup (fingerprint);
}

const char *
herald_octoprint_server_get_base_url (HeraldOctoprintServer *self)
{
  return self->base_url;
}

HeraldHttpClient *
herald_octoprint_server_get_http (HeraldOctoprintServer *self)
{
  return self->http;
}

HeraldCertificate *
herald_octoprint_server_get_certificate (HeraldOctoprintServer *self)
{
  return self->certificate;
}

/* Requests */

/**
 * herald_octoprint_server_make_message:
 * @method: of HTTP
 * @path: of OctoPrint, starts with a slash
 *
 * Returns: (transfer full): a request with everything on it that this server wants to see
 */
SoupMessage *
herald_octoprint_server_make_message (HeraldOctoprintServer   *self,
                                      HeraldOctoprintIdentity  identity,
                                      const char              *method,
                                      const char              *path)
{
  g_autofree char *url = herald_octoprint_url_join (self->base_url, path);
  SoupMessage *message = soup_message_new (method, url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  /* It would take our own login off again. */
  soup_message_disable_feature (message, SOUP_TYPE_AUTH_MANAGER);
  herald_certificate_guard (message, self->pin);
  if (self->authorization != NULL)
    soup_message_headers_replace (headers, "Authorization", self->authorization);
  if (identity == HERALD_OCTOPRINT_WITH_KEY)
    {
      g_object_set_data (G_OBJECT (message), WITH_KEY, GINT_TO_POINTER (TRUE));
      if (self->key != NULL)
        soup_message_headers_replace (headers, "X-Api-Key", self->key);
    }

  return message;
}

/**
 * herald_octoprint_server_set_json_body:
 * @json: one document
 */
void
herald_octoprint_server_set_json_body (SoupMessage *message,
                                       const char  *json)
{
  g_autoptr(GBytes) bytes = g_bytes_new (json, strlen (json));

  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
}

static void
on_send_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldOctoprintServer *self = g_task_get_source_object (task);
  SoupMessage *message = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = herald_http_client_send_finish (HERALD_HTTP_CLIENT (object), result, &error);
  GError *problem = NULL;

  if (body == NULL)
    problem = herald_octoprint_server_translate_error (self, error, message);
  else
    problem = check_status (self, message);

  if (problem != NULL)
    g_task_return_error (task, problem);
  else
    g_task_return_pointer (task, g_steal_pointer (&body), (GDestroyNotify) g_bytes_unref);
}

/**
 * herald_octoprint_server_send_async:
 * @message: made by herald_octoprint_server_make_message()
 * @max_bytes: the largest body that is taken
 */
void
herald_octoprint_server_send_async (HeraldOctoprintServer *self,
                                    SoupMessage           *message,
                                    gsize                  max_bytes,
                                    GCancellable          *cancellable,
                                    GAsyncReadyCallback    callback,
                                    gpointer               user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, g_object_ref (message), g_object_unref);
  if (self->key == NULL && g_object_get_data (G_OBJECT (message), WITH_KEY) != NULL)
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED, "%s",
                               self->key_error != NULL ? self->key_error->message
                                                       : _("There is no key for this OctoPrint yet"));
      return;
    }

  herald_http_client_send_async (self->http, message, max_bytes, cancellable, on_send_ready,
                                 g_steal_pointer (&task));
}

/**
 * herald_octoprint_server_send_finish:
 *
 * Returns: (transfer full): the body; the status is in the message. %NULL with a HERALD_ERROR
 */
GBytes *
herald_octoprint_server_send_finish (HeraldOctoprintServer  *self,
                                     GAsyncResult           *result,
                                     GError                **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * herald_octoprint_server_make_stranger_error:
 * @message: the request that was answered
 *
 * Returns: (transfer full): a HERALD_ERROR that says that somebody else is there
 */
GError *
herald_octoprint_server_make_stranger_error (SoupMessage *message)
{
  return g_error_new (HERALD_ERROR, HERALD_ERROR_PROTOCOL, _("Something answers at “%s”, but it is not OctoPrint"),
                      g_uri_get_host (soup_message_get_uri (message)));
}
