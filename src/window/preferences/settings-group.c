/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-settings-group"

#include "window/preferences/settings-group.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "window/base/busy-button.h"
#include "window/base/file-choice.h"
#include "window/base/notice.h"
#include "window/preferences/import-window.h"
#include "window/preferences/settings-changes.h"

/* The service takes no longer one. */
#define SETTINGS_MAX_BYTES (1024 * 1024)

/**
 * HeraldSettingsGroup:
 *
 * Where the settings are, and how they get into a file and out of one. What a file would change is shown before, and can be taken
 * back afterwards. Passwords and keys are never among them.
 */
struct _HeraldSettingsGroup
{
  AdwPreferencesGroup parent_instance;

  HeraldDBusService1 *service;
  GCancellable *cancellable;
  GtkWidget *path_row;
  GtkWidget *export_button;
  GtkWidget *import_button;
  GFile *file;   /* of what is under way */
  char *before;  /* the settings, for Undo */
  char *after;   /* those of the file */
};

G_DEFINE_FINAL_TYPE (HeraldSettingsGroup, herald_settings_group, ADW_TYPE_PREFERENCES_GROUP)

static void
set_busy (HeraldSettingsGroup *self,
          gboolean             is_busy)
{
  herald_busy_button_set_busy (HERALD_BUSY_BUTTON (self->export_button), is_busy);
  herald_busy_button_set_busy (HERALD_BUSY_BUTTON (self->import_button), is_busy);
}

/* @error: (nullable): of the service */
static void
end (HeraldSettingsGroup *self,
     const GError        *error)
{
  set_busy (self, FALSE);
  g_clear_object (&self->file);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    herald_notice_show_error (GTK_WIDGET (self), error);
}

/* @error: (nullable): of the disk, or of who chooses a file there */
static void
end_at_file (HeraldSettingsGroup *self,
             const GError        *error)
{
  end (self, NULL);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    herald_notice_show (GTK_WIDGET (self), _("The file could not be used. Please choose another one."));
}

/* Export */

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(HeraldSettingsGroup) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = g_file_get_parse_name (G_FILE (source));
  g_autofree char *sentence = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    {
      /* Translators: a file */
      sentence = g_strdup_printf (_("Exported to %s, without passwords and keys."), name);
      herald_notice_show (GTK_WIDGET (self), sentence);
    }
  end_at_file (self, error);
}

static void
on_exported (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(HeraldSettingsGroup) self = user_data;
  g_autofree char *text = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;

  if (!herald_dbus_service1_call_export_config_finish (HERALD_DBUS_SERVICE1 (source), &text, result, &error))
    {
      end (self, error);
      return;
    }

  /* Addresses and names are nobody else's business. */
  bytes = g_bytes_new (text, strlen (text));
  g_file_replace_contents_bytes_async (self->file, bytes, NULL, FALSE,
                                       G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, self->cancellable,
                                       on_written, g_object_ref (self));
}

static void
on_target_chosen (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(HeraldSettingsGroup) self = user_data;
  g_autoptr(GError) error = NULL;

  self->file = herald_file_choice_finish (result, &error);
  if (self->file == NULL)
    {
      end_at_file (self, error);
      return;
    }

  herald_dbus_service1_call_export_config (self->service, self->cancellable, on_exported, g_object_ref (self));
}

static void
on_export_clicked (HeraldSettingsGroup *self)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, "octoherald-%Y-%m-%d.conf");

  set_busy (self, TRUE);
  herald_file_choice_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), HERALD_FILE_CHOICE_SAVE,
                            _("Export Settings"), name, self->cancellable, on_target_chosen, g_object_ref (self));
}

/* Import */

static void
on_taken_back (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldSettingsGroup) self = user_data;
  g_autoptr(GError) error = NULL;

  if (herald_dbus_service1_call_import_config_finish (HERALD_DBUS_SERVICE1 (source), result, &error))
    herald_notice_show (GTK_WIDGET (self), _("The settings are as they were before."));
  end (self, error);
}

static void
take_back (gpointer user_data)
{
  HeraldSettingsGroup *self = user_data;

  set_busy (self, TRUE);
  herald_dbus_service1_call_import_config (self->service, self->before, self->cancellable, on_taken_back,
                                           g_object_ref (self));
}

static void
on_imported (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(HeraldSettingsGroup) self = user_data;
  g_autoptr(GError) error = NULL;

  if (herald_dbus_service1_call_import_config_finish (HERALD_DBUS_SERVICE1 (source), result, &error))
    herald_notice_offer_undo (GTK_WIDGET (self), _("The settings of the file are in use."), take_back,
                              g_object_ref (self), g_object_unref);
  end (self, error);
}

static void
on_import_accepted (HeraldSettingsGroup *self)
{
  set_busy (self, TRUE);
  herald_dbus_service1_call_import_config (self->service, self->after, self->cancellable, on_imported,
                                           g_object_ref (self));
}

static void
on_before_known (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(HeraldSettingsGroup) self = user_data;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GError) error = NULL;
  GtkWidget *window;

  g_clear_pointer (&self->before, g_free);
  if (herald_dbus_service1_call_export_config_finish (HERALD_DBUS_SERVICE1 (source), &self->before, result, &error))
    lines = herald_settings_changes_describe (self->before, self->after);
  end (self, error);

  if (error != NULL)
    return;
  if (lines == NULL)
    herald_notice_show (GTK_WIDGET (self), _("This file has no settings of OctoHerald. Please choose another one."));
  else if (*lines == NULL)
    herald_notice_show (GTK_WIDGET (self), _("The settings of this file are yours already."));
  else
    {
      window = herald_import_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                             (const char *const *) lines);
      g_signal_connect_object (window, "accepted", G_CALLBACK (on_import_accepted), self, G_CONNECT_SWAPPED);
    }
}

static gboolean
wants_more (const char *contents,
            goffset     size,
            gpointer    user_data)
{
  return size <= SETTINGS_MAX_BYTES;
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(HeraldSettingsGroup) self = user_data;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  gsize length = 0;

  if (!g_file_load_partial_contents_finish (G_FILE (source), result, &text, &length, NULL, &error))
    {
      end_at_file (self, error);
      return;
    }

  g_clear_pointer (&self->after, g_free);
  /* What is no text is no settings. */
  self->after = length <= SETTINGS_MAX_BYTES && g_utf8_validate (text, (gssize) length, NULL) ? g_steal_pointer (&text)
                                                                                             : g_strdup ("");
  herald_dbus_service1_call_export_config (self->service, self->cancellable, on_before_known, g_object_ref (self));
}

static void
on_source_chosen (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(HeraldSettingsGroup) self = user_data;
  g_autoptr(GError) error = NULL;

  self->file = herald_file_choice_finish (result, &error);
  if (self->file == NULL)
    {
      end_at_file (self, error);
      return;
    }

  g_file_load_partial_contents_async (self->file, self->cancellable, wants_more, on_read, g_object_ref (self));
}

static void
on_import_clicked (HeraldSettingsGroup *self)
{
  set_busy (self, TRUE);
  herald_file_choice_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), HERALD_FILE_CHOICE_OPEN,
                            _("Import Settings"), NULL, self->cancellable, on_source_chosen, g_object_ref (self));
}

/* GObject */

static void
herald_settings_group_dispose (GObject *object)
{
  HeraldSettingsGroup *self = HERALD_SETTINGS_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->service);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (herald_settings_group_parent_class)->dispose (object);
}

static void
herald_settings_group_finalize (GObject *object)
{
  HeraldSettingsGroup *self = HERALD_SETTINGS_GROUP (object);

  g_clear_object (&self->cancellable);
  g_free (self->before);
  g_free (self->after);

  G_OBJECT_CLASS (herald_settings_group_parent_class)->finalize (object);
}

static void
herald_settings_group_class_init (HeraldSettingsGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_settings_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = herald_settings_group_finalize;
}

/* Returns: (transfer floating): one thing that can be done with the settings */
static GtkWidget *
make_row (const char *title,
          const char *subtitle,
          GtkWidget  *button)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (button != NULL)
    {
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }

  return row;
}

static void
herald_settings_group_init (HeraldSettingsGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->cancellable = g_cancellable_new ();
  self->export_button = herald_busy_button_new (_("_Export…"));
  self->import_button = herald_busy_button_new (_("_Import…"));
  self->path_row = make_row (_("File"), "", NULL);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->path_row), 3);
  adw_preferences_group_set_title (group, _("Settings"));
  adw_preferences_group_add (group, self->path_row);
  adw_preferences_group_add (group, make_row (_("Keep a copy"), _("Everything but passwords and keys goes into a file."),
                                              self->export_button));
  adw_preferences_group_add (group, make_row (_("Take settings from a file"),
                                              _("You see what would change, and can take it back."), self->import_button));
  g_signal_connect_object (self->export_button, "clicked", G_CALLBACK (on_export_clicked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->import_button, "clicked", G_CALLBACK (on_import_clicked), self, G_CONNECT_SWAPPED);
}

void
herald_settings_group_set_link (HeraldSettingsGroup *self,
                                HeraldServiceLink   *link)
{
  const char *path;

  g_return_if_fail (HERALD_IS_SETTINGS_GROUP (self) && self->service == NULL);

  self->service = g_object_ref (herald_service_link_get_service (link));
  path = herald_dbus_service1_get_config_path (self->service);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->path_row), path != NULL ? path : "");
}
