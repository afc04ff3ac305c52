/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-account-facts"

#include "window/accounts/account-facts.h"

#include <glib/gi18n-lib.h>

#include "window/accounts/browser-login.h"
#include "window/base/busy-button.h"
#include "window/base/failure.h"

/**
 * HeraldAccountFacts:
 *
 * Above the settings of an account: what is wrong with it, why its messages may not arrive, whose it is, and the way to sign in
 * where that is done with a browser. What the network is asked for comes when it is there.
 */
struct _HeraldAccountFacts
{
  AdwBin parent_instance;

  HeraldDBusChannel1 *channel;
  GCancellable *cancellable;

  GtkLabel *problem;
  GtkLabel *doubts;
  GtkWidget *owner;
  HeraldBusyButton *ask;
  GtkLabel *price;
  GtkLabel *answer;
  AdwBin *login;
};

G_DEFINE_FINAL_TYPE (HeraldAccountFacts, herald_account_facts, ADW_TYPE_BIN)

static void
set_text (GtkLabel   *label,
          const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
update (HeraldAccountFacts *self)
{
  set_text (self->problem, herald_dbus_channel1_get_error (self->channel));
}

static void
on_doubts_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(HeraldAccountFacts) self = HERALD_ACCOUNT_FACTS (user_data);
  g_auto(GStrv) doubts = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  /* Without a network there is nothing to doubt. */
  if (!herald_dbus_channel1_call_list_doubts_finish (HERALD_DBUS_CHANNEL1 (object), &doubts, result, &error))
    return;

  text = g_strjoinv ("\n", doubts);
  set_text (self->doubts, text);
}

static void
on_check_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(HeraldAccountFacts) self = HERALD_ACCOUNT_FACTS (user_data);
  g_autofree char *answer = NULL;
  g_autofree char *sentence = NULL;
  g_autoptr(GError) error = NULL;

  if (!herald_dbus_channel1_call_check_finish (HERALD_DBUS_CHANNEL1 (object), &answer, result, &error) &&
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  herald_busy_button_set_busy (self->ask, FALSE);
  sentence = error != NULL ? herald_failure_dup_sentence (error) : g_steal_pointer (&answer);
  if (error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->answer), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->answer), "error");
  set_text (self->answer, sentence);
}

static void
on_ask_clicked (HeraldAccountFacts *self)
{
  herald_busy_button_set_busy (self->ask, TRUE);
  set_text (self->answer, "");
  herald_dbus_channel1_call_check (self->channel, self->cancellable, on_check_ready, g_object_ref (self));
}

/* GObject */

static void
herald_account_facts_dispose (GObject *object)
{
  HeraldAccountFacts *self = HERALD_ACCOUNT_FACTS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->channel);

  G_OBJECT_CLASS (herald_account_facts_parent_class)->dispose (object);
}

static void
herald_account_facts_class_init (HeraldAccountFactsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_account_facts_dispose;

  g_type_ensure (HERALD_TYPE_BUSY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/accounts/account-facts.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldAccountFacts, problem);
  gtk_widget_class_bind_template_child (widget_class, HeraldAccountFacts, doubts);
  gtk_widget_class_bind_template_child (widget_class, HeraldAccountFacts, owner);
  gtk_widget_class_bind_template_child (widget_class, HeraldAccountFacts, ask);
  gtk_widget_class_bind_template_child (widget_class, HeraldAccountFacts, price);
  gtk_widget_class_bind_template_child (widget_class, HeraldAccountFacts, answer);
  gtk_widget_class_bind_template_child (widget_class, HeraldAccountFacts, login);
  gtk_widget_class_bind_template_callback (widget_class, on_ask_clicked);
}

static void
herald_account_facts_init (HeraldAccountFacts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

/* Who can tell whose an account is takes money for it. */
GtkWidget *
herald_account_facts_new (HeraldDBusChannel1 *channel,
                          GVariant           *type)
{
  HeraldAccountFacts *self = g_object_new (HERALD_TYPE_ACCOUNT_FACTS, NULL);
  const char *price = "";
  const char *login = "";

  self->channel = g_object_ref (channel);
  g_variant_lookup (type, "check_price", "&s", &price);
  gtk_label_set_text (self->price, price);
  gtk_widget_set_visible (self->owner, *price != '\0');
  g_variant_lookup (herald_dbus_channel1_get_settings (channel), "login", "&s", &login);
  if (g_str_equal (login, "browser"))
    adw_bin_set_child (self->login, herald_browser_login_new (channel));
  g_signal_connect_object (channel, "g-properties-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  herald_dbus_channel1_call_list_doubts (channel, self->cancellable, on_doubts_ready, g_object_ref (self));
  update (self);

  return GTK_WIDGET (self);
}
