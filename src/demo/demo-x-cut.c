/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-x-cut"

#include "demo/demo-x-faults.h"

typedef struct
{
  SoupServerMessage *message;
  GString *wire;
} Cut;

static void
cut_free (gpointer data)
{
  Cut *cut = data;

  g_object_unref (cut->message);
  g_string_free (cut->wire, TRUE);
  g_free (cut);
}

static void
add_header (const char *name,
            const char *value,
            gpointer    user_data)
{
  g_string_append_printf (user_data, "%s: %s\r\n", name, value);
}

/* Returns (transfer full): the answer as it goes over the wire */
static GString *
write_wire (SoupServerMessage *message)
{
  g_autoptr(GBytes) body = soup_message_body_flatten (soup_server_message_get_response_body (message));
  guint status = soup_server_message_get_status (message);
  GString *wire = g_string_new (NULL);

  g_string_append_printf (wire, "HTTP/1.1 %u %s\r\n", status, soup_status_get_phrase (status));
  soup_message_headers_foreach (soup_server_message_get_response_headers (message), add_header, wire);
  g_string_append_printf (wire, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", g_bytes_get_size (body));
  g_string_append_len (wire, g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body));

  return wire;
}

/* Out of the handler, where the connection can be taken from libsoup */
static gboolean
on_cut_idle (gpointer user_data)
{
  Cut *cut = user_data;
  GSocket *socket = soup_server_message_get_socket (cut->message);
  g_autoptr(GIOStream) stream = NULL;

  /* Who asked may be gone. */
  if (socket == NULL || !g_socket_is_connected (socket))
    return G_SOURCE_REMOVE;

  stream = soup_server_message_steal_connection (cut->message);
  if (stream == NULL)
    return G_SOURCE_REMOVE;

  g_output_stream_write_all (g_io_stream_get_output_stream (stream), cut->wire->str, cut->wire->len, NULL, NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);

  return G_SOURCE_REMOVE;
}

void
herald_demo_x_cut_answer (HeraldDemoXRequest *request,
                          gsize               at_byte)
{
  Cut *cut = g_new0 (Cut, 1);

  cut->message = g_object_ref (request->message);
  cut->wire = write_wire (request->message);
  if (at_byte < cut->wire->len)
    g_string_truncate (cut->wire, at_byte);
  soup_server_message_pause (request->message);
  g_idle_add_full (G_PRIORITY_DEFAULT, on_cut_idle, cut, cut_free);
}
