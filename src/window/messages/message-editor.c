/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-message-editor"

#include "window/messages/message-editor.h"

#include <glib/gi18n-lib.h>

#include "window/base/busy-button.h"
#include "window/base/failure.h"
#include "window/messages/message-preview.h"
#include "window/messages/option-row.h"
#include "window/messages/settings-rows.h"
#include "window/messages/side-by-side.h"
#include "window/messages/words-editor.h"

/* A window in which words and preview have no room beside each other */
#define NARROW_BELOW 700

/**
 * HeraldMessageEditor:
 *
 * The window in which one message is changed, for all printers or for one, with a preview of what will arrive. Nothing is changed
 * before it is saved, and what was typed stays while the service is slow or away.
 */
struct _HeraldMessageEditor
{
  AdwWindow parent_instance;

  HeraldMessageList *list;
  HeraldMessageDraft *draft;
  GVariant *own; /* a{ss}: what was set before it was saved or reset; NULL until then */
  GCancellable *cancellable;
  gboolean is_filling;
  gboolean is_done;

  AdwWindowTitle *heading;
  GtkWidget *content;
  GtkWidget *focused; /* weak: what had the focus before it was busy */
  HeraldBusyButton *save_button;
  HeraldBusyButton *reset_button;
  GtkLabel *problem;
  GtkSwitch *enabled_switch;
  HeraldWordsEditor *words;
  HeraldMessagePreview *preview;
  AdwPreferencesGroup *time_group;
  AdwPreferencesGroup *picture_group;
  AdwPreferencesGroup *channel_group;
};

G_DEFINE_FINAL_TYPE (HeraldMessageEditor, herald_message_editor, ADW_TYPE_WINDOW)

enum
{
  EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static HeraldMessageItem *
get_item (HeraldMessageEditor *self)
{
  return herald_message_draft_get_item (self->draft);
}

static void
show_problem (HeraldMessageEditor *self,
              const GError        *error)
{
  g_autofree char *sentence = error != NULL ? herald_failure_dup_sentence (error) : g_strdup ("");

  gtk_label_set_text (self->problem, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
}

static gboolean
is_busy (HeraldMessageEditor *self)
{
  return herald_busy_button_get_busy (self->save_button) || herald_busy_button_get_busy (self->reset_button);
}

static void
update_buttons (HeraldMessageEditor *self)
{
  gboolean can_save = herald_message_draft_is_changed (self->draft) && !herald_words_editor_is_too_long (self->words);

  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), can_save && !is_busy (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->reset_button), !is_busy (self));
  gtk_widget_set_visible (GTK_WIDGET (self->reset_button), herald_message_item_has_own (get_item (self)));
}

/* What would be typed after it was sent would be lost. */
static void
begin (HeraldMessageEditor *self,
       HeraldBusyButton    *button)
{
  g_set_weak_pointer (&self->focused, gtk_window_get_focus (GTK_WINDOW (self)));
  herald_busy_button_set_busy (button, TRUE);
  gtk_widget_set_sensitive (self->content, FALSE);
  update_buttons (self);
}

static void
go_on (HeraldMessageEditor *self,
       HeraldBusyButton    *button)
{
  herald_busy_button_set_busy (button, FALSE);
  gtk_widget_set_sensitive (self->content, TRUE);
  update_buttons (self);
  if (self->focused != NULL)
    gtk_widget_grab_focus (self->focused);
  g_clear_weak_pointer (&self->focused);
}

static gboolean
is_enabled (HeraldMessageEditor *self)
{
  return g_str_equal (herald_message_draft_get (self->draft, "enabled"), "true");
}

static void
update (HeraldMessageEditor *self)
{
  self->is_filling = TRUE;
  gtk_switch_set_active (self->enabled_switch, is_enabled (self));
  self->is_filling = FALSE;
  /* What is too long would only be refused; the field says so. */
  if (!herald_words_editor_is_too_long (self->words))
    herald_message_preview_try (self->preview, herald_message_draft_get_changes (self->draft), is_enabled (self),
                                herald_message_draft_get (self->draft, "picture-fallback"));
  update_buttons (self);
}

static void
on_enabled_switched (HeraldMessageEditor *self)
{
  if (self->draft != NULL && !self->is_filling)
    herald_message_draft_set (self->draft, "enabled", gtk_switch_get_active (self->enabled_switch) ? "true" : "false");
}

static void
on_rendered (HeraldMessageEditor *self,
             GVariant            *rendering)
{
  herald_words_editor_show_rendering (self->words, rendering);
  herald_message_preview_set_told (self->preview, herald_words_editor_get_problems (self->words));
}

/* ── Leaving ────────────────────────────────────────────────────────────── */

static void
finish (HeraldMessageEditor *self,
        HeraldEdited         how)
{
  g_autoptr(HeraldValues) changes = herald_values_copy (herald_message_draft_get_changes (self->draft));

  self->is_done = TRUE;
  g_signal_emit (self, signals[EDITED], 0, how, get_item (self), changes, self->own);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_save_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldMessageEditor) self = HERALD_MESSAGE_EDITOR (user_data);
  g_autoptr(GError) error = NULL;

  herald_dbus_service1_call_set_message_finish (HERALD_DBUS_SERVICE1 (object), NULL, result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->is_done)
    return;

  go_on (self, self->save_button);
  show_problem (self, error);
  if (error == NULL)
    finish (self, HERALD_EDITED_SAVED);
}

static HeraldDBusService1 *
get_service (HeraldMessageEditor *self)
{
  return herald_service_link_get_service (herald_message_list_get_link (self->list));
}

/* Not when it was opened: the shell may have set something since. */
static void
remember_own (HeraldMessageEditor *self)
{
  g_clear_pointer (&self->own, g_variant_unref);
  self->own = herald_message_list_dup_own (self->list, herald_message_item_get_kind (get_item (self)),
                                           herald_message_item_get_printer (get_item (self)));
}

static void
save (HeraldMessageEditor *self)
{
  g_autoptr(GVariant) changes = NULL;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->save_button)))
    return;

  changes = g_variant_ref_sink (herald_values_to_variant (herald_message_draft_get_changes (self->draft)));
  remember_own (self);
  begin (self, self->save_button);
  herald_dbus_service1_call_set_message (get_service (self), herald_message_item_get_kind (get_item (self)),
                                         herald_message_item_get_printer (get_item (self)), changes, self->cancellable,
                                         on_save_ready, g_object_ref (self));
}

static void
on_reset_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(HeraldMessageEditor) self = HERALD_MESSAGE_EDITOR (user_data);
  g_autoptr(GError) error = NULL;

  herald_dbus_service1_call_reset_message_finish (HERALD_DBUS_SERVICE1 (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->is_done)
    return;

  go_on (self, self->reset_button);
  show_problem (self, error);
  if (error == NULL)
    finish (self, HERALD_EDITED_RESET);
}

static void
reset (HeraldMessageEditor *self)
{
  remember_own (self);
  begin (self, self->reset_button);
  herald_dbus_service1_call_reset_message (get_service (self), herald_message_item_get_kind (get_item (self)),
                                           herald_message_item_get_printer (get_item (self)), self->cancellable, on_reset_ready,
                                           g_object_ref (self));
}

static gboolean
on_save_pressed (GtkWidget *widget,
                 GVariant  *arguments,
                 gpointer   user_data)
{
  save (HERALD_MESSAGE_EDITOR (widget));

  return GDK_EVENT_STOP;
}

/* GtkWindow */

static gboolean
herald_message_editor_close_request (GtkWindow *window)
{
  HeraldMessageEditor *self = HERALD_MESSAGE_EDITOR (window);

  /* It closes by itself when it is saved, and stays if it cannot be. */
  if (!self->is_done && is_busy (self))
    return TRUE;
  if (!self->is_done && self->draft != NULL)
    {
      remember_own (self);
      finish (self, HERALD_EDITED_GIVEN_UP);
      return TRUE;
    }

  return GTK_WINDOW_CLASS (herald_message_editor_parent_class)->close_request (window);
}

/* GObject */

static void
herald_message_editor_dispose (GObject *object)
{
  HeraldMessageEditor *self = HERALD_MESSAGE_EDITOR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->list);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->own, g_variant_unref);
  g_clear_weak_pointer (&self->focused);

  G_OBJECT_CLASS (herald_message_editor_parent_class)->dispose (object);
}

static void
herald_message_editor_class_init (HeraldMessageEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_message_editor_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = herald_message_editor_close_request;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 4,
                                  G_TYPE_INT, HERALD_TYPE_MESSAGE_ITEM, G_TYPE_HASH_TABLE, G_TYPE_VARIANT);

  g_type_ensure (HERALD_TYPE_BUSY_BUTTON);
  g_type_ensure (HERALD_TYPE_SIDE_BY_SIDE);
  g_type_ensure (HERALD_TYPE_WORDS_EDITOR);
  g_type_ensure (HERALD_TYPE_MESSAGE_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/messages/message-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldMessageEditor, heading);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessageEditor, content);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessageEditor, save_button);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessageEditor, reset_button);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessageEditor, problem);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessageEditor, enabled_switch);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessageEditor, words);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessageEditor, preview);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessageEditor, time_group);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessageEditor, picture_group);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessageEditor, channel_group);
  gtk_widget_class_bind_template_callback (widget_class, save);
  gtk_widget_class_bind_template_callback (widget_class, reset);
  gtk_widget_class_bind_template_callback (widget_class, on_enabled_switched);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, on_save_pressed, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
herald_message_editor_init (HeraldMessageEditor *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_rows (HeraldMessageEditor *self)
{
  HeraldServiceLink *link = herald_message_list_get_link (self->list);
  g_autoptr(GVariant) pictures = herald_message_item_lookup (get_item (self), "pictures", "as");
  gboolean has_pictures = pictures != NULL && g_variant_n_children (pictures) > 1;
  guint n_times = herald_option_rows_add (self->time_group, self->draft, HERALD_OPTION_PLACE_TIME);

  gtk_widget_set_visible (GTK_WIDGET (self->time_group), n_times > 0);
  herald_settings_rows_add_pictures (self->picture_group, self->draft);
  herald_option_rows_add (self->picture_group, self->draft, HERALD_OPTION_PLACE_PICTURE);
  gtk_widget_set_visible (GTK_WIDGET (self->picture_group), has_pictures);
  herald_settings_rows_add_channels (self->channel_group, self->draft, link);
  herald_option_rows_add (self->channel_group, self->draft, HERALD_OPTION_PLACE_CHANNELS);
}

static void
set_message (HeraldMessageEditor *self,
             HeraldMessageItem   *item,
             HeraldValues        *changes)
{
  HeraldServiceLink *link = herald_message_list_get_link (self->list);
  const char *printer = herald_message_item_get_printer (item);
  g_autofree char *printer_name = *printer != '\0' ? herald_service_link_dup_printer_name (link, printer) : NULL;

  self->draft = herald_message_draft_new (item);
  if (changes != NULL)
    herald_message_draft_merge (self->draft, changes);

  gtk_window_set_title (GTK_WINDOW (self), herald_message_item_get_name (item));
  adw_window_title_set_title (self->heading, herald_message_item_get_name (item));
  adw_window_title_set_subtitle (self->heading, printer_name != NULL ? printer_name : _("All Printers"));
  g_object_set (self->reset_button, "text", printer_name != NULL ? _("Same as _All Printers") : _("_Reset to Default"), NULL);

  herald_message_preview_set_message (self->preview, link, herald_message_item_get_kind (item), printer);
  g_signal_connect_object (self->preview, "rendered", G_CALLBACK (on_rendered), self, G_CONNECT_SWAPPED);
  herald_words_editor_set_draft (self->words, self->draft);
  add_rows (self);
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "refreshed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/* Nobody who has a narrow window wants a wide one before it. */
static void
fit_size (HeraldMessageEditor *self,
          GtkWindow           *parent)
{
  int width = gtk_widget_get_width (GTK_WIDGET (parent));
  int height = gtk_widget_get_height (GTK_WIDGET (parent));

  if (width > 0 && width < NARROW_BELOW)
    gtk_window_set_default_size (GTK_WINDOW (self), width, height);
}

HeraldMessageEditor *
herald_message_editor_present (GtkWindow         *parent,
                               HeraldMessageList *list,
                               HeraldMessageItem *item,
                               HeraldValues      *changes)
{
  HeraldMessageEditor *self = g_object_new (HERALD_TYPE_MESSAGE_EDITOR, "transient-for", parent, NULL);

  self->list = g_object_ref (list);
  set_message (self, item, changes);
  fit_size (self, parent);
  herald_words_editor_begin (self->words);
  gtk_window_present (GTK_WINDOW (self));

  return self;
}
