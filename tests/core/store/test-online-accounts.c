/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-online-accounts"

#include "core/store/online-accounts.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

#include "core/base/error.h"

/* What the daemon says is tried with the daemon itself, in tests/real. Here is what no daemon can show. */

static void
on_ready (GObject      *object,
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

static gboolean
on_cancel_timeout (gpointer user_data)
{
  g_cancellable_cancel (G_CANCELLABLE (user_data));

  return G_SOURCE_REMOVE;
}

static double
cancel_after (guint           delay_ms,
              GAsyncResult  **result)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  gint64 begin_us = g_get_monotonic_time ();

  g_timeout_add (delay_ms, on_cancel_timeout, cancellable);
  herald_online_accounts_list_async (cancellable, on_ready, result);
  wait_for (result);

  return (double) (g_get_monotonic_time () - begin_us) / G_USEC_PER_SEC;
}

/* A handshake of GDBus ends when the bus ends it, and not before. */
static void
test_bus_that_is_silent_can_be_left (void)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  double seconds = cancel_after (100, &result);

  g_assert_null (herald_online_accounts_list_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpfloat (seconds, <, 2);
}

/* What failed in its handshake stays failed for everybody in this process, until it is let go. */
static void
test_bus_that_failed_is_worth_another_try (void)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *secret = NULL;
  gint64 begin_us = g_get_monotonic_time ();

  herald_online_accounts_sign_in_async ("ada@example.org", HERALD_ONLINE_AS_IS, NULL, on_ready, &result);
  g_assert_null (herald_online_accounts_sign_in_finish (wait_for (&result), &secret, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE);
  g_assert_null (secret);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, 15 * G_USEC_PER_SEC);
}

/* Takes whoever comes, and says nothing */
static GSocket *
listen_silently (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (path);
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, &error);

  g_assert_no_error (error);
  g_socket_bind (socket, address, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (socket, &error);
  g_assert_no_error (error);

  return socket;
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("silent-bus-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bus", NULL);
  g_autofree char *bus = g_strconcat ("unix:path=", path, NULL);
  g_autoptr(GSocket) socket = listen_silently (path);
  int status;

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", bus, TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/online-accounts/silent-bus/left", test_bus_that_is_silent_can_be_left);
  g_test_add_func ("/online-accounts/silent-bus/another-try", test_bus_that_failed_is_worth_another_try);

  status = g_test_run ();
  g_unlink (path);
  g_rmdir (folder);

  return status;
}
