/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-accounts-page"

#include "window/accounts/accounts-page.h"

#include "window/accounts/account-row.h"
#include "window/accounts/channel-editor.h"
#include "window/accounts/channel-removal.h"
#include "window/accounts/keyring-row.h"
#include "window/accounts/test-window.h"

/* Many messages may be told of at once; what they cost is asked for once. */
#define SPENDING_DELAY_MS 2000

/**
 * HeraldAccountsPage:
 *
 * The page of the ways to reach a person, with their health. What is wrong with the keyring, in which their passwords are, stands
 * above them.
 */
struct _HeraldAccountsPage
{
  AdwBin parent_instance;

  HeraldServiceLink *link;
  HeraldChannelRemoval *removal;
  GListModel *shown;
  guint spending_id;

  AdwBin *keyring;
  GtkWidget *empty;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (HeraldAccountsPage, herald_accounts_page, ADW_TYPE_BIN)

static GtkWindow *
get_window (HeraldAccountsPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
on_change_wanted (HeraldAccountsPage *self,
                  HeraldAccountRow   *row)
{
  herald_channel_editor_present (get_window (self), self->link, herald_account_row_get_channel (row));
}

static void
on_test_wanted (HeraldAccountsPage *self,
                HeraldAccountRow   *row)
{
  herald_test_window_present (get_window (self), herald_account_row_get_channel (row));
}

static void
on_removal_wanted (HeraldAccountsPage *self,
                   HeraldAccountRow   *row)
{
  herald_channel_removal_begin (self->removal, GTK_WIDGET (self), herald_account_row_get_channel (row));
}

static void
on_row_activated (HeraldAccountsPage *self,
                  GtkListBoxRow      *row)
{
  on_change_wanted (self, HERALD_ACCOUNT_ROW (row));
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  GtkWidget *row = herald_account_row_new (HERALD_DBUS_CHANNEL1 (item));

  g_signal_connect_object (row, "change-wanted", G_CALLBACK (on_change_wanted), user_data, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "test-wanted", G_CALLBACK (on_test_wanted), user_data, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "removal-wanted", G_CALLBACK (on_removal_wanted), user_data, G_CONNECT_SWAPPED);

  return row;
}

static void
on_shown_changed (HeraldAccountsPage *self)
{
  gboolean is_empty = g_list_model_get_n_items (self->shown) == 0;

  gtk_widget_set_visible (self->empty, is_empty);
  gtk_widget_set_visible (GTK_WIDGET (self->list), !is_empty);
}

static gboolean
on_spending_timeout (gpointer user_data)
{
  HeraldAccountsPage *self = user_data;
  GtkListBoxRow *row;

  self->spending_id = 0;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    herald_account_row_ask_spending (HERALD_ACCOUNT_ROW (row));

  return G_SOURCE_REMOVE;
}

static void
on_delivery_changed (HeraldAccountsPage *self)
{
  if (self->spending_id == 0)
    self->spending_id = g_timeout_add (SPENDING_DELAY_MS, on_spending_timeout, self);
}

/* GObject */

static void
herald_accounts_page_dispose (GObject *object)
{
  HeraldAccountsPage *self = HERALD_ACCOUNTS_PAGE (object);

  g_clear_handle_id (&self->spending_id, g_source_remove);
  g_clear_object (&self->shown);
  g_clear_object (&self->removal);
  g_clear_object (&self->link);

  G_OBJECT_CLASS (herald_accounts_page_parent_class)->dispose (object);
}

static void
herald_accounts_page_class_init (HeraldAccountsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_accounts_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/accounts/accounts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldAccountsPage, keyring);
  gtk_widget_class_bind_template_child (widget_class, HeraldAccountsPage, empty);
  gtk_widget_class_bind_template_child (widget_class, HeraldAccountsPage, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
herald_accounts_page_init (HeraldAccountsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * herald_accounts_page_new:
 * @link: to the service
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
herald_accounts_page_new (HeraldServiceLink *link)
{
  HeraldAccountsPage *self = g_object_new (HERALD_TYPE_ACCOUNTS_PAGE, NULL);
  GListModel *channels = herald_service_link_get_channels (link);

  self->link = g_object_ref (link);
  self->removal = herald_channel_removal_new (link);
  self->shown = G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (channels),
                                                         GTK_FILTER (g_object_ref (self->removal))));
  adw_bin_set_child (self->keyring, herald_keyring_row_new (link));
  g_object_bind_property (adw_bin_get_child (self->keyring), "visible", self->keyring, "visible", G_BINDING_SYNC_CREATE);
  gtk_list_box_bind_model (self->list, self->shown, make_row, self, NULL);
  g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (on_shown_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "delivery-changed", G_CALLBACK (on_delivery_changed), self, G_CONNECT_SWAPPED);
  on_shown_changed (self);

  return GTK_WIDGET (self);
}
