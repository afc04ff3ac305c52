/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-avahi-browser"

#include "core/printers/discovery/avahi-browser.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

#include "core/base/error.h"
#include "core/printers/discovery/network-service.h"
#include "fixtures/scripted-avahi.h"

/* A busy computer needs long for a thousand signals. */
#define BROWSE_MS 2000

static void
on_result (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
on_cancel_timeout (gpointer user_data)
{
  g_cancellable_cancel (G_CANCELLABLE (user_data));

  return G_SOURCE_REMOVE;
}

/* The services, or NULL; how long it took must fit. */
static GPtrArray *
browse (GCancellable  *cancellable,
        gboolean       takes_its_time,
        GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  gint64 begin = g_get_monotonic_time ();
  gint64 elapsed_ms;

  if (cancellable != NULL)
    g_timeout_add (BROWSE_MS / 5, on_cancel_timeout, cancellable);
  herald_avahi_browse_async ("_x._tcp", BROWSE_MS, cancellable, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  elapsed_ms = (g_get_monotonic_time () - begin) / 1000;
  g_assert_cmpint (elapsed_ms >= BROWSE_MS, ==, takes_its_time);

  return herald_avahi_browse_finish (result, error);
}

static gboolean
is_gone (ScriptedAvahi *avahi)
{
  g_autoptr(GVariant) reply = NULL;

  if (avahi->client == NULL)
    return TRUE;

  reply = scripted_avahi_ask_bus (avahi, "GetNameOwner", g_variant_new ("(s)", avahi->client), NULL);

  return reply == NULL;
}

static void
test_services_are_collected (ScriptedAvahi *avahi,
                             gconstpointer  kind)
{
  static const guint expected[] = { [SCRIPTED_AVAHI_NEW] = 1,
                                    [SCRIPTED_AVAHI_OLD] = 1,
                                    [SCRIPTED_AVAHI_FORGETFUL] = 0,
                                    [SCRIPTED_AVAHI_FLOODED] = 96,
                                    [SCRIPTED_AVAHI_STRANGE] = 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) services = browse (NULL, TRUE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (services->len, ==, expected[avahi->kind]);
  g_assert_cmpuint (avahi->n_resolved, ==, expected[avahi->kind]);
  if (services->len > 0)
    g_assert_cmpstr (((HeraldNetworkService *) g_ptr_array_index (services, 0))->host, ==,
                     "octopi.local");

  /* And with us goes whatever Avahi keeps for us */
  while (!is_gone (avahi))
    g_main_context_iteration (NULL, FALSE);
}

static void
test_mute_avahi_is_as_good_as_none (ScriptedAvahi *avahi,
                                    gconstpointer  kind)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (browse (NULL, TRUE, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE);
}

static void
test_browsing_can_be_cancelled (ScriptedAvahi *avahi,
                                gconstpointer  kind)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_assert_null (browse (cancellable, FALSE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  while (!is_gone (avahi))
    g_main_context_iteration (NULL, FALSE);
}

static void
test_absent_avahi_is_said_at_once (ScriptedAvahi *avahi,
                                   gconstpointer  kind)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = scripted_avahi_ask_bus (
      avahi, "ReleaseName", g_variant_new ("(s)", "org.freedesktop.Avahi"), NULL);

  g_assert_null (browse (NULL, FALSE, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE);
}

static void
test_absent_bus_is_said_at_once (void)
{
  g_autoptr(GError) error = NULL;

  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere/at-all", TRUE);
  g_assert_null (browse (NULL, FALSE, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE);
}

/* Somebody takes the connection and says nothing. */
static void
test_silent_bus_has_its_limit (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("octoherald-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bus", NULL);
  g_autofree char *address = g_strconcat ("unix:path=", path, NULL);
  g_autoptr(GSocketAddress) place = g_unix_socket_address_new (path);
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();

  g_socket_listener_add_address (listener, place, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                                 NULL, NULL, &error);
  g_assert_no_error (error);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", address, TRUE);
  g_assert_null (browse (NULL, TRUE, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE);

  g_unlink (path);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    ScriptedAvahiKind kind;
    void (*func) (ScriptedAvahi *, gconstpointer);
  } tests[] = {
    { "/avahi-browser/new", SCRIPTED_AVAHI_NEW, test_services_are_collected },
    { "/avahi-browser/old", SCRIPTED_AVAHI_OLD, test_services_are_collected },
    { "/avahi-browser/forgetful", SCRIPTED_AVAHI_FORGETFUL, test_services_are_collected },
    { "/avahi-browser/flooded", SCRIPTED_AVAHI_FLOODED, test_services_are_collected },
    { "/avahi-browser/strange", SCRIPTED_AVAHI_STRANGE, test_services_are_collected },
    { "/avahi-browser/mute", SCRIPTED_AVAHI_MUTE, test_mute_avahi_is_as_good_as_none },
    { "/avahi-browser/cancelled", SCRIPTED_AVAHI_NEW, test_browsing_can_be_cancelled },
    { "/avahi-browser/cancelled-early", SCRIPTED_AVAHI_MUTE, test_browsing_can_be_cancelled },
    { "/avahi-browser/absent", SCRIPTED_AVAHI_NEW, test_absent_avahi_is_said_at_once },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ScriptedAvahi, GUINT_TO_POINTER (tests[i].kind),
                scripted_avahi_set_up, tests[i].func, scripted_avahi_tear_down);
  g_test_add_func ("/avahi-browser/no-bus", test_absent_bus_is_said_at_once);
  g_test_add_func ("/avahi-browser/silent-bus", test_silent_bus_has_its_limit);

  return g_test_run ();
}
