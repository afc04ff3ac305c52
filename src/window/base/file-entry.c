/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-file-entry"

#include "window/base/file-entry.h"

#include <glib/gi18n-lib.h>

#include "window/base/transient.h"

#define WIDTH 480

/* The window, and who waits for its answer */
typedef struct
{
  GTask *task;
  HeraldFileChoice choice;
  GtkWidget *window;
  GtkWidget *row;
  GtkWidget *problem;
} Entry;

static void
entry_free (Entry *entry)
{
  if (!g_task_get_completed (entry->task))
    g_task_return_new_error (entry->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "no file was chosen");
  g_clear_object (&entry->task);
  g_free (entry);
}

/* A name without a folder is in that of the person. */
static char *
dup_path (Entry *entry)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry->row))));

  if (g_str_has_prefix (text, "~/"))
    return g_build_filename (g_get_home_dir (), text + 2, NULL);
  if (*text == '\0' || g_path_is_absolute (text))
    return g_steal_pointer (&text);

  return g_build_filename (g_get_home_dir (), text, NULL);
}

/* (nullable): a sentence; one file more in a folder of one's own harms nobody, so it is looked at without waiting */
static const char *
find_problem (Entry      *entry,
              const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (*path == '\0')
    return _("Please enter the name of a file.");
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return _("There is no such folder. Please look at the name again.");
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return _("This is a folder. Please add the name of a file.");
  if (entry->choice == HERALD_FILE_CHOICE_OPEN && !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return _("There is no such file. Please look at the name again.");
  if (entry->choice == HERALD_FILE_CHOICE_SAVE && g_file_test (path, G_FILE_TEST_EXISTS))
    return _("There is such a file already. Please choose another name.");

  return NULL;
}

static void
on_accepted (Entry *entry)
{
  g_autofree char *path = dup_path (entry);
  const char *problem = find_problem (entry, path);

  gtk_label_set_text (GTK_LABEL (entry->problem), problem != NULL ? problem : "");
  gtk_widget_set_visible (entry->problem, problem != NULL);
  if (problem != NULL)
    {
      gtk_widget_add_css_class (entry->row, "error");
      return;
    }

  g_task_return_pointer (entry->task, g_file_new_for_path (path), g_object_unref);
  gtk_window_destroy (GTK_WINDOW (entry->window));
}

static void
on_changed (Entry *entry)
{
  gtk_widget_remove_css_class (entry->row, "error");
  gtk_widget_set_visible (entry->problem, FALSE);
}

static GtkWidget *
make_header (Entry *entry)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *accept =
    gtk_button_new_with_mnemonic (entry->choice == HERALD_FILE_CHOICE_OPEN ? _("_Open") : _("_Save"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_widget_add_css_class (accept, "suggested-action");
  g_signal_connect_swapped (accept, "clicked", G_CALLBACK (on_accepted), entry);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), accept);

  return header;
}

static GtkWidget *
make_content (Entry      *entry,
              const char *name)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autofree char *path =
    g_build_filename (documents != NULL ? documents : g_get_home_dir (), name != NULL ? name : "", NULL);
  GtkWidget *group = adw_preferences_group_new ();

  entry->row = adw_entry_row_new ();
  entry->problem = gtk_label_new (NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry->row), _("File"));
  gtk_editable_set_text (GTK_EDITABLE (entry->row), path);
  gtk_label_set_wrap (GTK_LABEL (entry->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (entry->problem), 0);
  gtk_widget_set_visible (entry->problem, FALSE);
  gtk_widget_set_margin_top (entry->problem, 6);
  gtk_widget_add_css_class (entry->problem, "error");
  g_signal_connect_swapped (entry->row, "entry-activated", G_CALLBACK (on_accepted), entry);
  g_signal_connect_swapped (entry->row, "changed", G_CALLBACK (on_changed), entry);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), entry->row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), entry->problem);
  gtk_widget_set_margin_top (group, 18);
  gtk_widget_set_margin_bottom (group, 24);
  gtk_widget_set_margin_start (group, 18);
  gtk_widget_set_margin_end (group, 18);

  return group;
}

void
herald_file_entry_ask_async (GtkWindow           *parent,
                             HeraldFileChoice     choice,
                             const char          *title,
                             const char          *name,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  Entry *entry = g_new0 (Entry, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  entry->task = g_task_new (parent, cancellable, callback, user_data);
  entry->choice = choice;
  entry->window = adw_window_new ();
  gtk_box_append (GTK_BOX (box), make_header (entry));
  gtk_box_append (GTK_BOX (box), make_content (entry, name));
  gtk_window_set_title (GTK_WINDOW (entry->window), title);
  gtk_window_set_default_size (GTK_WINDOW (entry->window), WIDTH, -1);
  herald_transient_attach (GTK_WINDOW (entry->window), parent);
  gtk_window_set_modal (GTK_WINDOW (entry->window), TRUE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Escape"), gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (entry->window, keys);
  g_object_set_data_full (G_OBJECT (entry->window), "herald-file-entry", entry, (GDestroyNotify) entry_free);
  adw_window_set_content (ADW_WINDOW (entry->window), box);
  gtk_widget_grab_focus (entry->row);
  gtk_editable_set_position (GTK_EDITABLE (entry->row), -1);
  gtk_window_present (GTK_WINDOW (entry->window));
}

GFile *
herald_file_entry_ask_finish (GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
