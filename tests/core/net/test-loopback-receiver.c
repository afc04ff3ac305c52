/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-loopback-receiver"

#include "core/net/loopback-receiver.h"

#include <libsoup/soup.h>
#include <string.h>

#include "core/base/error.h"

#define RIGHT "code=right"
#define N_CALLS 50

/* What came, and what is done about it */
typedef struct
{
  HeraldLoopbackReceiver *receiver;
  gboolean answers_later;
  guint n_visits;
  char *query;
} Story;

static void
on_ready (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Frees the receiver while its visitor waits, as a login that ends does. */
static gboolean
on_query (const char *query,
          gpointer    user_data)
{
  Story *story = user_data;

  story->n_visits++;
  if (!g_str_equal (query, RIGHT))
    return FALSE;

  story->query = g_strdup (query);
  if (story->answers_later)
    return TRUE;

  herald_loopback_receiver_answer (story->receiver, TRUE, "All is <well>");
  g_clear_pointer (&story->receiver, herald_loopback_receiver_free);
  return TRUE;
}

/* @ports: two that are free at the moment */
static void
find_ports (guint16 *ports)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();

  for (guint i = 0; i < 2; i++)
    ports[i] = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  ports[2] = 0;
}

static HeraldLoopbackReceiver *
receive (Story *story)
{
  guint16 ports[3];
  g_autoptr(GError) error = NULL;

  find_ports (ports);
  story->receiver = herald_loopback_receiver_new (ports, "/callback", on_query, story, &error);
  g_assert_no_error (error);

  return story->receiver;
}

static guint
visit (const char  *address,
       const char  *query,
       char       **text)
{
  g_autofree char *page = g_strconcat (address, query, NULL);
  g_autoptr(SoupSession) browser = soup_session_new ();
  g_autoptr(SoupMessage) message = soup_message_new (SOUP_METHOD_GET, page);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GBytes) body = NULL;
  g_autoptr(GError) error = NULL;

  soup_session_send_and_read_async (browser, message, G_PRIORITY_DEFAULT, NULL, on_ready, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  body = soup_session_send_and_read_finish (browser, result, &error);
  g_assert_no_error (error);
  if (text != NULL)
    *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  return soup_message_get_status (message);
}

/* It goes before its visitor has read the page; the page comes whole all the same, and nobody can come after it. */
static void
test_visitor_reads_the_page_of_one_who_is_gone (void)
{
  for (guint i = 0; i < N_CALLS; i++)
    {
      Story story = { 0 };
      g_autofree char *address = g_strdup (herald_loopback_receiver_get_address (receive (&story)));
      g_autofree char *text = NULL;
      g_autoptr(GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
      const guint16 ports[] = { (guint16) g_uri_get_port (uri), 0 };
      g_autoptr(HeraldLoopbackReceiver) next = NULL;
      g_autoptr(GError) error = NULL;

      g_assert_cmpuint (visit (address, "?" RIGHT, &text), ==, 200);
      g_assert_nonnull (strstr (text, "All is &lt;well&gt;"));
      g_assert_nonnull (strstr (text, "</html>"));
      g_assert_cmpstr (story.query, ==, RIGHT);
      g_assert_null (story.receiver);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      next = herald_loopback_receiver_new (ports, "/", on_query, &story, &error);
      g_assert_no_error (error);
      g_free (story.query);
    }
}

static void
test_wrong_visitors_do_not_end_it (void)
{
  Story story = { 0 };
  g_autofree char *address = g_strdup (herald_loopback_receiver_get_address (receive (&story)));
  g_autofree char *long_query = g_strnfill (5000, 'x');
  g_autofree char *long_address = g_strconcat ("?", long_query, NULL);

  g_assert_cmpuint (visit (address, "?code=wrong", NULL), ==, 400);
  g_assert_cmpuint (visit (address, "", NULL), ==, 400);
  g_assert_cmpuint (visit (address, "/more?" RIGHT, NULL), ==, 404);
  g_assert_cmpuint (visit (address, long_address, NULL), ==, 414);
  g_assert_cmpuint (story.n_visits, ==, 1);
  g_assert_cmpuint (visit (address, "?" RIGHT, NULL), ==, 200);
  g_free (story.query);
}

static void
test_second_visitor_is_not_let_in (void)
{
  Story story = { .answers_later = TRUE };
  g_autofree char *address = g_strdup (herald_loopback_receiver_get_address (receive (&story)));
  g_autofree char *page = g_strconcat (address, "?" RIGHT, NULL);
  g_autoptr(SoupSession) browser = soup_session_new ();
  g_autoptr(SoupMessage) message = soup_message_new (SOUP_METHOD_GET, page);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GBytes) body = NULL;

  soup_session_send_and_read_async (browser, message, G_PRIORITY_DEFAULT, NULL, on_ready, &result);
  while (story.query == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (visit (address, "?" RIGHT, NULL), ==, 400);
  g_assert_cmpuint (story.n_visits, ==, 1);

  herald_loopback_receiver_free (story.receiver);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  body = soup_session_send_and_read_finish (browser, result, NULL);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), "given up"));
  g_free (story.query);
}

static void
test_taken_ports_are_passed_over_until_there_is_none (void)
{
  Story story = { 0 };
  guint16 ports[3];
  g_autoptr(HeraldLoopbackReceiver) first = NULL;
  g_autoptr(HeraldLoopbackReceiver) second = NULL;
  g_autofree char *wanted = NULL;
  g_autoptr(GError) error = NULL;

  find_ports (ports);
  wanted = g_strdup_printf ("http://127.0.0.1:%u/callback", ports[1]);
  first = herald_loopback_receiver_new (ports, "/callback", on_query, &story, NULL);
  second = herald_loopback_receiver_new (ports, "/callback", on_query, &story, NULL);
  g_assert_cmpstr (herald_loopback_receiver_get_address (second), ==, wanted);
  g_assert_null (herald_loopback_receiver_new (ports, "/callback", on_query, &story, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/loopback-receiver/last-page", test_visitor_reads_the_page_of_one_who_is_gone);
  g_test_add_func ("/loopback-receiver/wrong", test_wrong_visitors_do_not_end_it);
  g_test_add_func ("/loopback-receiver/second", test_second_visitor_is_not_let_in);
  g_test_add_func ("/loopback-receiver/ports", test_taken_ports_are_passed_over_until_there_is_none);

  return g_test_run ();
}
