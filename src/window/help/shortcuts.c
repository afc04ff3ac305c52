/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-shortcuts"

#include "window/help/shortcuts.h"

#include <glib/gi18n-lib.h>

#include "window/base/transient.h"

#define WIDTH 460
#define HEIGHT 560

/* @action: NULL: it is not an action of the program but of some of its windows
 * @label: untranslated */
typedef struct
{
  const char *action;
  const char *key;
  const char *label;
} Shortcut;

/* @title: untranslated */
typedef struct
{
  const char *title;
  const Shortcut *shortcuts;
} Group;

static const Shortcut page_shortcuts[] = {
  { "win.show-page('printers')", "<Alt>1", N_("Printers") },
  { "win.show-page('messages')", "<Alt>2", N_("Messages") },
  { "win.show-page('accounts')", "<Alt>3", N_("Accounts") },
  { "win.show-page('history')", "<Alt>4", N_("History") },
  { NULL, NULL, NULL },
};

static const Shortcut general_shortcuts[] = {
  { "win.add-printer", "<Control>n", N_("Add a Printer") },
  { NULL, "<Control>f", N_("Search") },
  { "win.preferences", "<Control>comma", N_("Preferences") },
  { NULL, "F10", N_("Menu") },
  { "app.help", "F1", N_("Help") },
  { "app.shortcuts", "<Control>question", N_("Keyboard Shortcuts") },
  { "window.close", "<Control>w", N_("Close the Window") },
  { "app.quit", "<Control>q", N_("Close All Windows") },
  { NULL, NULL, NULL },
};

static const Shortcut help_shortcuts[] = {
  { NULL, "<Alt>Left", N_("Back") },
  /* Translators: goes to the next place that has the words searched for */
  { NULL, "Return", N_("Next Match") },
  { NULL, NULL, NULL },
};

static const Group groups[] = {
  { N_("Pages"), page_shortcuts },
  { N_("General"), general_shortcuts },
  { N_("In the Help"), help_shortcuts },
};

void
herald_shortcuts_install (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      for (const Shortcut *shortcut = groups[i].shortcuts; shortcut->label != NULL; shortcut++)
        {
          const char *const keys[] = { shortcut->key, NULL };

          if (shortcut->action != NULL)
            gtk_application_set_accels_for_action (application, shortcut->action, keys);
        }
    }
}

/* Returns: (transfer floating) */
static GtkWidget *
make_row (const Shortcut *shortcut)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = NULL;
  g_autofree char *words = NULL;
  guint key = 0;
  GdkModifierType modifiers = 0;

  gtk_accelerator_parse (shortcut->key, &key, &modifiers);
  words = gtk_accelerator_get_label (key, modifiers);
  label = gtk_label_new (words);
  gtk_widget_add_css_class (label, "dim-label");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(shortcut->label));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, label, NULL, -1);

  return row;
}

static GtkWidget *
make_page (void)
{
  GtkWidget *page = adw_preferences_page_new ();

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      GtkWidget *group = adw_preferences_group_new ();

      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _(groups[i].title));
      for (const Shortcut *shortcut = groups[i].shortcuts; shortcut->label != NULL; shortcut++)
        adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (shortcut));
      adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
    }
  gtk_widget_set_vexpand (page, TRUE);

  return page;
}

void
herald_shortcuts_present (GtkWindow *parent)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), make_page ());
  gtk_window_set_title (GTK_WINDOW (window), _("Keyboard Shortcuts"));
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  herald_transient_attach (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Escape"), gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}
