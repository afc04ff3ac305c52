/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-ssdp-search"

#include "core/printers/discovery/ssdp-search.h"

#include <string.h>

#include "core/printers/discovery/ssdp-answer.h"

#define SEARCH_MS 400

#define OK "HTTP/1.1 200 OK\r\n"
#define HERE "http://192.0.2.7:5000/plugin/discovery/discovery.xml"

/* What a device answers */

static void
test_location_is_taken_only_from_an_answer_about_its_sender (void)
{
  static const struct
  {
    const char *datagram;
    const char *location;
  } rows[] = {
    { OK "ST: upnp:rootdevice\r\nLocation: " HERE "\r\nCache-Control: max-age=60\r\n\r\n", HERE },
    { "HTTP/1.0 200 OK\nlocation:" HERE "\n\n", HERE },
    { OK "LOCATION: \t " HERE " \t\r\n", HERE },
    { OK "Location: http://192.0.2.7/\r\n\r\n", "http://192.0.2.7/" },
    /* no answer, or not a good one */
    { "", NULL },
    { "\r\n\r\n", NULL },
    { "HTTP/1.1", NULL },
    { "HTTP/1.1 404 Not Found\r\nLocation: " HERE "\r\n\r\n", NULL },
    { "NOTIFY * HTTP/1.1\r\nLocation: " HERE "\r\n\r\n", NULL },
    { "M-SEARCH * HTTP/1.1\r\nLocation: " HERE "\r\n\r\n", NULL },
    { OK "\r\nLocation: " HERE "\r\n", NULL },
    { OK "X-Location: " HERE "\r\n\r\n", NULL },
    { OK "Location:\r\n\r\n", NULL },
    /* somewhere else */
    { OK "Location: http://127.0.0.1:631/admin\r\n\r\n", NULL },
    { OK "Location: http://192.0.2.8:5000/x\r\n\r\n", NULL },
    { OK "Location: http://octopi.local/x\r\n\r\n", NULL },
    { OK "Location: http://192.0.2.7@127.0.0.1/x\r\n\r\n", NULL },
    { OK "Location: http://192.0.2.7:x@192.0.2.7/x\r\n\r\n", NULL },
    { OK "Location: http://192.0.2.7.evil.example/x\r\n\r\n", NULL },
    { OK "Location: http://[::1]/x\r\n\r\n", NULL },
    { OK "Location: http://0xC0.0.2.7/x\r\n\r\n", NULL },
    /* something else */
    { OK "Location: https://192.0.2.7/x\r\n\r\n", NULL },
    { OK "Location: file:///etc/passwd\r\n\r\n", NULL },
    { OK "Location: //192.0.2.7/x\r\n\r\n", NULL },
    { OK "Location: http://192.0.2.7/a b\r\n\r\n", NULL },
    { OK "Location: http://192.0.2.7/\x1b[2J\r\n\r\n", NULL },
    { OK "Location: http://192.0.2.7/\xff\xfe\r\n\r\n", NULL },
    { OK "Location: http://192.0.2.7:99999999999/x\r\n\r\n", NULL },
    /* the first one counts */
    { OK "Location: http://127.0.0.1/\r\nLocation: " HERE "\r\n\r\n", NULL },
  };
  g_autoptr(GInetAddress) sender = g_inet_address_new_from_string ("192.0.2.7");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      /* Exactly as long as it is: a sanitizer sees what is read behind it */
      g_autofree char *datagram = g_memdup2 (rows[i].datagram, strlen (rows[i].datagram));
      g_autofree char *location =
        herald_ssdp_answer_read (datagram, strlen (rows[i].datagram), sender);

      g_test_message ("row %u", i);
      g_assert_cmpstr (location, ==, rows[i].location);
    }
}

static void
test_answer_that_is_too_long_or_holds_a_nul_is_refused (void)
{
  static const char start[] = OK "Location: " HERE "\r\n";
  g_autoptr(GInetAddress) sender = g_inet_address_new_from_string ("192.0.2.7");
  g_autofree char *large = g_strnfill (HERALD_SSDP_ANSWER_MAX_BYTES + 1, 'x');
  g_autofree char *path = g_strnfill (2000, 'x');
  g_autofree char *long_one = g_strdup_printf (OK "Location: http://192.0.2.7/%s\r\n\r\n", path);

  memcpy (large, start, strlen (start));
  g_assert_null (herald_ssdp_answer_read (large, HERALD_SSDP_ANSWER_MAX_BYTES + 1, sender));
  g_free (herald_ssdp_answer_read (large, HERALD_SSDP_ANSWER_MAX_BYTES, sender));
  g_assert_null (herald_ssdp_answer_read (start, sizeof start, sender));
  g_assert_null (herald_ssdp_answer_read (long_one, strlen (long_one), sender));
}

/* A device that answers */

typedef struct
{
  GSocket *socket;
  GSource *source;
  GSocketAddress *address;
  guint n_searches;
  guint n_answers;
} Device;

static gboolean
on_search (GSocket      *socket,
           GIOCondition  condition,
           gpointer      user_data)
{
  Device *device = user_data;
  g_autoptr(GSocketAddress) sender = NULL;
  char request[1000] = "";

  g_socket_receive_from (socket, &sender, request, sizeof request - 1, NULL, NULL);
  g_assert_nonnull (strstr (request, "\r\nMAN: \"ssdp:discover\"\r\n"));
  g_assert_nonnull (strstr (request, "\r\nST: upnp:rootdevice\r\n"));
  g_assert_true (g_str_has_suffix (request, "\r\n\r\n"));
  device->n_searches++;

  g_socket_send_to (socket, sender, "", 0, NULL, NULL);
  g_socket_send_to (socket, sender, "\0\xff", 2, NULL, NULL);
  for (guint i = 0; i < device->n_answers; i++)
    {
      /* Each twice, as they do */
      g_autofree char *answer =
        g_strdup_printf (OK "Location: http://127.0.0.1:%u/\r\n\r\n", 1000 + i / 2);

      g_socket_send_to (socket, sender, answer, strlen (answer), NULL, NULL);
    }

  return G_SOURCE_CONTINUE;
}

static void
device_set_up (Device        *device,
               gconstpointer  n_answers)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GError) error = NULL;

  device->n_answers = GPOINTER_TO_UINT (n_answers);
  device->socket =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, &error);
  g_assert_no_error (error);
  g_socket_bind (device->socket, any_port, FALSE, &error);
  g_assert_no_error (error);
  device->address = g_socket_get_local_address (device->socket, &error);
  g_assert_no_error (error);
  device->source = g_socket_create_source (device->socket, G_IO_IN, NULL);
  g_source_set_callback (device->source, G_SOURCE_FUNC (on_search), device, NULL);
  g_source_attach (device->source, NULL);
}

static void
device_tear_down (Device        *device,
                  gconstpointer  n_answers)
{
  g_source_destroy (device->source);
  g_source_unref (device->source);
  g_object_unref (device->address);
  g_object_unref (device->socket);
}

static void
on_result (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GPtrArray *
search (Device        *device,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  GPtrArray *locations;

  herald_ssdp_search_async (device->address, SEARCH_MS, cancellable, on_result, &result);
  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  locations = herald_ssdp_search_finish (result, error);
  g_assert_finalize_object (g_steal_pointer (&result));

  return locations;
}

static void
test_answers_are_collected_once_until_the_time_is_up (Device        *device,
                                                      gconstpointer  n_answers)
{
  gint64 begin = g_get_monotonic_time ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) locations = search (device, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, SEARCH_MS * 1000);
  g_assert_cmpuint (device->n_searches, ==, 1);
  g_assert_cmpuint (locations->len, ==, MIN (device->n_answers / 2, 64));
  if (locations->len > 0)
    g_assert_cmpstr (g_ptr_array_index (locations, 0), ==, "http://127.0.0.1:1000/");
}

static void
test_search_can_be_cancelled (Device        *device,
                              gconstpointer  n_answers)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_assert_null (search (device, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ssdp-search/location",
                   test_location_is_taken_only_from_an_answer_about_its_sender);
  g_test_add_func ("/ssdp-search/too-long", test_answer_that_is_too_long_or_holds_a_nul_is_refused);
  g_test_add ("/ssdp-search/collected", Device, GUINT_TO_POINTER (6), device_set_up,
              test_answers_are_collected_once_until_the_time_is_up, device_tear_down);
  g_test_add ("/ssdp-search/silence", Device, GUINT_TO_POINTER (0), device_set_up,
              test_answers_are_collected_once_until_the_time_is_up, device_tear_down);
  g_test_add ("/ssdp-search/many", Device, GUINT_TO_POINTER (200), device_set_up,
              test_answers_are_collected_once_until_the_time_is_up, device_tear_down);
  g_test_add ("/ssdp-search/cancelled", Device, GUINT_TO_POINTER (2), device_set_up,
              test_search_can_be_cancelled, device_tear_down);

  return g_test_run ();
}
