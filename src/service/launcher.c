/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-launcher"

#include "service/launcher.h"

/**
 * HeraldLauncher:
 *
 * Opens windows, pages and pictures.
 */
struct _HeraldLauncher
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (HeraldLauncher, herald_launcher, G_TYPE_OBJECT)

static void
herald_launcher_class_init (HeraldLauncherClass *klass)
{
}

static void
herald_launcher_init (HeraldLauncher *self)
{
}

HeraldLauncher *
herald_launcher_new (GDBusConnection *connection)
{
  return g_object_new (HERALD_TYPE_LAUNCHER, NULL);
}

gboolean
herald_launcher_has_window (HeraldLauncher *self)
{
  return FALSE;
}

void
herald_launcher_open_window (HeraldLauncher *self,
                             const char     *page,
                             const char     *printer,
                             const char     *token)
{
}

void
herald_launcher_open_page (HeraldLauncher *self,
                           const char     *uri,
                           const char     *token)
{
}

void
herald_launcher_open_picture (HeraldLauncher *self,
                              GBytes         *picture,
                              const char     *type,
                              const char     *token)
{
}
