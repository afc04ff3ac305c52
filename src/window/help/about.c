/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-about"

#include "window/help/about.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "core/base/sandbox.h"

#define APPLICATION_ID "io.github.octoherald.OctoHerald"
#define WEBSITE "https://github.com/octoherald/OctoHerald"

static const char *
get_desktop (void)
{
  const char *desktop = g_getenv ("XDG_CURRENT_DESKTOP");

  return desktop != NULL && *desktop != '\0' ? desktop : "unknown";
}

/* In English: it is read by whoever helps. */
char *
herald_about_dup_system_facts (HeraldServiceLink *link)
{
  HeraldDBusService1 *service = herald_service_link_get_service (link);
  gboolean runs = herald_service_link_get_state (link) == HERALD_LINK_RUNNING && service != NULL;
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  GString *facts = g_string_new (NULL);

  g_string_append_printf (facts, "OctoHerald %s\n", HERALD_VERSION);
  g_string_append_printf (facts, "Service: %s\n", runs ? herald_dbus_service1_get_version (service) : "does not run");
  if (runs)
    {
      g_string_append_printf (facts, "Icon in the panel: %s\n", herald_dbus_service1_get_tray (service));
      g_string_append_printf (facts, "Keyring: %s\n", herald_dbus_service1_get_keyring (service));
      g_string_append_printf (facts, "Printers: %u\n",
                              g_list_model_get_n_items (herald_service_link_get_printers (link)));
      g_string_append_printf (facts, "Waiting: %" G_GUINT64_FORMAT ", held: %" G_GUINT64_FORMAT "\n",
                              herald_dbus_service1_get_waiting (service), herald_dbus_service1_get_held (service));
    }
  g_string_append_printf (facts, "System: %s\n", system != NULL ? system : "unknown");
  g_string_append_printf (facts, "Desktop: %s%s\n", get_desktop (), herald_sandbox_is_inside () ? ", in a sandbox" : "");
  g_string_append_printf (facts, "GTK %u.%u.%u, libadwaita %u.%u.%u, GLib %u.%u.%u\n", gtk_get_major_version (),
                          gtk_get_minor_version (), gtk_get_micro_version (), adw_get_major_version (),
                          adw_get_minor_version (), adw_get_micro_version (), glib_major_version, glib_minor_version,
                          glib_micro_version);

  return g_string_free (facts, FALSE);
}

void
herald_about_present (GtkWindow         *parent,
                      HeraldServiceLink *link)
{
  g_autofree char *facts = herald_about_dup_system_facts (link);

  gtk_show_about_dialog (parent,
                         "program-name", "OctoHerald",
                         "version", HERALD_VERSION,
                         "logo-icon-name", APPLICATION_ID,
                         "comments", _("Tells you what your 3D printers are doing"),
                         "website", WEBSITE,
                         "website-label", _("Website"),
                         "copyright", _("© 2026 The OctoHerald developers"),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "system-information", facts,
                         "translator-credits", _("translator-credits"),
                         NULL);
}
