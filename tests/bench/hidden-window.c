/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least that a tray application made with GTK 4 has: a window that is not shown, and a connection to the desktop. */
#define G_LOG_DOMAIN "herald-test-hidden-window"

#include <gtk/gtk.h>

static void
on_activate (GtkApplication *application)
{
  GtkWidget *window = gtk_application_window_new (application);

  gtk_window_set_child (GTK_WINDOW (window), gtk_label_new ("Printing, 42 %"));
  g_application_hold (G_APPLICATION (application));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GtkApplication) application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (on_activate), NULL);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
