/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-web-page"

#include "ctl/web-page.h"

#include <gio/gio.h>

gboolean
herald_web_page_can_open (void)
{
  const char *x11 = g_getenv ("DISPLAY");
  const char *wayland = g_getenv ("WAYLAND_DISPLAY");

  return (x11 != NULL && *x11 != '\0') || (wayland != NULL && *wayland != '\0');
}

void
herald_web_page_open (const char *page)
{
  const char *scheme = g_uri_peek_scheme (page);
  g_autoptr(GError) error = NULL;

  /* Nothing but a web page is opened, whatever a server says */
  if (g_strcmp0 (scheme, "http") != 0 && g_strcmp0 (scheme, "https") != 0)
    return;
  if (!g_app_info_launch_default_for_uri (page, NULL, &error))
    g_debug ("No browser: %s", error->message);
}
