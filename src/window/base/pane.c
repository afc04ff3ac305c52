/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-pane"

#include "window/base/pane.h"

#include "window/base/transient.h"

#define WIDTH 560
#define HEIGHT 620
#define WIDTH_MIN 360
#define HEIGHT_MIN 294
#define MARGIN 18

static void
close_by_escape (GtkWidget *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, controller);
}

static GtkWidget *
make_scroller (GtkWidget *child)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_widget_set_margin_top (clamp, MARGIN);
  gtk_widget_set_margin_bottom (clamp, MARGIN);
  gtk_widget_set_margin_start (clamp, MARGIN);
  gtk_widget_set_margin_end (clamp, MARGIN);
  adw_clamp_set_child (ADW_CLAMP (clamp), child);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);

  return scroller;
}

GtkWindow *
herald_pane_new (GtkWindow  *parent,
                 const char *title,
                 GtkWidget  *child)
{
  GtkWidget *window = g_object_new (ADW_TYPE_WINDOW, "modal", TRUE, "title", title, "default-width", WIDTH, "default-height",
                                    HEIGHT, "width-request", WIDTH_MIN, "height-request", HEIGHT_MIN, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *overlay = adw_toast_overlay_new ();

  herald_transient_attach (GTK_WINDOW (window), parent);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), overlay);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), make_scroller (child));
  adw_window_set_content (ADW_WINDOW (window), box);
  close_by_escape (window);

  return GTK_WINDOW (window);
}

AdwHeaderBar *
herald_pane_get_header (GtkWindow *pane)
{
  return ADW_HEADER_BAR (gtk_widget_get_first_child (adw_window_get_content (ADW_WINDOW (pane))));
}
