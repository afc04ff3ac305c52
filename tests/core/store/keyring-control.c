/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-keyring-control"

#include "keyring-control.h"

#define SERVICE "org.freedesktop.Secret.Service"
#define BACK_DOOR "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"
#define LOGIN_KEYRING "/org/freedesktop/secrets/collection/login"

static GVariant *
call (const char *interface,
      const char *method,
      GVariant   *arguments)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  GVariant *reply = g_dbus_connection_call_sync (bus, "org.freedesktop.secrets",
                                                 "/org/freedesktop/secrets", interface, method,
                                                 arguments, NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                                                 NULL, &error);

  g_assert_no_error (error);
  return reply;
}

void
lock_keyring (void)
{
  const char *const paths[] = { LOGIN_KEYRING, NULL };
  g_autoptr(GVariant) reply = call (SERVICE, "Lock", g_variant_new ("(^ao)", paths));

  g_assert_nonnull (reply);
}

/* With the password that with-keyring.sh made it with, and without a window that asks for it */
void
unlock_keyring (void)
{
  g_autoptr(GVariant) session = call (SERVICE, "OpenSession",
                                      g_variant_new ("(sv)", "plain", g_variant_new_string ("")));
  g_autoptr(GVariant) reply = NULL;
  const char *path = NULL;

  g_variant_get (session, "(v&o)", NULL, &path);
  reply = call (BACK_DOOR, "UnlockWithMasterPassword",
                g_variant_new ("(o(o@ay@ays))", LOGIN_KEYRING, path,
                               g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, "", 0, 1),
                               g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, "test", 4, 1),
                               "text/plain"));
  g_assert_nonnull (reply);
}
