/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-main-window"

#include "window/main-window.h"

#include <glib/gi18n-lib.h>

#include "window/accounts/accounts-page.h"
#include "window/accounts/channel-editor.h"
#include "window/base/fit.h"
#include "window/history/history-page.h"
#include "window/messages/messages-page.h"
#include "window/preferences/foreign-group.h"
#include "window/preferences/preferences-window.h"
#include "window/printers/printer-editor.h"
#include "window/printers/printers-page.h"
#include "window/welcome/welcome.h"

#define SETTINGS_ID "io.github.octoherald.OctoHerald"

/**
 * HeraldMainWindow:
 *
 * The window: the four pages and the way between them, or the first steps. While the service does not run it says so and
 * offers to start it.
 */
struct _HeraldMainWindow
{
  AdwApplicationWindow parent_instance;

  HeraldServiceLink *link;
  GSettings *settings; /* NULL: there is no schema */
  gboolean is_welcoming;

  HeraldFit *title;
  AdwViewSwitcherBar *bar;
  GtkWidget *switcher;
  GtkWidget *add_button;
  GtkStack *views;
  AdwStatusPage *absent_page;
  AdwViewStack *pages;
  GtkWidget *welcome; /* NULL while nobody is welcomed */
};

G_DEFINE_FINAL_TYPE (HeraldMainWindow, herald_main_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
is_running (HeraldMainWindow *self)
{
  return herald_service_link_get_state (self->link) == HERALD_LINK_RUNNING;
}

/* Whatever depends on whether the service runs, whether somebody is welcomed, and on the width */
static void
update_view (HeraldMainWindow *self)
{
  HeraldLinkState state = herald_service_link_get_state (self->link);
  const char *problem = herald_service_link_get_problem (self->link);
  gboolean shows_pages = state == HERALD_LINK_RUNNING && !self->is_welcoming;
  gboolean is_narrow = FALSE;

  if (problem == NULL)
    problem = _("Nobody is watching your printers, and no messages are sent.");
  adw_status_page_set_description (self->absent_page, problem);
  gtk_stack_set_visible_child_name (self->views, state == HERALD_LINK_CONNECTING ? "connecting"
                                                 : state == HERALD_LINK_ABSENT   ? "absent"
                                                 : self->is_welcoming            ? "welcome"
                                                                                 : "pages");
  g_object_get (self->title, "is-narrow", &is_narrow, NULL);
  gtk_widget_set_visible (self->switcher, shows_pages);
  gtk_widget_set_visible (self->add_button, shows_pages);
  adw_view_switcher_bar_set_reveal (self->bar, shows_pages && is_narrow);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.add-printer", state == HERALD_LINK_RUNNING);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.add-channel", state == HERALD_LINK_RUNNING);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.preferences", state == HERALD_LINK_RUNNING);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.bring-along", state == HERALD_LINK_RUNNING);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.show-page", shows_pages);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.welcome", shows_pages);
}

/* ── The first steps ────────────────────────────────────────────────────── */

static void
end_welcome (HeraldMainWindow *self)
{
  if (!self->is_welcoming)
    return;

  self->is_welcoming = FALSE;
  update_view (self);
  gtk_stack_remove (self->views, self->welcome);
  self->welcome = NULL;
}

/* Only who is through, or skips them, is never welcomed again; not who followed a notification meanwhile. */
static void
on_welcome_finished (HeraldMainWindow *self)
{
  if (self->settings != NULL)
    g_settings_set_boolean (self->settings, "welcomed", TRUE);
  end_welcome (self);
}

static void
begin_welcome (HeraldMainWindow *self)
{
  if (self->is_welcoming)
    return;

  self->is_welcoming = TRUE;
  self->welcome = herald_welcome_new (self->link);
  g_signal_connect_object (self->welcome, "finished", G_CALLBACK (on_welcome_finished), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gtk_stack_add_named (self->views, self->welcome, "welcome");
  update_view (self);
}

/* Whoever has a printer already, from the shell or before an update, knows the way. */
static void
on_state_changed (HeraldMainWindow *self)
{
  GListModel *printers = herald_service_link_get_printers (self->link);

  if (is_running (self) && g_list_model_get_n_items (printers) == 0 && self->settings != NULL &&
      !g_settings_get_boolean (self->settings, "welcomed"))
    begin_welcome (self);
  update_view (self);
}

/* ── Actions ────────────────────────────────────────────────────────────── */

static void
start_service (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  herald_service_link_start_service (HERALD_MAIN_WINDOW (widget)->link);
}

static void
show_page (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  herald_main_window_show_page (HERALD_MAIN_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
add_printer (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  herald_printer_editor_present (GTK_WINDOW (widget), HERALD_MAIN_WINDOW (widget)->link, NULL);
}

static void
add_channel (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  herald_channel_editor_present_new (GTK_WINDOW (widget), HERALD_MAIN_WINDOW (widget)->link,
                                     g_variant_get_string (parameter, NULL));
}

static void
show_preferences (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  herald_preferences_window_present (GTK_WINDOW (widget), HERALD_MAIN_WINDOW (widget)->link);
}

static void
bring_along (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  herald_foreign_group_present (GTK_WINDOW (widget), HERALD_MAIN_WINDOW (widget)->link);
}

static void
show_welcome (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  begin_welcome (HERALD_MAIN_WINDOW (widget));
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
  g_settings_bind (self->settings, "page", self->pages, "visible-child-name", G_SETTINGS_BIND_DEFAULT);
}

static const struct
{
  GtkWidget *(*make) (HeraldServiceLink *link);
  const char *name;
  const char *title;
  const char *icon_name;
} pages[] = {
  { herald_printers_page_new, "printers", N_("_Printers"), "printer-symbolic" },
  { herald_messages_page_new, "messages", N_("_Messages"), "mail-unread-symbolic" },
  { herald_accounts_page_new, "accounts", N_("_Accounts"), "system-users-symbolic" },
  { herald_history_page_new, "history", N_("_History"), "document-open-recent-symbolic" },
};

/* Made when it is shown first: most people look at one page and close the window. */
static void
make_shown_page (HeraldMainWindow *self)
{
  AdwBin *bin = ADW_BIN (adw_view_stack_get_visible_child (self->pages));
  const char *name = adw_view_stack_get_visible_child_name (self->pages);

  /* While the window goes, one page after the other is in front. */
  if (self->link == NULL || bin == NULL || adw_bin_get_child (bin) != NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      if (g_strcmp0 (pages[i].name, name) == 0)
        adw_bin_set_child (bin, pages[i].make (self->link));
    }
}

static void
add_pages (HeraldMainWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      AdwViewStackPage *page = adw_view_stack_add_titled (self->pages, adw_bin_new (), pages[i].name, _(pages[i].title));

      adw_view_stack_page_set_icon_name (page, pages[i].icon_name);
      adw_view_stack_page_set_use_underline (page, TRUE);
    }
}

/* GObject */

static void
herald_main_window_dispose (GObject *object)
{
  HeraldMainWindow *self = HERALD_MAIN_WINDOW (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->link);

  G_OBJECT_CLASS (herald_main_window_parent_class)->dispose (object);
}

static void
herald_main_window_class_init (HeraldMainWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_main_window_dispose;

  g_type_ensure (HERALD_TYPE_FIT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/main-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldMainWindow, title);
  gtk_widget_class_bind_template_child (widget_class, HeraldMainWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, HeraldMainWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, HeraldMainWindow, add_button);
  gtk_widget_class_bind_template_child (widget_class, HeraldMainWindow, views);
  gtk_widget_class_bind_template_child (widget_class, HeraldMainWindow, absent_page);
  gtk_widget_class_bind_template_child (widget_class, HeraldMainWindow, pages);

  gtk_widget_class_install_action (widget_class, "win.start-service", NULL, start_service);
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page);
  gtk_widget_class_install_action (widget_class, "win.add-printer", NULL, add_printer);
  gtk_widget_class_install_action (widget_class, "win.add-channel", "s", add_channel);
  gtk_widget_class_install_action (widget_class, "win.bring-along", NULL, bring_along);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, show_preferences);
  gtk_widget_class_install_action (widget_class, "win.welcome", NULL, show_welcome);
}

static void
herald_main_window_init (HeraldMainWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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

  self->link = g_object_ref (link);
  add_pages (self);
  bind_settings (self);
  make_shown_page (self);
  g_signal_connect_object (self->pages, "notify::visible-child", G_CALLBACK (make_shown_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->title, "notify::is-narrow", G_CALLBACK (update_view), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "state-changed", G_CALLBACK (on_state_changed), self, G_CONNECT_SWAPPED);
  on_state_changed (self);

  return GTK_WINDOW (self);
}

/**
 * herald_main_window_show_page:
 * @page: printers, messages, accounts or history; others are ignored
 */
void
herald_main_window_show_page (HeraldMainWindow *self,
                              const char       *page)
{
  if (adw_view_stack_get_child_by_name (self->pages, page) == NULL)
    return;

  end_welcome (self);
  adw_view_stack_set_visible_child_name (self->pages, page);
}

/**
 * herald_main_window_show_printer:
 * @id: of a printer, which may not be known yet
 */
void
herald_main_window_show_printer (HeraldMainWindow *self,
                                 const char       *id)
{
  AdwBin *bin;

  herald_main_window_show_page (self, "printers");
  bin = ADW_BIN (adw_view_stack_get_visible_child (self->pages));
  herald_printers_page_show_printer (HERALD_PRINTERS_PAGE (adw_bin_get_child (bin)), id);
}
