/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-main"

#include "core/base/language.h"
#include "window/application.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr(HeraldApplication) application = NULL;

  herald_language_init ();
  g_set_application_name ("OctoHerald");

  application = herald_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
