/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-web-page"

#include "window/base/web-page.h"

#include <glib/gi18n-lib.h>

#include "window/base/notice.h"

static void
say_that_none_opens (GtkWidget *from)
{
  herald_notice_show (from, _("No browser could be opened. Please open the page yourself."));
}

static void
on_launch_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GtkWidget) from = GTK_WIDGET (user_data);
  g_autoptr(GError) error = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, &error))
    return;

  g_debug ("The browser was not opened: %s", error->message);
  if (gtk_widget_get_root (from) != NULL)
    say_that_none_opens (from);
}

void
herald_web_page_open (GtkWidget  *from,
                      const char *address)
{
  g_autofree char *scheme = g_uri_parse_scheme (address);
  g_autoptr(GdkAppLaunchContext) context = NULL;

  g_return_if_fail (GTK_IS_WIDGET (from));

  if (g_strcmp0 (scheme, "https") != 0 && g_strcmp0 (scheme, "http") != 0)
    {
      say_that_none_opens (from);
      return;
    }

  context = gdk_display_get_app_launch_context (gtk_widget_get_display (from));
  g_app_info_launch_default_for_uri_async (address, G_APP_LAUNCH_CONTEXT (context), NULL, on_launch_ready,
                                           g_object_ref (from));
}
