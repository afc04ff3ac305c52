/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-picture-reader"

#include "core/printers/octoprint/octoprint-picture-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/net/http-portion.h"
#include "core/printers/octoprint/camera-address.h"
#include "core/printers/octoprint/camera-utility.h"
#include "core/printers/octoprint/octoprint-cameras.h"

/* A film of a whole day over a slow network; whoever waits for a camera has a deadline of his own. */
#define FILM_LIMIT_MS (120 * 1000)
#define LIMIT_MS (30 * 1000)

/* A web page is told by how it begins. */
#define SNIFF_BYTES 256

/**
 * ReadCall:
 * @server: (nullable): of the printer; %NULL for a server that is not allowed to know us
 *
 * One source being read.
 */
typedef struct
{
  HeraldPictureSourceKind kind;
  char *url;
  HeraldOctoprintServer *server;
  SoupMessage *message;
} ReadCall;

static void
read_call_free (ReadCall *call)
{
  g_clear_object (&call->server);
  g_clear_object (&call->message);
  g_free (call->url);
  g_free (call);
}

static gboolean
is_camera (HeraldPictureSourceKind kind)
{
  return kind == HERALD_SOURCE_STILL || kind == HERALD_SOURCE_STREAM || kind == HERALD_SOURCE_UTILITY;
}

/* What the status of an answer means */

static GError *
make_refusal (ReadCall *call)
{
  if (!is_camera (call->kind))
    return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED,
                                _("The key is not allowed to fetch files from OctoPrint"));
  if (call->server != NULL)
    return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED,
                                _("OctoPrint does not allow us to see the camera"));

  return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED,
                              _("The camera wants a user name and password"));
}

/* Returns (nullable) (transfer full) */
static GError *
check_status (ReadCall *call)
{
  guint status = soup_message_get_status (call->message);
  GError *error;

  if (status == SOUP_STATUS_OK || status == SOUP_STATUS_PARTIAL_CONTENT)
    return NULL;

  if (status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN)
    error = make_refusal (call);
  else if (SOUP_STATUS_IS_REDIRECTION (status))
    error = g_error_new (HERALD_ERROR, HERALD_ERROR_REJECTED, _("“%s” sends us on to another address, where we do not go"),
                         g_uri_get_host (soup_message_get_uri (call->message)));
  else if (!is_camera (call->kind))
    error = g_error_new_literal (HERALD_ERROR, HERALD_ERROR_REJECTED, _("OctoPrint no longer has the file"));
  else if (SOUP_STATUS_IS_SERVER_ERROR (status))
    error = g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNREACHABLE, _("The camera gives no picture at the moment"));
  else
    error = g_error_new_literal (HERALD_ERROR, HERALD_ERROR_REJECTED,
                                 _("There is no picture at the address of the camera"));
  herald_error_set_reply (error, (int) status, soup_message_get_reason_phrase (call->message));

  return error;
}

/* What a server says of its bytes does not count; in a stream the picture comes later. */
static gboolean
has_picture (GBytes *body)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (body, &length);

  if (length >= 4 && memcmp (bytes, "\x89PNG", 4) == 0)
    return TRUE;
  for (gsize i = 0; i + 2 < length; i++)
    if (bytes[i] == 0xff && bytes[i + 1] == 0xd8 && bytes[i + 2] == 0xff)
      return TRUE;

  return FALSE;
}

/* Returns (nullable) (transfer full) */
static GError *
check_bytes (ReadCall *call,
             GBytes   *body)
{
  const char *text = g_bytes_get_data (body, NULL);
  gsize length = MIN (g_bytes_get_size (body), SNIFF_BYTES);
  gsize i = 0;

  if (!is_camera (call->kind))
    return NULL;

  while (i < length && g_ascii_isspace (text[i]))
    i++;
  if (g_bytes_get_size (body) == 0)
    return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_PROTOCOL, _("The camera answered without a picture"));
  if (i < length && text[i] == '<')
    return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_PROTOCOL,
                                _("The camera answered with a web page instead of a picture"));
  if (!has_picture (body))
    return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_PROTOCOL,
                                _("The camera answered with something that is not a picture"));

  return NULL;
}

/* Takes the task, and @problem, which is NULL if @body is good. */
static void
return_outcome (GTask  *task,
                GBytes *body,
                GError *problem)
{
  ReadCall *call = g_task_get_task_data (task);
  gboolean is_cancelled = g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (is_camera (call->kind) && !is_cancelled)
    herald_octoprint_cameras_remember (herald_octoprint_cameras_get (g_task_get_source_object (task)), call->url,
                                       problem == NULL);
  if (problem != NULL)
    g_task_return_error (task, problem);
  else
    g_task_return_pointer (task, g_bytes_ref (body), (GDestroyNotify) g_bytes_unref);
  g_object_unref (task);
}

static GError *
translate (ReadCall     *call,
           const GError *error)
{
  GError *translated = call->server != NULL
                         ? herald_octoprint_server_translate_error (call->server, error, call->message)
                         : herald_http_client_translate_error (error, call->message);

  if (!is_camera (call->kind) || error->domain == G_RESOLVER_ERROR ||
      !g_error_matches (translated, HERALD_ERROR, HERALD_ERROR_UNREACHABLE))
    return translated;

  g_error_free (translated);
  return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNREACHABLE, _("The camera did not answer"));
}

static void
on_portion_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  ReadCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = herald_http_portion_read_finish (result, &error);
  GError *problem = NULL;

  if (body == NULL)
    problem = translate (call, error);
  else
    problem = check_status (call);
  if (problem == NULL)
    problem = check_bytes (call, body);

  return_outcome (g_steal_pointer (&task), body, problem);
}

/* Requests */

/* A camera at the address of OctoPrint is behind the same proxy, which wants its login and shows its certificate; our
 * key is none of its business. One on the same computer has at least the same certificate. */
static SoupMessage *
make_camera_message (ReadCall      *call,
                     const char    *url,
                     const char    *base_url,
                     const char    *pin)
{
  g_autoptr(GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  SoupMessage *message;

  if (uri == NULL || g_uri_get_host (uri) == NULL ||
      !(g_str_equal (g_uri_get_scheme (uri), "http") || g_str_equal (g_uri_get_scheme (uri), "https")))
    return NULL;

  if (call->server != NULL && herald_camera_is_same_origin (url, base_url))
    {
      message = herald_octoprint_server_make_message (call->server, HERALD_OCTOPRINT_ANONYMOUS, SOUP_METHOD_GET, "/");
      soup_message_set_uri (message, uri);
      return message;
    }

  g_clear_object (&call->server);
  message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  herald_certificate_guard (message, herald_camera_is_same_host (url, base_url) && pin != NULL && *pin != '\0' ? pin
                                                                                                             : NULL);

  return message;
}

static void
make_portion (HeraldHttpPortion          *portion,
              HeraldPictureSourceKind     kind,
              const HeraldPictureRequest *request)
{
  gboolean whole = kind == HERALD_SOURCE_STILL || kind == HERALD_SOURCE_KEPT || kind == HERALD_SOURCE_FILM;

  portion->offset = request->offset;
  portion->max_bytes = request->max_bytes;
  portion->whole = whole;
  portion->ranged = kind == HERALD_SOURCE_GCODE || request->offset != 0;
  portion->limit_ms = kind == HERALD_SOURCE_FILM ? FILM_LIMIT_MS : LIMIT_MS;
  portion->enough = request->enough;
  portion->enough_data = request->enough_data;
}

static void
on_utility_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = herald_camera_utility_read_finish (result, &error);

  if (body != NULL)
    error = check_bytes (g_task_get_task_data (task), body);

  return_outcome (g_steal_pointer (&task), body, g_steal_pointer (&error));
}

void
herald_octoprint_picture_reader_read_async (HeraldPrinter              *printer,
                                            HeraldOctoprintServer      *server,
                                            HeraldHttpClient           *http,
                                            const HeraldPictureSource  *source,
                                            const HeraldPictureRequest *request,
                                            GCancellable               *cancellable,
                                            GAsyncReadyCallback         callback,
                                            gpointer                    user_data)
{
  g_autoptr(GTask) task = g_task_new (printer, cancellable, callback, user_data);
  HeraldValues *settings = herald_printer_get_settings (printer);
  const char *base_url = herald_printer_get_url (printer);
  ReadCall *call = g_new0 (ReadCall, 1);
  HeraldHttpPortion portion = { 0 };
  guint allowed;

  g_task_set_task_data (task, call, (GDestroyNotify) read_call_free);
  call->kind = source->kind;
  call->url = g_strdup (source->url);
  g_set_object (&call->server, server);
  if (source->is_server && server == NULL)
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_UNREACHABLE, "%s",
                               _("There is no connection to OctoPrint"));
      return;
    }
  if (source->kind == HERALD_SOURCE_UTILITY)
    {
      herald_camera_utility_read_async (server, source->url, cancellable, on_utility_ready, g_steal_pointer (&task));
      return;
    }

  make_portion (&portion, source->kind, request);
  call->message = source->is_server
                    ? herald_octoprint_server_make_message (server, HERALD_OCTOPRINT_WITH_KEY, SOUP_METHOD_GET, source->url)
                    : make_camera_message (call, source->url, base_url, herald_values_get (settings, "certificate"));
  if (call->message == NULL)
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS, "%s",
                               _("The address of the camera is not one that OctoHerald can use"));
      return;
    }

  allowed = herald_camera_get_addresses (source->is_server ? base_url : source->url, base_url,
                                   herald_values_get (settings, "snapshot-url"));
  herald_http_portion_read_async (http, call->message, &portion, source->is_server ? NULL : &allowed, cancellable,
                                  on_portion_ready, g_steal_pointer (&task));
}

GBytes *
herald_octoprint_picture_reader_read_finish (GAsyncResult  *result,
                                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
