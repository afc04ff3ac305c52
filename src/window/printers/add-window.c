/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-add-window"

#include "window/printers/add-window.h"

#include "window/base/transient.h"
#include "window/printers/printer-adder.h"

/**
 * HeraldAddWindow:
 *
 * The window in which a printer is added. What was added stays when it is closed.
 */
struct _HeraldAddWindow
{
  AdwWindow parent_instance;

  HeraldPrinterAdder *adder;

  AdwClamp *clamp;
  GtkWidget *cancel;
  GtkWidget *done;
};

G_DEFINE_FINAL_TYPE (HeraldAddWindow, herald_add_window, ADW_TYPE_WINDOW)

/* There is nothing to cancel once a printer was added. */
static void
update (HeraldAddWindow *self)
{
  gboolean is_choosing = herald_printer_adder_is_choosing (self->adder);

  gtk_widget_set_visible (self->cancel, is_choosing);
  gtk_widget_set_visible (self->done, !is_choosing);
}

static void
go_back (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  herald_printer_adder_go_back (HERALD_ADD_WINDOW (widget)->adder);
}

static void
herald_add_window_class_init (HeraldAddWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/printers/add-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldAddWindow, clamp);
  gtk_widget_class_bind_template_child (widget_class, HeraldAddWindow, cancel);
  gtk_widget_class_bind_template_child (widget_class, HeraldAddWindow, done);
  gtk_widget_class_install_action (widget_class, "adder.back", NULL, go_back);
}

static void
herald_add_window_init (HeraldAddWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * herald_add_window_new:
 * @link: to the service
 *
 * Returns: (transfer none): it, not shown yet
 */
GtkWindow *
herald_add_window_new (GtkWindow         *parent,
                       HeraldServiceLink *link)
{
  HeraldAddWindow *self = g_object_new (HERALD_TYPE_ADD_WINDOW, NULL);

  herald_transient_attach (GTK_WINDOW (self), parent);
  self->adder = HERALD_PRINTER_ADDER (herald_printer_adder_new (link));
  adw_clamp_set_child (self->clamp, GTK_WIDGET (self->adder));
  g_signal_connect_object (self->adder, "notify::choosing", G_CALLBACK (update), self, G_CONNECT_SWAPPED);

  return GTK_WINDOW (self);
}
