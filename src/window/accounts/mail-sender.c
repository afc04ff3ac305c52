/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-mail-sender"

#include "window/accounts/mail-sender.h"

#include <glib/gi18n-lib.h>

/**
 * HeraldMailSender:
 *
 * Offers the accounts that the desktop knows before anything has to be typed: they bring server and login with them. Which of
 * them is chosen is in the field `account`.
 */
struct _HeraldMailSender
{
  AdwBin parent_instance;

  HeraldServiceLink *link;
  HeraldFieldGroup *fields;
  GCancellable *cancellable;
  char *chosen; /* id or address; empty: none of them */
  GHashTable *addresses; /* by id */

  AdwPreferencesGroup *group;
  GtkCheckButton *other;
  GtkWidget *login;
  GtkWidget *server;
};

G_DEFINE_FINAL_TYPE (HeraldMailSender, herald_mail_sender, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_text (GVariant   *account,
          const char *name)
{
  const char *text = "";

  g_variant_lookup (account, name, "&s", &text);

  return text;
}

static void
update (HeraldMailSender *self)
{
  gboolean is_other = *self->chosen == '\0';

  if (self->login != NULL)
    gtk_widget_set_visible (self->login, is_other);
  if (self->server != NULL)
    gtk_widget_set_visible (self->server, is_other);
}

static void
choose (HeraldMailSender *self,
        const char       *account)
{
  char *chosen = g_strdup (account);

  g_free (self->chosen);
  self->chosen = chosen;
  herald_field_group_propose (self->fields, "account", chosen);
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_toggled (GtkCheckButton *button,
            gpointer        user_data)
{
  HeraldMailSender *self = HERALD_MAIL_SENDER (user_data);
  const char *name = gtk_widget_get_name (GTK_WIDGET (button));

  if (gtk_check_button_get_active (button))
    choose (self, button == self->other ? "" : name);
}

/* The id of an account of the desktop is the name of its button. */
static GtkCheckButton *
add_choice (HeraldMailSender *self,
            const char       *id,
            const char       *title,
            const char       *subtitle,
            gboolean          is_chosen)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_check_button_new ();
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);
  g_autofree char *escaped_subtitle = g_markup_escape_text (subtitle, -1);

  gtk_widget_set_name (button, id);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (self->other != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), self->other);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), is_chosen);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set (row, "title", escaped_title, "subtitle", escaped_subtitle, "subtitle-lines", 0, NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  /* Its own name is enough. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  adw_preferences_group_add (self->group, row);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, 0);

  return GTK_CHECK_BUTTON (button);
}

static void
on_accounts_ready (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(HeraldMailSender) self = HERALD_MAIL_SENDER (user_data);
  g_autoptr(GVariant) accounts = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_any_chosen = FALSE;

  /* Without the desktop’s accounts there is none of them. */
  if (!herald_dbus_service1_call_list_online_accounts_finish (HERALD_DBUS_SERVICE1 (object), &accounts, result, &error) ||
      g_variant_n_children (accounts) == 0)
    return;

  self->other = add_choice (self, "other", _("Another Address"), _("With its password"), TRUE);
  for (gsize i = 0; i < g_variant_n_children (accounts); i++)
    {
      g_autoptr(GVariant) account = g_variant_get_child_value (accounts, i);
      const char *id = get_text (account, "id");
      const char *address = get_text (account, "address");
      const char *problem = get_text (account, "problem");
      const char *provider = get_text (account, "provider");
      gboolean is_chosen = g_str_equal (self->chosen, id) ||
                           (*self->chosen != '\0' && g_ascii_strcasecmp (self->chosen, address) == 0);

      g_hash_table_insert (self->addresses, g_strdup (id), g_strdup (address));
      add_choice (self, id, address, *problem != '\0' ? problem : provider, is_chosen && !is_any_chosen);
      is_any_chosen |= is_chosen;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

/* GObject */

static void
herald_mail_sender_dispose (GObject *object)
{
  HeraldMailSender *self = HERALD_MAIL_SENDER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->chosen, g_free);
  g_clear_pointer (&self->addresses, g_hash_table_unref);
  g_clear_weak_pointer (&self->login);
  g_clear_weak_pointer (&self->server);
  g_clear_object (&self->fields);
  g_clear_object (&self->link);

  G_OBJECT_CLASS (herald_mail_sender_parent_class)->dispose (object);
}

static void
herald_mail_sender_class_init (HeraldMailSenderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_mail_sender_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
herald_mail_sender_init (HeraldMailSender *self)
{
  self->cancellable = g_cancellable_new ();
  self->chosen = g_strdup ("");
  self->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _("Sent From"));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
herald_mail_sender_new (HeraldServiceLink  *link,
                        HeraldFieldGroup   *fields,
                        HeraldDBusChannel1 *channel)
{
  HeraldMailSender *self = g_object_new (HERALD_TYPE_MAIL_SENDER, NULL);
  HeraldDBusService1 *service = herald_service_link_get_service (link);
  GVariant *settings = channel != NULL ? herald_dbus_channel1_get_settings (channel) : NULL;
  const char *account = "";

  self->link = g_object_ref (link);
  self->fields = g_object_ref (fields);
  if (settings != NULL && g_variant_lookup (settings, "account", "&s", &account))
    {
      g_free (self->chosen);
      self->chosen = g_strdup (account);
    }
  if (service != NULL)
    herald_dbus_service1_call_list_online_accounts (service, self->cancellable, on_accounts_ready, g_object_ref (self));

  return GTK_WIDGET (self);
}

void
herald_mail_sender_set_rest (HeraldMailSender *self,
                             GtkWidget        *login,
                             GtkWidget        *server)
{
  g_set_weak_pointer (&self->login, login);
  g_set_weak_pointer (&self->server, server);
  update (self);
}

const char *
herald_mail_sender_get_address (HeraldMailSender *self)
{
  return g_hash_table_lookup (self->addresses, self->chosen);
}
