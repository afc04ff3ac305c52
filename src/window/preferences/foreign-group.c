/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-foreign-group"

#include "window/preferences/foreign-group.h"

#include <glib/gi18n-lib.h>

#include "window/base/busy-button.h"
#include "window/base/file-choice.h"
#include "window/base/notice.h"
#include "window/base/transient.h"
#include "window/preferences/foreign-window.h"

/* The service takes no longer one. */
#define FILE_MAX_BYTES (4 * 1024 * 1024)

/**
 * HeraldForeignGroup:
 *
 * Where somebody who used another program before brings its settings along: from its file, or from the OctoPrint of a printer
 * that is here already.
 */
struct _HeraldForeignGroup
{
  AdwPreferencesGroup parent_instance;

  HeraldServiceLink *link;
  GCancellable *cancellable;
  GtkWidget *file_button;
  GtkWidget *printer_row;
  GPtrArray *printer_ids; /* as in the row */
};

G_DEFINE_FINAL_TYPE (HeraldForeignGroup, herald_foreign_group, ADW_TYPE_PREFERENCES_GROUP)

static void
on_done (HeraldForeignGroup *self)
{
  herald_notice_show (GTK_WIDGET (self), _("The settings are taken over."));
}

/* @content: (nullable): else @printer is asked */
static void
present (HeraldForeignGroup *self,
         GBytes             *content,
         const char         *printer)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *window = herald_foreign_window_present (parent, herald_service_link_get_service (self->link), content, printer);

  g_signal_connect_object (window, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
}

/* A file */

static void
end_at_file (HeraldForeignGroup *self,
             const GError       *error)
{
  herald_busy_button_set_busy (HERALD_BUSY_BUTTON (self->file_button), FALSE);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    herald_notice_show (GTK_WIDGET (self), _("The file could not be used. Please choose another one."));
}

static gboolean
wants_more (const char *contents,
            goffset     size,
            gpointer    user_data)
{
  return size <= FILE_MAX_BYTES;
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(HeraldForeignGroup) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  char *contents = NULL;
  gsize length = 0;

  if (g_file_load_partial_contents_finish (G_FILE (source), result, &contents, &length, NULL, &error))
    bytes = g_bytes_new_take (contents, length);
  end_at_file (self, error);
  if (bytes == NULL)
    return;

  if (length > FILE_MAX_BYTES)
    herald_notice_show (GTK_WIDGET (self), _("The file is too large to be settings of a program. Please choose another one."));
  else
    present (self, bytes, NULL);
}

static void
on_file_chosen (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(HeraldForeignGroup) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = herald_file_choice_finish (result, &error);

  if (file == NULL)
    end_at_file (self, error);
  else
    g_file_load_partial_contents_async (file, self->cancellable, wants_more, on_read, g_object_ref (self));
}

static void
on_file_clicked (HeraldForeignGroup *self)
{
  herald_busy_button_set_busy (HERALD_BUSY_BUTTON (self->file_button), TRUE);
  herald_file_choice_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), HERALD_FILE_CHOICE_OPEN,
                            _("Settings of Another Program"), NULL, self->cancellable, on_file_chosen, g_object_ref (self));
}

/* A printer */

static void
on_ask_clicked (HeraldForeignGroup *self)
{
  guint position = adw_combo_row_get_selected (ADW_COMBO_ROW (self->printer_row));

  if (position < self->printer_ids->len)
    present (self, NULL, g_ptr_array_index (self->printer_ids, position));
}

static void
on_printers_changed (HeraldForeignGroup *self)
{
  GListModel *printers = herald_service_link_get_printers (self->link);
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  g_ptr_array_set_size (self->printer_ids, 0);
  for (guint i = 0; i < g_list_model_get_n_items (printers); i++)
    {
      g_autoptr(HeraldDBusPrinter1) printer = g_list_model_get_item (printers, i);

      gtk_string_list_append (names, herald_dbus_printer1_get_name (printer));
      g_ptr_array_add (self->printer_ids, g_strdup (herald_dbus_printer1_get_id (printer)));
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self->printer_row), G_LIST_MODEL (names));
  gtk_widget_set_visible (self->printer_row, self->printer_ids->len > 0);
}

/* GObject */

static void
herald_foreign_group_dispose (GObject *object)
{
  HeraldForeignGroup *self = HERALD_FOREIGN_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->link);

  G_OBJECT_CLASS (herald_foreign_group_parent_class)->dispose (object);
}

static void
herald_foreign_group_finalize (GObject *object)
{
  HeraldForeignGroup *self = HERALD_FOREIGN_GROUP (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->printer_ids, g_ptr_array_unref);

  G_OBJECT_CLASS (herald_foreign_group_parent_class)->finalize (object);
}

static void
herald_foreign_group_class_init (HeraldForeignGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_foreign_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = herald_foreign_group_finalize;
}

static void
add_row (HeraldForeignGroup *self,
         GtkWidget          *row,
         const char         *title,
         const char         *subtitle,
         GtkWidget          *button)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static void
herald_foreign_group_init (HeraldForeignGroup *self)
{
  /* Translators: a button; who presses it asks the printer chosen beside it for its settings */
  GtkWidget *ask_button = gtk_button_new_with_mnemonic (_("_Ask"));

  self->cancellable = g_cancellable_new ();
  self->printer_ids = g_ptr_array_new_with_free_func (g_free);
  /* Translators: a button; who presses it chooses a file */
  self->file_button = herald_busy_button_new (_("C_hoose…"));
  self->printer_row = adw_combo_row_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Bring Along From Another Program"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         _("Printers, accounts and words of OctoTweet, OctoText, Octorant, OctoTray and "
                                           "OctoPrint-Desktop. You see first what would be taken over."));
  add_row (self, adw_action_row_new (), _("Its settings file"),
           _("Of a plugin this is OctoPrint’s config.yaml. Passwords go into the keyring."), self->file_button);
  add_row (self, self->printer_row, _("What a printer’s OctoPrint knows"), _("Asks it for the settings of its plugins."),
           ask_button);
  gtk_widget_set_visible (self->printer_row, FALSE);
  g_signal_connect_object (self->file_button, "clicked", G_CALLBACK (on_file_clicked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (ask_button, "clicked", G_CALLBACK (on_ask_clicked), self, G_CONNECT_SWAPPED);
}

void
herald_foreign_group_set_link (HeraldForeignGroup *self,
                               HeraldServiceLink  *link)
{
  g_return_if_fail (HERALD_IS_FOREIGN_GROUP (self) && self->link == NULL);

  self->link = g_object_ref (link);
  g_signal_connect_object (herald_service_link_get_printers (link), "items-changed", G_CALLBACK (on_printers_changed), self,
                           G_CONNECT_SWAPPED);
  on_printers_changed (self);
}

void
herald_foreign_group_present (GtkWindow         *parent,
                              HeraldServiceLink *link)
{
  GtkWidget *window = g_object_new (ADW_TYPE_WINDOW, "modal", TRUE, "title", _("Another Program"), "default-width", 560,
                                    "default-height", 360, "width-request", 360, "height-request", 294, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *overlay = adw_toast_overlay_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = g_object_new (HERALD_TYPE_FOREIGN_GROUP, NULL);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  herald_transient_attach (GTK_WINDOW (window), parent);
  /* Also while nothing has the focus, as after a window before this one has gone */
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  herald_foreign_group_set_link (HERALD_FOREIGN_GROUP (group), link);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  gtk_widget_set_vexpand (overlay, TRUE);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), page);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), overlay);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}
