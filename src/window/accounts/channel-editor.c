/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-editor"

#include "window/accounts/channel-editor.h"

#include <glib/gi18n-lib.h>

#include "window/accounts/account-facts.h"
#include "window/accounts/account-look.h"
#include "window/accounts/browser-login.h"
#include "window/accounts/channel-form.h"
#include "window/accounts/kind-list.h"
#include "window/accounts/test-view.h"
#include "window/base/busy-button.h"
#include "window/base/failure.h"
#include "window/base/transient.h"

/* As in the form */
#define SPACING 18

/* A locked keyring is unlocked on the way, and a mail account of the desktop signs in. */
#define SAVE_LIMIT_MS 160000

/**
 * HeraldChannelEditor:
 *
 * The window in which an account is added, from the choice of its kind to the test message, or changed. Nothing is stored before
 * somebody says so, and what was typed stays if storing fails.
 */
struct _HeraldChannelEditor
{
  AdwWindow parent_instance;

  HeraldServiceLink *link;
  HeraldDBusChannel1 *channel; /* NULL while it is not added */
  char *wanted;                /* kind or type to add; empty: to be chosen */
  char *added;                 /* id of what was added, until it is in the list */
  gboolean is_saving_later;    /* as soon as the form has calmed down */
  GCancellable *cancellable;
  HeraldChannelForm *form; /* NULL while it is not shown */

  GtkWidget *cancel;
  HeraldBusyButton *save;
  GtkWidget *done;
  GtkScrolledWindow *scroller;
  GtkLabel *problem;
  AdwBin *page;
};

#define HERALD_TYPE_CHANNEL_EDITOR (herald_channel_editor_get_type ())
G_DECLARE_FINAL_TYPE (HeraldChannelEditor, herald_channel_editor, HERALD, CHANNEL_EDITOR, AdwWindow)
G_DEFINE_FINAL_TYPE (HeraldChannelEditor, herald_channel_editor, ADW_TYPE_WINDOW)

static void
say_problem (HeraldChannelEditor *self,
             const char          *sentence)
{
  gtk_label_set_text (self->problem, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), *sentence != '\0');
  if (*sentence != '\0')
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static void
say_error (HeraldChannelEditor *self,
           const GError        *error)
{
  g_autofree char *sentence = herald_failure_dup_sentence (error);

  say_problem (self, sentence);
}

/* ── After it is stored ─────────────────────────────────────────────────── */

static gboolean
wants_browser_login (HeraldChannelEditor *self)
{
  const char *login = "";

  g_variant_lookup (herald_dbus_channel1_get_settings (self->channel), "login", "&s", &login);

  return g_str_equal (login, "browser");
}

static void
show_done (HeraldChannelEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  /* Translators: the name of an account */
  g_autofree char *sentence = g_strdup_printf (_("“%s” is added. A test message shows whether it works."),
                                               herald_dbus_channel1_get_name (self->channel));
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", sentence, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   "justify", GTK_JUSTIFY_CENTER, NULL);

  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (box), label);
  if (wants_browser_login (self))
    gtk_box_append (GTK_BOX (box), herald_browser_login_new (self->channel));
  gtk_box_append (GTK_BOX (box), herald_test_view_new (self->channel));

  self->form = NULL;
  adw_bin_set_child (self->page, box);
  gtk_widget_set_visible (self->cancel, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->save), FALSE);
  gtk_widget_set_visible (self->done, TRUE);
  say_problem (self, "");
  gtk_widget_child_focus (box, GTK_DIR_TAB_FORWARD);
}

/* It may be in the list before the answer, or after it. */
static void
look_for_added (HeraldChannelEditor *self)
{
  if (self->added == NULL || self->channel != NULL)
    return;

  self->channel = herald_service_link_ref_channel (self->link, self->added);
  if (self->channel == NULL)
    return;

  herald_busy_button_set_busy (self->save, FALSE);
  show_done (self);
}

/* ── Storing ────────────────────────────────────────────────────────────── */

/* Whether @error, which is then told, ended what was being done; @self may be gone if it was cancelled */
static gboolean
has_failed (HeraldChannelEditor *self,
            const GError        *error)
{
  if (error == NULL)
    return FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return TRUE;

  herald_busy_button_set_busy (self->save, FALSE);
  say_problem (self, "");
  if (self->form == NULL || !herald_channel_form_show_error (self->form, error))
    say_error (self, error);

  return TRUE;
}

static void
on_add_ready (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(HeraldChannelEditor) self = HERALD_CHANNEL_EDITOR (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (object), result, &error);

  if (has_failed (self, error))
    return;

  g_variant_get (answer, "(s)", &self->added);
  look_for_added (self);
}

static void
add (HeraldChannelEditor *self,
     const char          *type)
{
  g_dbus_proxy_call (G_DBUS_PROXY (herald_service_link_get_service (self->link)), "AddChannel",
                     g_variant_new ("(s@a{ss}@a{ss})", type, herald_channel_form_make_settings (self->form),
                                    herald_channel_form_make_secrets (self->form)),
                     G_DBUS_CALL_FLAGS_NONE, SAVE_LIMIT_MS, self->cancellable, on_add_ready, g_object_ref (self));
}

static void
on_secrets_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(HeraldChannelEditor) self = HERALD_CHANNEL_EDITOR (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (object), result, &error);

  if (!has_failed (self, error))
    gtk_window_destroy (GTK_WINDOW (self));
}

/* After the settings: a secret belongs to its server. */
static void
on_settings_ready (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(HeraldChannelEditor) self = HERALD_CHANNEL_EDITOR (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) secrets = NULL;

  herald_dbus_channel1_call_set_finish (HERALD_DBUS_CHANNEL1 (object), result, &error);
  if (has_failed (self, error))
    return;

  secrets = g_variant_ref_sink (herald_channel_form_make_secrets (self->form));
  if (g_variant_n_children (secrets) == 0)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  g_dbus_proxy_call (G_DBUS_PROXY (object), "SetSecrets", g_variant_new ("(@a{ss})", secrets), G_DBUS_CALL_FLAGS_NONE,
                     SAVE_LIMIT_MS, self->cancellable, on_secrets_ready, g_object_ref (self));
}

static void
store (HeraldChannelEditor *self)
{
  self->is_saving_later = FALSE;
  if (!herald_channel_form_check (self->form))
    {
      herald_busy_button_set_busy (self->save, FALSE);
      return;
    }

  herald_busy_button_set_busy (self->save, TRUE);
  if (self->channel == NULL)
    add (self, self->wanted);
  else
    herald_dbus_channel1_call_set (self->channel, herald_channel_form_make_settings (self->form), self->cancellable,
                                   on_settings_ready, g_object_ref (self));
}

static void
on_save_clicked (HeraldChannelEditor *self)
{
  say_problem (self, "");
  self->is_saving_later = herald_channel_form_is_busy (self->form);
  if (self->is_saving_later)
    herald_busy_button_set_busy (self->save, TRUE);
  else
    store (self);
}

static void
on_form_calmed (HeraldChannelEditor *self)
{
  if (self->is_saving_later)
    store (self);
}

static void
on_form_changed (HeraldChannelEditor *self)
{
  if (self->channel != NULL && !herald_busy_button_get_busy (self->save))
    gtk_widget_set_sensitive (GTK_WIDGET (self->save), herald_channel_form_is_changed (self->form));
}

/* ── What is shown ──────────────────────────────────────────────────────── */

static void
show_form (GVariant                  *type,
           const HeraldChannelLayout *layout,
           gpointer                   user_data)
{
  HeraldChannelEditor *self = HERALD_CHANNEL_EDITOR (user_data);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  GtkWidget *form = herald_channel_form_new (self->link, type, layout, self->channel);

  g_free (self->wanted);
  self->wanted = NULL;
  g_variant_lookup (type, "id", "s", &self->wanted);
  self->form = HERALD_CHANNEL_FORM (form);
  g_signal_connect_object (form, "changed", G_CALLBACK (on_form_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "calmed", G_CALLBACK (on_form_calmed), self, G_CONNECT_SWAPPED);
  if (self->channel != NULL)
    gtk_box_append (GTK_BOX (box), herald_account_facts_new (self->channel, type));
  gtk_box_append (GTK_BOX (box), form);
  adw_bin_set_child (self->page, box);

  if (self->channel == NULL && layout != NULL)
    gtk_window_set_title (GTK_WINDOW (self), _(layout->name));
  g_object_set (self->save, "text", self->channel != NULL ? _("_Save") : _("_Add"), "visible", TRUE, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), self->channel == NULL);
  if (self->channel == NULL)
    gtk_widget_child_focus (form, GTK_DIR_TAB_FORWARD);
}

static const HeraldChannelLayout *
find_layout (HeraldChannelEditor *self)
{
  if (self->channel == NULL)
    return herald_channel_layout_find (self->wanted);
  if (herald_account_look_is_phone (self->channel))
    return herald_channel_layout_find ("sms");

  return herald_channel_layout_find (herald_dbus_channel1_get_type_ (self->channel));
}

static void
on_types_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(HeraldChannelEditor) self = HERALD_CHANNEL_EDITOR (user_data);
  g_autoptr(GVariant) types = NULL;
  g_autoptr(GVariant) type = NULL;
  g_autoptr(GError) error = NULL;
  const HeraldChannelLayout *layout;
  const char *id;

  if (!herald_dbus_service1_call_list_channel_types_finish (HERALD_DBUS_SERVICE1 (object), &types, result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          adw_bin_set_child (self->page, NULL);
          say_error (self, error);
        }
      return;
    }

  layout = find_layout (self);
  id = layout != NULL ? layout->type : self->channel != NULL ? herald_dbus_channel1_get_type_ (self->channel) : self->wanted;
  type = herald_kind_list_find_type (types, id);
  if (type != NULL)
    show_form (type, layout, self);
  else
    adw_bin_set_child (self->page, herald_kind_list_new (types, show_form, self));
}

/* An account that is gone cannot be changed any more; nor can any while the service is away, but then what was typed stays. */
static void
on_channels_changed (HeraldChannelEditor *self)
{
  g_autoptr(HeraldDBusChannel1) channel = NULL;

  look_for_added (self);
  if (self->channel == NULL || herald_service_link_get_state (self->link) != HERALD_LINK_RUNNING)
    return;

  channel = herald_service_link_ref_channel (self->link, herald_dbus_channel1_get_id (self->channel));
  if (channel != NULL)
    g_set_object (&self->channel, channel);
}

/* GObject */

static void
herald_channel_editor_dispose (GObject *object)
{
  HeraldChannelEditor *self = HERALD_CHANNEL_EDITOR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->channel);
  g_clear_object (&self->link);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->added, g_free);
  self->form = NULL;

  G_OBJECT_CLASS (herald_channel_editor_parent_class)->dispose (object);
}

static void
herald_channel_editor_class_init (HeraldChannelEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_channel_editor_dispose;

  g_type_ensure (HERALD_TYPE_BUSY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/accounts/channel-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldChannelEditor, cancel);
  gtk_widget_class_bind_template_child (widget_class, HeraldChannelEditor, save);
  gtk_widget_class_bind_template_child (widget_class, HeraldChannelEditor, done);
  gtk_widget_class_bind_template_child (widget_class, HeraldChannelEditor, scroller);
  gtk_widget_class_bind_template_child (widget_class, HeraldChannelEditor, problem);
  gtk_widget_class_bind_template_child (widget_class, HeraldChannelEditor, page);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
herald_channel_editor_init (HeraldChannelEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

static void
present (GtkWindow          *parent,
         HeraldServiceLink  *link,
         const char         *wanted,
         HeraldDBusChannel1 *channel)
{
  HeraldChannelEditor *self = g_object_new (HERALD_TYPE_CHANNEL_EDITOR, NULL);
  HeraldDBusService1 *service = herald_service_link_get_service (link);

  herald_transient_attach (GTK_WINDOW (self), parent);
  self->link = g_object_ref (link);
  self->wanted = g_strdup (wanted);
  self->channel = channel != NULL ? g_object_ref (channel) : NULL;
  if (channel != NULL)
    gtk_window_set_title (GTK_WINDOW (self), herald_dbus_channel1_get_name (channel));
  g_signal_connect_object (herald_service_link_get_channels (link), "items-changed", G_CALLBACK (on_channels_changed), self,
                           G_CONNECT_SWAPPED);
  if (service != NULL)
    herald_dbus_service1_call_list_channel_types (service, self->cancellable, on_types_ready, g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
}

void
herald_channel_editor_present_new (GtkWindow         *parent,
                                   HeraldServiceLink *link,
                                   const char        *type)
{
  present (parent, link, type, NULL);
}

void
herald_channel_editor_present (GtkWindow          *parent,
                               HeraldServiceLink  *link,
                               HeraldDBusChannel1 *channel)
{
  present (parent, link, "", channel);
}
