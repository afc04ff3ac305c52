/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-main-window"

#include "window/main-window.h"

#include <glib/gi18n-lib.h>

#include "window/history-list.h"
#include "window/history-row.h"
#include "window/printer-row.h"

#define SETTINGS_ID "io.github.octoherald.OctoHerald"

/**
 * HeraldMainWindow:
 *
 * The window: the printers on one page, the messages on the other. While the
 * service does not run it says so and offers to start it; while there is
 * nothing to show it says what to do next.
 */
struct _HeraldMainWindow
{
  AdwApplicationWindow parent_instance;

  HeraldServiceLink *link;
  HeraldHistoryList *history;
  GSettings *settings;
  char *wanted_printer; /* id; NULL if nobody asked for one */

  GtkWidget *switcher;
  GtkStack *link_stack;
  AdwStatusPage *absent_page;
  AdwViewStack *pages;
  GtkStack *printers_stack;
  GtkListBox *printers_box;
  GtkLabel *command;
  GtkStack *messages_stack;
  GtkListBox *messages_box;
};

G_DEFINE_FINAL_TYPE (HeraldMainWindow, herald_main_window, ADW_TYPE_APPLICATION_WINDOW)

static void
on_state_changed (HeraldServiceLink *link,
                  gpointer           user_data)
{
  static const char *const names[] = {
    [HERALD_LINK_CONNECTING] = "connecting",
    [HERALD_LINK_ABSENT] = "absent",
    [HERALD_LINK_RUNNING] = "running",
  };
  HeraldMainWindow *self = HERALD_MAIN_WINDOW (user_data);
  HeraldLinkState state = herald_service_link_get_state (link);
  const char *problem = herald_service_link_get_problem (link);

  if (problem == NULL)
    problem = _("Nobody is watching your printers, and no messages are sent.");
  adw_status_page_set_description (self->absent_page, problem);
  gtk_stack_set_visible_child_name (self->link_stack, names[state]);
  gtk_widget_set_visible (self->switcher, state == HERALD_LINK_RUNNING);
}

static void
on_items_changed (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  gtk_stack_set_visible_child_name (GTK_STACK (user_data),
                                    g_list_model_get_n_items (model) > 0 ? "list" : "empty");
}

static void
focus_wanted_printer (HeraldMainWindow *self)
{
  GListModel *printers = herald_service_link_get_printers (self->link);

  for (guint i = 0; self->wanted_printer != NULL && i < g_list_model_get_n_items (printers); i++)
    {
      g_autoptr(HeraldDBusPrinter1) printer = g_list_model_get_item (printers, i);
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->printers_box, (int) i);

      if (row == NULL || g_strcmp0 (herald_dbus_printer1_get_id (printer), self->wanted_printer) != 0)
        continue;

      gtk_widget_grab_focus (GTK_WIDGET (row));
      g_clear_pointer (&self->wanted_printer, g_free);
    }
}

static GtkWidget *
make_printer_row (gpointer item,
                  gpointer user_data)
{
  return herald_printer_row_new (HERALD_DBUS_PRINTER1 (item));
}

static GtkWidget *
make_history_row (gpointer item,
                  gpointer user_data)
{
  return herald_history_row_new (HERALD_HISTORY_ENTRY (item));
}

static void
start_service (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  herald_service_link_start_service (HERALD_MAIN_WINDOW (widget)->link);
}

static void
copy_command (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          gtk_label_get_text (HERALD_MAIN_WINDOW (widget)->command));
}

static void
show_page (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  herald_main_window_show_page (HERALD_MAIN_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* Run from a build folder there may be no schema; then the window forgets, which harms nobody. */
static void
bind_settings (HeraldMainWindow *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr(GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SETTINGS_ID, TRUE);
  if (schema == NULL)
    return;

  self->settings = g_settings_new_full (schema, NULL, NULL);
  g_settings_bind (self->settings, "width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "page", self->pages, "visible-child-name",
                   G_SETTINGS_BIND_DEFAULT);
}

/* GObject */

static void
herald_main_window_dispose (GObject *object)
{
  HeraldMainWindow *self = HERALD_MAIN_WINDOW (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->wanted_printer, g_free);
  g_clear_object (&self->history);
  g_clear_object (&self->link);

  G_OBJECT_CLASS (herald_main_window_parent_class)->dispose (object);
}

static void
herald_main_window_class_init (HeraldMainWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_main_window_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/octoherald/OctoHerald/main-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldMainWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, HeraldMainWindow, link_stack);
  gtk_widget_class_bind_template_child (widget_class, HeraldMainWindow, absent_page);
  gtk_widget_class_bind_template_child (widget_class, HeraldMainWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, HeraldMainWindow, printers_stack);
  gtk_widget_class_bind_template_child (widget_class, HeraldMainWindow, printers_box);
  gtk_widget_class_bind_template_child (widget_class, HeraldMainWindow, command);
  gtk_widget_class_bind_template_child (widget_class, HeraldMainWindow, messages_stack);
  gtk_widget_class_bind_template_child (widget_class, HeraldMainWindow, messages_box);

  gtk_widget_class_install_action (widget_class, "win.start-service", NULL, start_service);
  gtk_widget_class_install_action (widget_class, "win.copy-command", NULL, copy_command);
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page);
}

static void
herald_main_window_init (HeraldMainWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bind_settings (self);
}

/**
 * herald_main_window_new:
 * @link: whose printers and messages are shown
 *
 * Returns: (transfer none): a window that belongs to @application
 */
GtkWindow *
herald_main_window_new (HeraldApplication *application,
                        HeraldServiceLink *link)
{
  HeraldMainWindow *self = g_object_new (HERALD_TYPE_MAIN_WINDOW, "application", application, NULL);
  GListModel *printers = herald_service_link_get_printers (link);
  GListModel *messages;

  self->link = g_object_ref (link);
  self->history = herald_history_list_new (link);
  messages = herald_history_list_get_model (self->history);

  gtk_list_box_bind_model (self->printers_box, printers, make_printer_row, NULL, NULL);
  g_signal_connect_object (printers, "items-changed", G_CALLBACK (on_items_changed),
                           self->printers_stack, 0);
  g_signal_connect_object (printers, "items-changed", G_CALLBACK (focus_wanted_printer), self,
                           G_CONNECT_AFTER | G_CONNECT_SWAPPED);
  on_items_changed (printers, 0, 0, 0, self->printers_stack);

  gtk_list_box_bind_model (self->messages_box, messages, make_history_row, NULL, NULL);
  g_signal_connect_object (messages, "items-changed", G_CALLBACK (on_items_changed),
                           self->messages_stack, 0);
  on_items_changed (messages, 0, 0, 0, self->messages_stack);

  g_signal_connect_object (link, "state-changed", G_CALLBACK (on_state_changed), self, 0);
  on_state_changed (link, self);

  return GTK_WINDOW (self);
}

void
herald_main_window_show_page (HeraldMainWindow *self,
                              const char       *page)
{
  if (adw_view_stack_get_child_by_name (self->pages, page) != NULL)
    adw_view_stack_set_visible_child_name (self->pages, page);
}

void
herald_main_window_show_printer (HeraldMainWindow *self,
                                 const char       *id)
{
  herald_main_window_show_page (self, "printers");
  g_free (self->wanted_printer);
  self->wanted_printer = g_strdup (id);
  focus_wanted_printer (self);
}
