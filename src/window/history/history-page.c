/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-page"

#include "window/history/history-page.h"

#include "window/history/history-list.h"
#include "window/history/history-row.h"

/**
 * HeraldHistoryPage:
 *
 * The page of what was told to whom, newest first.
 */
struct _HeraldHistoryPage
{
  AdwBin parent_instance;

  HeraldHistoryList *history;

  GtkStack *stack;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (HeraldHistoryPage, herald_history_page, ADW_TYPE_BIN)

static void
on_entries_changed (HeraldHistoryPage *self)
{
  GListModel *entries = herald_history_list_get_model (self->history);

  gtk_stack_set_visible_child_name (self->stack, g_list_model_get_n_items (entries) > 0 ? "list" : "empty");
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  return herald_history_row_new (HERALD_HISTORY_ENTRY (item));
}

/* GObject */

static void
herald_history_page_dispose (GObject *object)
{
  g_clear_object (&HERALD_HISTORY_PAGE (object)->history);

  G_OBJECT_CLASS (herald_history_page_parent_class)->dispose (object);
}

static void
herald_history_page_class_init (HeraldHistoryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_history_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/history/history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryPage, list);
}

static void
herald_history_page_init (HeraldHistoryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * herald_history_page_new:
 * @link: to the service
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
herald_history_page_new (HeraldServiceLink *link)
{
  HeraldHistoryPage *self = g_object_new (HERALD_TYPE_HISTORY_PAGE, NULL);
  GListModel *entries;

  self->history = herald_history_list_new (link);
  entries = herald_history_list_get_model (self->history);
  gtk_list_box_bind_model (self->list, entries, make_row, NULL, NULL);
  g_signal_connect_object (entries, "items-changed", G_CALLBACK (on_entries_changed), self, G_CONNECT_AFTER | G_CONNECT_SWAPPED);
  on_entries_changed (self);

  return GTK_WIDGET (self);
}
