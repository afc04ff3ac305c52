/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-main"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "window/application.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr(HeraldApplication) application = NULL;
  const char *locale_dir = g_getenv ("OCTOHERALD_LOCALE_DIR");

  setlocale (LC_ALL, "");
  /* Tests bring a language along: GTK asks a translation of ours whether we are written from right to left. */
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : HERALD_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name ("OctoHerald");

  application = herald_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
