/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-x-login"

#include <libsoup/soup.h>
#include <string.h>

#include "core/channels/browser-login.h"
#include "fixtures/http-recorder.h"
#include "x-fixture.h"

/* Run by with-keyring.sh, where the secret of the app would be. */

/* A login at a server that does not answer when tokens are asked for */
typedef struct
{
  HttpRecorder *server;
  XFixture *x;
  GCancellable *cancellable;
  GAsyncResult *result;
  char *home; /* where X sends the browser: with the state of this login, and a code */
} Fixture;

static void
on_ready (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
on_page (const char *page,
         gpointer    user_data)
{
  Fixture *self = user_data;
  g_autoptr(GUri) uri = g_uri_parse (page, G_URI_FLAGS_NONE, NULL);
  g_autoptr(GHashTable) values = g_uri_parse_params (g_uri_get_query (uri), -1, "&", G_URI_PARAMS_WWW_FORM, NULL);

  self->home = g_strdup_printf ("%s?state=%s&code=CodeOfThisLogin",
                                (const char *) g_hash_table_lookup (values, "redirect_uri"),
                                (const char *) g_hash_table_lookup (values, "state"));
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  static const char *const script[] = { HTTP_RECORDER_SILENT, NULL };
  g_autofree char *url = NULL;

  self->server = http_recorder_new (NULL, 0, script);
  url = http_recorder_dup_url (self->server);
  self->x = x_fixture_new (url);
  x_fixture_set (self->x, "login", "browser");
  x_fixture_set (self->x, "client-id", "QXBwOjE6Y2k");
  self->cancellable = g_cancellable_new ();
  herald_browser_login_start_async (HERALD_BROWSER_LOGIN (self->x->channel), on_page, self, self->cancellable, on_ready,
                                    &self->result);
  while (self->home == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_clear_object (&self->result);
  x_fixture_free (self->x);
  http_recorder_free (self->server);
  g_object_unref (self->cancellable);
  g_free (self->home);
}

static void
wait_for_exchange (Fixture *self)
{
  while (strstr (http_recorder_get_log (self->server), "authorization_code") == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* Ends it as Ctrl-C does. */
static void
give_up (Fixture *self)
{
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (self->cancellable);
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (herald_browser_login_start_finish (HERALD_BROWSER_LOGIN (self->x->channel), self->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_browser_is_told_in_words_that_the_login_was_given_up (Fixture       *self,
                                                           gconstpointer  data)
{
  g_autoptr(SoupSession) browser = soup_session_new ();
  g_autoptr(SoupMessage) visit = soup_message_new (SOUP_METHOD_GET, self->home);
  g_autoptr(GAsyncResult) sent = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) page = NULL;
  g_autofree char *text = NULL;

  soup_session_send_and_read_async (browser, visit, G_PRIORITY_DEFAULT, NULL, on_ready, &sent);
  wait_for_exchange (self);
  give_up (self);
  while (sent == NULL)
    g_main_context_iteration (NULL, TRUE);
  page = soup_session_send_and_read_finish (browser, sent, &error);
  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (page, NULL), g_bytes_get_size (page));
  g_assert_nonnull (strstr (text, "The login was given up."));
}

static void
test_address_that_comes_twice_is_not_called_a_strangers (Fixture       *self,
                                                         gconstpointer  data)
{
  HeraldBrowserLogin *login = HERALD_BROWSER_LOGIN (self->x->channel);
  g_autofree char *foreign = g_strconcat (self->home, "&state=another", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) stranger = NULL;

  g_assert_true (herald_browser_login_take_address (login, self->home, NULL));
  wait_for_exchange (self);
  g_assert_false (herald_browser_login_take_address (login, self->home, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_REJECTED);
  g_assert_nonnull (strstr (error->message, "just being finished"));
  g_assert_false (herald_browser_login_take_address (login, foreign, &stranger));
  g_assert_nonnull (strstr (stranger->message, "another login"));
  give_up (self);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/x-login/given-up", test_browser_is_told_in_words_that_the_login_was_given_up);
  ADD ("/x-login/twice", test_address_that_comes_twice_is_not_called_a_strangers);
#undef ADD

  return g_test_run ();
}
