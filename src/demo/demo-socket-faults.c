/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-socket-faults"

#include "demo/demo-socket-private.h"

#include <string.h>

#include "core/base/json-reader.h"

#define HUGE_BYTES (HERALD_JSON_MAX_BYTES + 1024)
#define DEEP_LEVELS 90000
#define FRAGMENT_BYTES 65535
#define N_FRAGMENTS 400

static void
on_raw_written (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GByteArray) raw = g_steal_pointer (&user_data);

  /* Who was to read it may well have left in the middle. */
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, NULL);
}

/* Takes @raw. Bytes that are no proper frame go past libsoup; what they leave behind is never
 * finished. */
static void
write_raw (HeraldDemoSocket *self,
           GByteArray       *raw)
{
  GOutputStream *output =
      g_io_stream_get_output_stream (soup_websocket_connection_get_io_stream (self->connection));

  self->mute = TRUE;
  g_output_stream_write_all_async (output, raw->data, raw->len, G_PRIORITY_DEFAULT, NULL,
                                   on_raw_written, raw);
}

/* Plays a fault that happens once (RFC 6455 5.2 for the raw frames). */
void
herald_demo_socket_play (HeraldDemoSocket *self,
                         HeraldDemoFault   fault)
{
  g_autofree char *filler = NULL;
  g_autofree char *frame = NULL;
  static const guint8 half[] = { 0x81, 100, 'a', '[', '{' };
  GByteArray *raw = NULL;

  switch ((int) fault)
    {
    case HERALD_DEMO_FAULT_CLOSE_FRAME:
      herald_demo_socket_send_text (self, "c[3000,\"Go away!\"]");
      soup_websocket_connection_close (self->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
      break;
    case HERALD_DEMO_FAULT_GARBAGE:
      herald_demo_socket_send_text (self, "a[{\"event\":{\"type\":\"Print\x01");
      break;
    case HERALD_DEMO_FAULT_HUGE:
      filler = g_strnfill (HUGE_BYTES, 'x');
      frame = g_strdup_printf ("a[{\"plugin\":{\"data\":\"%s\"}}]", filler);
      herald_demo_socket_send_text (self, frame);
      break;
    case HERALD_DEMO_FAULT_DEEP:
      filler = g_strnfill (DEEP_LEVELS, '[');
      frame = g_strconcat ("a", filler, NULL);
      herald_demo_socket_send_text (self, frame);
      break;
    case HERALD_DEMO_FAULT_HALF_FRAME:
      raw = g_byte_array_append (g_byte_array_new (), half, sizeof half);
      write_raw (self, raw);
      break;
    case HERALD_DEMO_FAULT_FRAGMENTS:
      filler = g_strnfill (FRAGMENT_BYTES, 'x');
      raw = g_byte_array_new ();
      for (guint i = 0; i < N_FRAGMENTS; i++)
        {
          guint8 head[] = { i == 0 ? 0x01 : 0x00, 126, 0xff, 0xff };

          g_byte_array_append (raw, head, sizeof head);
          g_byte_array_append (raw, (const guint8 *) filler, FRAGMENT_BYTES);
        }
      write_raw (self, raw);
      break;
    case HERALD_DEMO_FAULT_LOGOUT:
      herald_demo_socket_send_reauth (self, "logout");
      break;
    default:
      break;
    }
}
