/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-plain-notice"

#include "service/notifications/plain-notice.h"

#include "service/notifications/desktop-notice.h"

static void
on_shown (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!herald_desktop_notice_show_finish (HERALD_DESKTOP_NOTICE (source), result, &error) && error != NULL)
    g_message ("Nobody could be told what a click has come to: %s", error->message);
}

void
herald_plain_notice_tell (const char *title,
                          const char *text)
{
  g_autoptr(HeraldDesktopNotice) notice = herald_desktop_notice_new ();

  /* Who has clicked is looking. */
  g_debug ("%s: %s", title, text);
  herald_desktop_notice_set_urgency (notice, HERALD_URGENCY_NORMAL);
  herald_desktop_notice_show_async (notice, title, text, NULL, on_shown, NULL);
}
