/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-import-window"

#include "window/preferences/import-window.h"

#include <glib/gi18n-lib.h>

#include "window/base/transient.h"

/* Nobody reads more. */
#define LINES_MAX 20

/**
 * HeraldImportWindow:
 *
 * What the settings of a file would change, before they do.
 */
struct _HeraldImportWindow
{
  AdwWindow parent_instance;

  AdwPreferencesGroup *group;
  GtkWidget *accept_button;
};

G_DEFINE_FINAL_TYPE (HeraldImportWindow, herald_import_window, ADW_TYPE_WINDOW)

enum
{
  ACCEPTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_accepted (HeraldImportWindow *self)
{
  g_signal_emit (self, signals[ACCEPTED], 0);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
add_line (HeraldImportWindow *self,
          const char         *line)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), line);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
  adw_preferences_group_add (self->group, row);
}

/* GObject */

static void
herald_import_window_class_init (HeraldImportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/octoherald/OctoHerald/preferences/import-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldImportWindow, group);
  gtk_widget_class_bind_template_child (widget_class, HeraldImportWindow, accept_button);
  gtk_widget_class_bind_template_callback (widget_class, on_accepted);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  signals[ACCEPTED] = g_signal_new ("accepted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
}

static void
herald_import_window_init (HeraldImportWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
herald_import_window_present (GtkWindow         *parent,
                              const char *const *lines)
{
  HeraldImportWindow *self = g_object_new (HERALD_TYPE_IMPORT_WINDOW, NULL);
  guint n_lines = g_strv_length ((char **) lines);
  guint n_more = n_lines > LINES_MAX ? n_lines - LINES_MAX : 0;

  herald_transient_attach (GTK_WINDOW (self), parent);
  for (guint i = 0; i < n_lines - n_more; i++)
    add_line (self, lines[i]);
  if (n_more > 0)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("And %u more.", "And %u more.", n_more), n_more);

      add_line (self, more);
    }
  gtk_widget_grab_focus (self->accept_button);
  gtk_window_present (GTK_WINDOW (self));

  return GTK_WIDGET (self);
}
