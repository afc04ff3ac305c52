/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printers-page"

#include "window/printers/printers-page.h"

#include "window/printers/printer-row.h"

/**
 * HeraldPrintersPage:
 *
 * The page of the printers: a card for each, the worst first. While there is none it says what to do.
 */
struct _HeraldPrintersPage
{
  AdwBin parent_instance;

  HeraldServiceLink *link;
  char *wanted_printer; /* id; NULL if nobody asked for one */

  GtkStack *stack;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (HeraldPrintersPage, herald_printers_page, ADW_TYPE_BIN)

static void
focus_wanted_printer (HeraldPrintersPage *self)
{
  GListModel *printers = herald_service_link_get_printers (self->link);

  for (guint i = 0; self->wanted_printer != NULL && i < g_list_model_get_n_items (printers); i++)
    {
      g_autoptr(HeraldDBusPrinter1) printer = g_list_model_get_item (printers, i);
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) i);

      if (row == NULL || g_strcmp0 (herald_dbus_printer1_get_id (printer), self->wanted_printer) != 0)
        continue;

      gtk_widget_grab_focus (GTK_WIDGET (row));
      g_clear_pointer (&self->wanted_printer, g_free);
    }
}

static void
on_printers_changed (HeraldPrintersPage *self)
{
  GListModel *printers = herald_service_link_get_printers (self->link);

  gtk_stack_set_visible_child_name (self->stack, g_list_model_get_n_items (printers) > 0 ? "list" : "empty");
  focus_wanted_printer (self);
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  return herald_printer_row_new (HERALD_DBUS_PRINTER1 (item));
}

/* GObject */

static void
herald_printers_page_dispose (GObject *object)
{
  HeraldPrintersPage *self = HERALD_PRINTERS_PAGE (object);

  g_clear_pointer (&self->wanted_printer, g_free);
  g_clear_object (&self->link);

  G_OBJECT_CLASS (herald_printers_page_parent_class)->dispose (object);
}

static void
herald_printers_page_class_init (HeraldPrintersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_printers_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/octoherald/OctoHerald/printers/printers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldPrintersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrintersPage, list);
}

static void
herald_printers_page_init (HeraldPrintersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * herald_printers_page_new:
 * @link: to the service
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
herald_printers_page_new (HeraldServiceLink *link)
{
  HeraldPrintersPage *self = g_object_new (HERALD_TYPE_PRINTERS_PAGE, NULL);
  GListModel *printers = herald_service_link_get_printers (link);

  self->link = g_object_ref (link);
  gtk_list_box_bind_model (self->list, printers, make_row, NULL, NULL);
  g_signal_connect_object (printers, "items-changed", G_CALLBACK (on_printers_changed), self,
                           G_CONNECT_AFTER | G_CONNECT_SWAPPED);
  on_printers_changed (self);

  return GTK_WIDGET (self);
}

void
herald_printers_page_show_printer (HeraldPrintersPage *self,
                                   const char         *id)
{
  g_free (self->wanted_printer);
  self->wanted_printer = g_strdup (id);
  focus_wanted_printer (self);
}
