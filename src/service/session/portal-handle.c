/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-portal-handle"

#include "service/session/portal-handle.h"

#define PORTAL_PATH "/org/freedesktop/portal/desktop"

char *
herald_portal_handle_make_token (void)
{
  return g_strdup_printf ("octoherald%u", g_random_int ());
}

/* xdg-desktop-portal, org.freedesktop.portal.Request */
char *
herald_portal_handle_make (GDBusConnection *connection,
                           const char      *token)
{
  const char *name = g_dbus_connection_get_unique_name (connection);
  g_autofree char *sender = g_strdelimit (g_strdup (name != NULL && *name == ':' ? name + 1 : "none"), ".", '_');

  return g_strconcat (PORTAL_PATH "/request/", sender, "/", token, NULL);
}
