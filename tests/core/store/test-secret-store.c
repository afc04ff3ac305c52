/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-secret-store"

#include "core/store/secret-store.h"

#include <gio/gunixsocketaddress.h>

#include "core/base/error.h"
#include "core/base/log.h"
#include "keyring-control.h"

/* Run by with-keyring.sh, which says in HERALD_TEST_KEYRING how the keyring is. */

static void
on_ready (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

static char *
look_up (HeraldSecretStore  *store,
         const char         *origin,
         GError            **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  herald_secret_store_lookup_async (store, "mk3", "key", origin, NULL, on_ready, &result);
  return herald_secret_store_lookup_finish (store, wait_for (&result), error);
}

static gboolean
put (HeraldSecretStore  *store,
     GError            **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  herald_secret_store_store_async (store, "mk3", "key", "http://a:80", "s3cret-key", NULL,
                                   on_ready, &result);
  return herald_secret_store_store_finish (store, wait_for (&result), error);
}

static void
test_unlocked_keyring_keeps_secrets_by_origin (void)
{
  g_autoptr(HeraldSecretStore) store = herald_secret_store_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *secret = NULL;

  g_assert_true (put (store, &error));
  g_assert_no_error (error);
  secret = look_up (store, "http://a:80", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, "s3cret-key");
  g_assert_null (look_up (store, "http://b:80", &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
  g_clear_error (&error);
  herald_secret_store_clear_async (store, "mk3", NULL, on_ready, &result);
  g_assert_true (herald_secret_store_clear_finish (store, wait_for (&result), &error));
  g_clear_object (&result);
  g_assert_null (look_up (store, "http://a:80", NULL));
  g_assert_cmpint (herald_secret_store_get_state (store), ==, HERALD_SECRETS_READY);
  g_assert_finalize_object (g_steal_pointer (&store));
}

/* Else the log would grow slower with each pair of tokens that was ever renewed. */
static void
test_secret_of_several_lines_is_starred_out_for_a_while (void)
{
  static const char text[] = "1\nCanary of tokens";
  g_autoptr(HeraldSecretStore) store = herald_secret_store_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *soon = NULL;
  g_autofree char *late = NULL;

  herald_secret_store_store_async (store, "mk3", "key", "http://a:80", text, NULL, on_ready, &result);
  wait_for (&result);
  g_free (look_up (store, "http://a:80", NULL));
  soon = herald_log_redact (text);
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *other = g_strdup_printf ("Later %u", i);

      herald_log_add_passing_secret (other);
    }
  late = herald_log_redact (text);
  g_assert_cmpstr (soon, ==, "***");
  g_assert_cmpstr (late, !=, "***");
}

static void
test_absent_keyring_is_said_to_be_absent (void)
{
  g_autoptr(HeraldSecretStore) store = herald_secret_store_new ();
  g_autoptr(GError) error = NULL;

  g_assert_null (look_up (store, "http://a:80", &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
  g_assert_cmpint (herald_secret_store_get_state (store), ==, HERALD_SECRETS_ABSENT);
  g_assert_false (put (store, NULL));
  g_assert_finalize_object (g_steal_pointer (&store));
}

/* A keyring that is there and cannot be used is described by the same sentence everywhere. */
static void
assert_state (HeraldSecretStore      *store,
              HeraldSecretStoreState  state)
{
  g_autoptr(GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_null (look_up (store, "http://a:80", &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
  g_assert_cmpstr (error->message, ==, herald_secret_store_describe (state));
  g_assert_cmpint (herald_secret_store_get_state (store), ==, state);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 12 * G_USEC_PER_SEC);
}

static void
test_bus_without_a_keyring_is_said_to_have_none (void)
{
  g_autoptr(HeraldSecretStore) store = herald_secret_store_new ();

  assert_state (store, HERALD_SECRETS_ABSENT);
  g_assert_finalize_object (g_steal_pointer (&store));
}

static GDBusMessage *
swallow (GDBusConnection *connection,
         GDBusMessage    *message,
         gboolean         is_incoming,
         gpointer         user_data)
{
  if (is_incoming && g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    g_clear_object (&message);

  return message;
}

/* Takes @name on the bus and answers nobody. */
static GDBusConnection *
own_silently (const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = NULL;
  GDBusConnection *owner = g_dbus_connection_new_for_address_sync (
      g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
          G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);

  g_assert_no_error (error);
  g_dbus_connection_add_filter (owner, swallow, NULL, NULL);
  reply = g_dbus_connection_call_sync (owner, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", name, 0), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);

  return owner;
}

static void
test_silent_keyring_ends_in_time (void)
{
  g_autoptr(HeraldSecretStore) store = herald_secret_store_new ();
  g_autoptr(GDBusConnection) owner = own_silently ("org.freedesktop.secrets");

  assert_state (store, HERALD_SECRETS_SILENT);
  g_assert_finalize_object (g_steal_pointer (&store));
}

/* The kernel completes the connection; nobody ever answers on it. Somebody else in this process is
 * connecting, too, and has all the time in the world: the library's call waits behind that one and
 * hears no cancellation. */
static void
test_silent_bus_ends_in_time (void)
{
  static GAsyncResult *never = NULL; /* still waited for when the test is over */
  g_autoptr(HeraldSecretStore) store = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (g_get_home_dir (), "silent", NULL);
  g_autofree char *bus = g_strconcat ("unix:path=", path, NULL);
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr(GSocket) server = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, 0, &error);

  g_assert_true (g_socket_bind (server, address, TRUE, &error));
  g_assert_true (g_socket_listen (server, &error));
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", bus, TRUE);
  g_bus_get (G_BUS_TYPE_SESSION, NULL, on_ready, &never);
  store = herald_secret_store_new ();
  assert_state (store, HERALD_SECRETS_SILENT);
  g_assert_null (never);
  g_assert_finalize_object (g_steal_pointer (&store));
}

static void
test_locked_keyring_is_noticed_when_it_opens (void)
{
  g_autoptr(HeraldSecretStore) store = g_object_new (HERALD_TYPE_SECRET_STORE, "recheck-interval-s", 1, NULL);
  /* Who shows the window that asks for the password: if it were asked for, nobody would answer. */
  g_autoptr(GDBusConnection) prompter = own_silently ("org.gnome.keyring.SystemPrompter");
  g_autofree char *secret = NULL;
  gint64 end;

  g_assert_true (put (store, NULL));
  lock_keyring ();
  assert_state (store, HERALD_SECRETS_LOCKED);
  unlock_keyring ();
  end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  while (herald_secret_store_get_state (store) != HERALD_SECRETS_READY && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (herald_secret_store_get_state (store), ==, HERALD_SECRETS_READY);
  secret = look_up (store, "http://a:80", NULL);
  g_assert_cmpstr (secret, ==, "s3cret-key");
  g_assert_finalize_object (g_steal_pointer (&store));
}

static void
test_credentials_need_no_keyring (void)
{
  /* As systemd calls it if it was told a folder, and if it was told the file itself, which comes first */
  static const char *const names[] = { "octoherald_mk3.key", "mk3.key" };
  g_autoptr(HeraldSecretStore) store = herald_secret_store_new ();

  assert_state (store, HERALD_SECRETS_ABSENT);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (g_get_home_dir (), names[i], NULL);
      g_autofree char *secret = NULL;

      g_assert_true (g_file_set_contents (path, names[i], -1, NULL));
      g_setenv ("CREDENTIALS_DIRECTORY", g_get_home_dir (), TRUE);
      secret = look_up (store, "http://a:80", NULL);
      g_assert_cmpstr (secret, ==, names[i]);
      g_unsetenv ("CREDENTIALS_DIRECTORY");
    }
  g_assert_cmpint (herald_secret_store_get_state (store), ==, HERALD_SECRETS_ABSENT);
  g_assert_finalize_object (g_steal_pointer (&store));
}

static void
test_cancelled_lookup_ends_at_once (void)
{
  g_autoptr(HeraldSecretStore) store = herald_secret_store_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  herald_secret_store_lookup_async (store, "mk3", "key", "http://a:80", cancellable, on_ready,
                                    &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (herald_secret_store_lookup_finish (store, wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  g_assert_finalize_object (g_steal_pointer (&store));
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *state;
    const char *path;
    void (*test) (void);
  } rows[] = {
    { "unlocked", "/secret-store/unlocked", test_unlocked_keyring_keeps_secrets_by_origin },
    { "unlocked", "/secret-store/lines", test_secret_of_several_lines_is_starred_out_for_a_while },
    { "absent", "/secret-store/absent", test_absent_keyring_is_said_to_be_absent },
    { "absent", "/secret-store/credentials", test_credentials_need_no_keyring },
    { "none", "/secret-store/cancelled", test_cancelled_lookup_ends_at_once },
    { "none", "/secret-store/none", test_bus_without_a_keyring_is_said_to_have_none },
    { "none", "/secret-store/silent-service", test_silent_keyring_ends_in_time },
    { "silent", "/secret-store/silent-bus", test_silent_bus_ends_in_time },
    { "locked", "/secret-store/locked", test_locked_keyring_is_noticed_when_it_opens },
  };
  const char *state = g_getenv ("HERALD_TEST_KEYRING");

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (g_strcmp0 (state, rows[i].state) == 0)
        g_test_add_func (rows[i].path, rows[i].test);
    }

  return g_test_run ();
}
