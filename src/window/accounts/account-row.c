/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-account-row"

#include "window/accounts/account-row.h"

#include <glib/gi18n-lib.h>

#include "window/accounts/account-look.h"
#include "window/base/busy-button.h"
#include "window/base/notice.h"

/**
 * HeraldAccountRow:
 *
 * An account in the list: what it is called, how it is doing and what to do about that, what it has spent, and whether it is
 * switched on. It follows the properties of its Channel1.
 */
struct _HeraldAccountRow
{
  GtkListBoxRow parent_instance;

  HeraldDBusChannel1 *channel;
  GCancellable *cancellable;
  const char *style;
  guint n_switchings; /* that are under way */

  GtkImage *icon;
  GtkLabel *name;
  GtkImage *health_icon;
  GtkLabel *state;
  GtkLabel *spending;
  HeraldBusyButton *resume;
  GtkSwitch *enabled;
  GtkWidget *test;
  GtkWidget *more;
};

G_DEFINE_FINAL_TYPE (HeraldAccountRow, herald_account_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  CHANGE_WANTED,
  TEST_WANTED,
  REMOVAL_WANTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* @taken_name: transfer full */
static void
set_name (gpointer  widget,
          char     *taken_name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, taken_name, -1);
  g_free (taken_name);
}

static void
update_health (HeraldAccountRow *self)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *state = herald_account_look_dup_state (self->channel, now);
  const char *health = herald_dbus_channel1_get_health (self->channel);
  const HeraldHealthLook *look = herald_account_look_of_health (health);

  if (self->style != NULL)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->health_icon), self->style);
      gtk_widget_remove_css_class (GTK_WIDGET (self->state), self->style);
    }
  self->style = look->style;
  gtk_widget_add_css_class (GTK_WIDGET (self->health_icon), self->style);
  gtk_widget_add_css_class (GTK_WIDGET (self->state), self->style);
  gtk_image_set_from_icon_name (self->health_icon, look->icon_name);
  gtk_label_set_text (self->state, state);
  gtk_widget_set_visible (GTK_WIDGET (self->resume),
                          g_strcmp0 (health, "held") == 0 || g_strcmp0 (health, "waiting") == 0);
}

/* A screen reader says this when the row is reached by keyboard. */
static void
update_summary (HeraldAccountRow *self)
{
  const char *name = gtk_label_get_text (self->name);
  const char *spending = gtk_label_get_text (self->spending);
  g_autofree char *summary = g_strjoin (", ", name, gtk_label_get_text (self->state), *spending != '\0' ? spending : NULL,
                                        NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, summary, -1);
  /* Translators: each with the name of an account, for those who cannot see beside what a control stands */
  set_name (self->enabled, g_strdup_printf (_("Messages by %s"), name));
  set_name (self->test, g_strdup_printf (_("Send a Test Message by %s"), name));
  set_name (self->more, g_strdup_printf (_("More about %s"), name));
  set_name (self->resume, g_strdup_printf (_("Try %s Again"), name));
}

static void
update (HeraldAccountRow *self)
{
  const char *name = herald_dbus_channel1_get_name (self->channel);
  gboolean is_enabled = herald_dbus_channel1_get_enabled (self->channel);

  gtk_label_set_text (self->name, name != NULL ? name : "");
  gtk_image_set_from_icon_name (self->icon,
                                herald_account_look_get_icon_name (herald_dbus_channel1_get_type_ (self->channel),
                                                                   herald_account_look_is_phone (self->channel)));
  /* What was switched last is on its way. */
  if (self->n_switchings == 0 && gtk_switch_get_active (self->enabled) != is_enabled)
    gtk_switch_set_active (self->enabled, is_enabled);
  if (gtk_switch_get_active (self->enabled) == is_enabled)
    gtk_switch_set_state (self->enabled, is_enabled);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.test", is_enabled);
  update_health (self);
  update_summary (self);
}

static void
on_spending_ready (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(HeraldAccountRow) self = HERALD_ACCOUNT_ROW (user_data);
  g_autoptr(GVariant) spending = NULL;
  g_autoptr(GError) error = NULL;
  const char *summary = "";

  if (!herald_dbus_channel1_call_get_spending_finish (HERALD_DBUS_CHANNEL1 (object), &spending, result, &error))
    return;

  g_variant_lookup (spending, "summary", "&s", &summary);
  gtk_label_set_text (self->spending, summary);
  gtk_widget_set_visible (GTK_WIDGET (self->spending), *summary != '\0');
  update_summary (self);
}

/* ── What a person does ─────────────────────────────────────────────────── */

static void
on_set_ready (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(HeraldAccountRow) self = HERALD_ACCOUNT_ROW (user_data);
  g_autoptr(GError) error = NULL;

  self->n_switchings--;
  if (herald_dbus_channel1_call_set_finish (HERALD_DBUS_CHANNEL1 (object), result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  herald_notice_show_error (GTK_WIDGET (self), error);
  update (self);
}

/* It is drawn as switched only when it is. */
static gboolean
on_enabled_set (HeraldAccountRow *self,
                gboolean          is_enabled)
{
  GVariantBuilder changes;

  if (self->n_switchings == 0 && is_enabled == herald_dbus_channel1_get_enabled (self->channel))
    return FALSE;

  self->n_switchings++;
  g_variant_builder_init (&changes, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&changes, "{ss}", "enabled", is_enabled ? "true" : "false");
  herald_dbus_channel1_call_set (self->channel, g_variant_builder_end (&changes), self->cancellable, on_set_ready,
                                 g_object_ref (self));

  return TRUE;
}

static void
on_resume_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(HeraldAccountRow) self = HERALD_ACCOUNT_ROW (user_data);
  g_autoptr(GError) error = NULL;

  if (!herald_dbus_channel1_call_resume_finish (HERALD_DBUS_CHANNEL1 (object), result, &error))
    herald_notice_show_error (GTK_WIDGET (self), error);
  herald_busy_button_set_busy (self->resume, FALSE);
}

static void
on_resume_clicked (HeraldAccountRow *self)
{
  herald_busy_button_set_busy (self->resume, TRUE);
  herald_dbus_channel1_call_resume (self->channel, self->cancellable, on_resume_ready, g_object_ref (self));
}

static void
on_action (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  guint signal = g_str_equal (action_name, "account.change") ? CHANGE_WANTED
                 : g_str_equal (action_name, "account.test") ? TEST_WANTED
                                                             : REMOVAL_WANTED;

  g_signal_emit (widget, signals[signal], 0);
}

/* GObject */

static void
herald_account_row_dispose (GObject *object)
{
  HeraldAccountRow *self = HERALD_ACCOUNT_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->channel);

  G_OBJECT_CLASS (herald_account_row_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/accounts/account-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldAccountRow, icon);
  gtk_widget_class_bind_template_child (widget_class, HeraldAccountRow, name);
  gtk_widget_class_bind_template_child (widget_class, HeraldAccountRow, health_icon);
  gtk_widget_class_bind_template_child (widget_class, HeraldAccountRow, state);
  gtk_widget_class_bind_template_child (widget_class, HeraldAccountRow, spending);
  gtk_widget_class_bind_template_child (widget_class, HeraldAccountRow, resume);
  gtk_widget_class_bind_template_child (widget_class, HeraldAccountRow, enabled);
  gtk_widget_class_bind_template_child (widget_class, HeraldAccountRow, test);
  gtk_widget_class_bind_template_child (widget_class, HeraldAccountRow, more);
  gtk_widget_class_bind_template_callback (widget_class, on_enabled_set);
  gtk_widget_class_bind_template_callback (widget_class, on_resume_clicked);
}

static void
herald_account_row_class_init (HeraldAccountRowClass *klass)
{
  static const char *const names[N_SIGNALS] = { "change-wanted", "test-wanted", "removal-wanted" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_account_row_dispose;

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (HERALD_TYPE_BUSY_BUTTON);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "account.change", NULL, on_action);
  gtk_widget_class_install_action (widget_class, "account.test", NULL, on_action);
  gtk_widget_class_install_action (widget_class, "account.remove", NULL, on_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "account.remove", NULL);
}

static void
herald_account_row_init (HeraldAccountRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
herald_account_row_new (HeraldDBusChannel1 *channel)
{
  HeraldAccountRow *self = g_object_new (HERALD_TYPE_ACCOUNT_ROW, NULL);

  self->channel = g_object_ref (channel);
  g_signal_connect_object (channel, "g-properties-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  update (self);
  herald_account_row_ask_spending (self);

  return GTK_WIDGET (self);
}

HeraldDBusChannel1 *
herald_account_row_get_channel (HeraldAccountRow *self)
{
  return self->channel;
}

void
herald_account_row_ask_spending (HeraldAccountRow *self)
{
  herald_dbus_channel1_call_get_spending (self->channel, self->cancellable, on_spending_ready, g_object_ref (self));
}
