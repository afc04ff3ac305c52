/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-change-window"

#include "window/printers/change-window.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/text.h"
#include "window/base/busy-button.h"
#include "window/base/condition.h"
#include "window/base/failure.h"
#include "window/base/transient.h"
#include "window/printers/camera-group.h"
#include "window/printers/key-entry.h"
#include "window/printers/printer-arrival.h"
#include "window/printers/printer-texts.h"

/* Where an address has changed the service looks for the server, which takes six seconds and more. */
#define CALL_LIMIT_MS 60000
#define SENTENCE_MAX_CHARS 1000

#define SETTINGS_ERROR "io.github.octoherald.OctoHerald.Error.Settings"

/**
 * HeraldChangeWindow:
 *
 * The window in which a printer is changed: its name and address, how it is got in to, its camera. What was typed stays when the
 * service is started again meanwhile.
 */
struct _HeraldChangeWindow
{
  AdwWindow parent_instance;

  HeraldServiceLink *link;
  HeraldDBusPrinter1 *printer; /* NULL while it is not there */
  char *id;
  GCancellable *cancellable;
  HeraldPrinterArrival *arrival;
  char *answer; /* of the last check; NULL if there is none */

  HeraldBusyButton *save;
  GtkWidget *name;
  GtkWidget *address;
  GtkSwitch *enabled;
  GtkWidget *warning;
  GtkLabel *problem;
  AdwActionRow *access;
  HeraldBusyButton *check;
  GtkBox *arrival_box;
  GtkWidget *key_group;
  HeraldKeyEntry *key;
  HeraldCameraGroup *camera;
  AdwExpanderRow *more;
  GtkWidget *user;
  GtkWidget *password;
  GtkWidget *certificate;
  GtkWidget *patience;
  GtkWidget *picture_address; /* the camera's */
};

G_DEFINE_FINAL_TYPE (HeraldChangeWindow, herald_change_window, ADW_TYPE_WINDOW)

/* A setting that is typed, and where */
typedef struct
{
  const char *name;
  gsize offset;
} Field;

static const Field fields[] = {
  { "name", G_STRUCT_OFFSET (HeraldChangeWindow, name) },
  { "url", G_STRUCT_OFFSET (HeraldChangeWindow, address) },
  { "user", G_STRUCT_OFFSET (HeraldChangeWindow, user) },
  { "certificate", G_STRUCT_OFFSET (HeraldChangeWindow, certificate) },
  { "snapshot-url", G_STRUCT_OFFSET (HeraldChangeWindow, picture_address) },
  { "snapshot-timeout", G_STRUCT_OFFSET (HeraldChangeWindow, patience) },
};

static GtkWidget *
get_row (HeraldChangeWindow *self,
         const Field        *field)
{
  return G_STRUCT_MEMBER (GtkWidget *, self, field->offset);
}

static char *
dup_typed (GtkWidget *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static const char *
find_setting (HeraldChangeWindow *self,
              const char         *name)
{
  const char *value = "";

  g_variant_lookup (herald_dbus_printer1_get_settings (self->printer), name, "&s", &value);

  return value;
}

/* ── What is wrong ──────────────────────────────────────────────────────── */

static void
clear_marks (HeraldChangeWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      gtk_widget_remove_css_class (get_row (self, &fields[i]), "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (get_row (self, &fields[i])), GTK_ACCESSIBLE_STATE_INVALID);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
}

/* The service looks at the fields in this order, and tells of the first that is wrong; it does not say which. */
static gboolean
seems_wrong (const char *name,
             const char *typed)
{
  if (g_str_equal (name, "url"))
    return *typed == '\0' || strpbrk (typed, " @<>\"") != NULL;
  if (g_str_equal (name, "user"))
    return strchr (typed, ':') != NULL || strlen (typed) > 255;
  if (g_str_equal (name, "snapshot-url"))
    return *typed != '\0' && (!g_regex_match_simple ("^https?://", typed, 0, 0) || strchr (typed, '@') != NULL);
  if (g_str_equal (name, "snapshot-timeout"))
    return *typed != '\0' && !g_ascii_string_to_unsigned (typed, 10, 1, 30, NULL, NULL);
  if (g_str_equal (name, "certificate"))
    return *typed != '\0';

  return FALSE;
}

static void
mark (HeraldChangeWindow *self,
      const Field        *field)
{
  GtkWidget *row = get_row (self, field);

  gtk_widget_add_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
  if (gtk_widget_is_ancestor (row, GTK_WIDGET (self->more)))
    adw_expander_row_set_expanded (self->more, TRUE);
  gtk_widget_grab_focus (row);
}

static void
show_problem (HeraldChangeWindow *self,
              const GError       *error)
{
  g_autofree char *sentence = herald_failure_dup_sentence (error);
  g_autofree char *name = g_dbus_error_get_remote_error (error);

  gtk_label_set_text (self->problem, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  for (guint i = 0; g_strcmp0 (name, SETTINGS_ERROR) == 0 && i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *typed = dup_typed (get_row (self, &fields[i]));

      if (!seems_wrong (fields[i].name, typed))
        continue;

      mark (self, &fields[i]);
      return;
    }
  gtk_widget_grab_focus (self->address);
}

/* ── Saving ─────────────────────────────────────────────────────────────── */

static void
end_saving (HeraldChangeWindow *self,
            const GError       *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  herald_busy_button_set_busy (self->save, FALSE);
  if (error != NULL)
    {
      show_problem (self, error);
      return;
    }

  herald_camera_group_keep (self->camera);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_key_ready (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(HeraldChangeWindow) self = HERALD_CHANGE_WINDOW (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;

  herald_dbus_printer1_call_set_secret_finish (HERALD_DBUS_PRINTER1 (source), result, &error);
  end_saving (self, error);
}

static void
store_key (HeraldChangeWindow *self,
           HeraldDBusPrinter1 *printer)
{
  gboolean is_let_in = gtk_widget_get_visible (self->key_group);
  const char *key = is_let_in ? herald_key_entry_get_key (self->key) : herald_printer_arrival_get_key (self->arrival);

  if (*key != '\0')
    herald_dbus_printer1_call_set_secret (printer, "key", key, self->cancellable, on_key_ready, g_object_ref (self));
  else
    end_saving (self, NULL);
}

static void
on_password_ready (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(HeraldChangeWindow) self = HERALD_CHANGE_WINDOW (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;

  if (herald_dbus_printer1_call_set_secret_finish (HERALD_DBUS_PRINTER1 (source), result, &error))
    store_key (self, HERALD_DBUS_PRINTER1 (source));
  else
    end_saving (self, error);
}

/* Password and key belong to the address, which may be new. */
static void
on_set_ready (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(HeraldChangeWindow) self = HERALD_CHANGE_WINDOW (g_steal_pointer (&user_data));
  HeraldDBusPrinter1 *printer = HERALD_DBUS_PRINTER1 (source);
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->password));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);

  if (answer == NULL)
    end_saving (self, error);
  else if (*password != '\0')
    herald_dbus_printer1_call_set_secret (printer, "password", password, self->cancellable, on_password_ready,
                                          g_object_ref (self));
  else
    store_key (self, printer);
}

static GVariant *
make_changes (HeraldChangeWindow *self)
{
  gboolean is_enabled = gtk_switch_get_active (self->enabled);
  GVariantBuilder changes;

  g_variant_builder_init (&changes, G_VARIANT_TYPE ("a{ss}"));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *typed = dup_typed (get_row (self, &fields[i]));

      if (!g_str_equal (typed, find_setting (self, fields[i].name)))
        g_variant_builder_add (&changes, "{ss}", fields[i].name, typed);
    }
  if (is_enabled != herald_dbus_printer1_get_enabled (self->printer))
    g_variant_builder_add (&changes, "{ss}", "enabled", is_enabled ? "true" : "false");

  return g_variant_ref_sink (g_variant_builder_end (&changes));
}

static void
save (HeraldChangeWindow *self)
{
  g_autoptr(GVariant) changes = NULL;

  if (herald_busy_button_get_busy (self->save))
    return;

  clear_marks (self);
  if (self->printer == NULL)
    {
      gtk_label_set_text (self->problem, herald_printer_texts_get_absence (self->link));
      gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
      return;
    }

  changes = make_changes (self);
  herald_busy_button_set_busy (self->save, TRUE);
  g_dbus_proxy_call (G_DBUS_PROXY (self->printer), "Set", g_variant_new ("(@a{ss})", changes), G_DBUS_CALL_FLAGS_NONE,
                     CALL_LIMIT_MS, self->cancellable, on_set_ready, g_object_ref (self));
}

static void
on_save_activated (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  save (HERALD_CHANGE_WINDOW (widget));
}

/* ── How it is got in to ────────────────────────────────────────────────── */

static void
update_access (HeraldChangeWindow *self)
{
  const char *connection = self->printer != NULL ? herald_dbus_printer1_get_connection (self->printer) : NULL;
  const HeraldCondition *condition = herald_condition_of_printer (connection, "operational");
  gboolean is_connected = g_strcmp0 (connection, "connected") == 0;
  g_autofree char *error = NULL;
  const char *sentence = NULL;

  if (self->printer != NULL)
    error = herald_text_clean (herald_dbus_printer1_get_error (self->printer), SENTENCE_MAX_CHARS);
  if (self->answer != NULL)
    sentence = self->answer;
  else if (is_connected)
    sentence = _("OctoPrint lets OctoHerald in.");
  else
    sentence = error != NULL && *error != '\0' ? error : _(condition->words);

  adw_action_row_set_subtitle (self->access, sentence);
  gtk_widget_set_sensitive (GTK_WIDGET (self->check), self->printer != NULL && !herald_busy_button_get_busy (self->check));
  gtk_widget_set_visible (GTK_WIDGET (self->arrival_box),
                          g_strcmp0 (connection, "unauthorized") == 0 || g_strcmp0 (connection, "untrusted") == 0);
  gtk_widget_set_visible (self->key_group, is_connected);
}

static void
on_check_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(HeraldChangeWindow) self = HERALD_CHANGE_WINDOW (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  const char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_free (self->answer);
  if (answer != NULL)
    g_variant_get (answer, "(&s)", &text);
  self->answer = answer != NULL ? herald_text_clean (text, SENTENCE_MAX_CHARS) : herald_failure_dup_sentence (error);
  herald_busy_button_set_busy (self->check, FALSE);
  update_access (self);
}

static void
check_now (HeraldChangeWindow *self)
{
  if (self->printer == NULL)
    return;

  herald_busy_button_set_busy (self->check, TRUE);
  g_dbus_proxy_call (G_DBUS_PROXY (self->printer), "Check", NULL, G_DBUS_CALL_FLAGS_NONE, CALL_LIMIT_MS, self->cancellable,
                     on_check_ready, g_object_ref (self));
}

/* An answer is about the connection it was given on. */
static void
on_connection_changed (HeraldChangeWindow *self)
{
  g_clear_pointer (&self->answer, g_free);
  update_access (self);
}

static void
update_warning (HeraldChangeWindow *self)
{
  g_autofree char *typed = dup_typed (self->address);

  if (self->printer != NULL)
    gtk_widget_set_visible (self->warning, !g_str_equal (typed, find_setting (self, "url")));
}

static void
find_printer (HeraldChangeWindow *self)
{
  g_autoptr(HeraldDBusPrinter1) found = herald_service_link_ref_printer (self->link, self->id);

  if (found == self->printer)
    return;

  if (self->printer != NULL)
    g_signal_handlers_disconnect_by_data (self->printer, self);
  g_set_object (&self->printer, found);
  if (found != NULL)
    {
      g_signal_connect_object (found, "notify::connection", G_CALLBACK (on_connection_changed), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (found, "notify::error", G_CALLBACK (update_access), self, G_CONNECT_SWAPPED);
    }
  herald_key_entry_set_printer (self->key, self->link, found);
  herald_camera_group_set_printer (self->camera, self->link, found);
  on_connection_changed (self);
}

/* GObject */

static void
herald_change_window_dispose (GObject *object)
{
  HeraldChangeWindow *self = HERALD_CHANGE_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->printer);
  g_clear_object (&self->link);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->answer, g_free);

  G_OBJECT_CLASS (herald_change_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, HeraldChangeWindow, save);
  gtk_widget_class_bind_template_child (widget_class, HeraldChangeWindow, name);
  gtk_widget_class_bind_template_child (widget_class, HeraldChangeWindow, address);
  gtk_widget_class_bind_template_child (widget_class, HeraldChangeWindow, enabled);
  gtk_widget_class_bind_template_child (widget_class, HeraldChangeWindow, warning);
  gtk_widget_class_bind_template_child (widget_class, HeraldChangeWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, HeraldChangeWindow, access);
  gtk_widget_class_bind_template_child (widget_class, HeraldChangeWindow, check);
  gtk_widget_class_bind_template_child (widget_class, HeraldChangeWindow, arrival_box);
  gtk_widget_class_bind_template_child (widget_class, HeraldChangeWindow, key_group);
  gtk_widget_class_bind_template_child (widget_class, HeraldChangeWindow, key);
  gtk_widget_class_bind_template_child (widget_class, HeraldChangeWindow, camera);
  gtk_widget_class_bind_template_child (widget_class, HeraldChangeWindow, more);
  gtk_widget_class_bind_template_child (widget_class, HeraldChangeWindow, user);
  gtk_widget_class_bind_template_child (widget_class, HeraldChangeWindow, password);
  gtk_widget_class_bind_template_child (widget_class, HeraldChangeWindow, certificate);
  gtk_widget_class_bind_template_child (widget_class, HeraldChangeWindow, patience);
  gtk_widget_class_bind_template_callback (widget_class, save);
  gtk_widget_class_bind_template_callback (widget_class, check_now);
  gtk_widget_class_bind_template_callback (widget_class, update_warning);
}

static void
herald_change_window_class_init (HeraldChangeWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_change_window_dispose;

  g_type_ensure (HERALD_TYPE_BUSY_BUTTON);
  g_type_ensure (HERALD_TYPE_CAMERA_GROUP);
  g_type_ensure (HERALD_TYPE_KEY_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/printers/change-window.ui");
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "printer.save", NULL, on_save_activated);
}

static void
herald_change_window_init (HeraldChangeWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->picture_address = herald_camera_group_get_address (self->camera);
}

/**
 * herald_change_window_new:
 * @link: to the service
 *
 * Returns: (transfer none): it, not shown yet
 */
GtkWindow *
herald_change_window_new (GtkWindow          *parent,
                          HeraldServiceLink  *link,
                          HeraldDBusPrinter1 *printer)
{
  HeraldChangeWindow *self = g_object_new (HERALD_TYPE_CHANGE_WINDOW, NULL);

  herald_transient_attach (GTK_WINDOW (self), parent);
  self->link = g_object_ref (link);
  self->id = g_strdup (herald_dbus_printer1_get_id (printer));
  self->arrival = HERALD_PRINTER_ARRIVAL (herald_printer_arrival_new (link));
  gtk_box_append (self->arrival_box, GTK_WIDGET (self->arrival));
  herald_printer_arrival_begin (self->arrival, self->id, HERALD_ARRIVAL_LOOK);
  g_signal_connect_object (herald_service_link_get_printers (link), "items-changed", G_CALLBACK (find_printer), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  find_printer (self);
  if (self->printer != NULL)
    {
      for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
        gtk_editable_set_text (GTK_EDITABLE (get_row (self, &fields[i])), find_setting (self, fields[i].name));
      gtk_switch_set_active (self->enabled, herald_dbus_printer1_get_enabled (self->printer));
    }
  gtk_widget_grab_focus (self->name);

  return GTK_WINDOW (self);
}
