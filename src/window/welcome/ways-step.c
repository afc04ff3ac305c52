/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-ways-step"

#include "window/welcome/ways-step.h"

#include <glib/gi18n-lib.h>

#include "window/accounts/account-look.h"
#include "window/accounts/channel-editor.h"
#include "window/base/failure.h"

/**
 * HeraldWaysStep:
 *
 * Where a person wants to be told: notifications with a switch, e-mail and X with their own editors, and what is set up already.
 */
struct _HeraldWaysStep
{
  AdwBin parent_instance;

  HeraldServiceLink *link;
  GCancellable *cancellable;
  GtkFilterListModel *others; /* all channels but the one with the switch */
  HeraldDBusChannel1 *desktop_channel; /* NULL if there is none */
  gboolean is_done;

  GtkSwitch *desktop;
  GtkLabel *problem;
  GtkWidget *ready_group;
  GtkListBox *ready;
};

G_DEFINE_FINAL_TYPE (HeraldWaysStep, herald_ways_step, ADW_TYPE_BIN)

enum
{
  PROP_DONE = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static void update (HeraldWaysStep *self);

/* ── Notifications ──────────────────────────────────────────────────────── */

static void
show_problem (HeraldWaysStep *self,
              const GError   *error)
{
  g_autofree char *sentence = error != NULL ? herald_failure_dup_sentence (error) : NULL;

  gtk_label_set_text (self->problem, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), sentence != NULL);
}

static void
on_call_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldWaysStep) self = HERALD_WAYS_STEP (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gtk_widget_set_sensitive (GTK_WIDGET (self->desktop), TRUE);
  show_problem (self, error);
  update (self);
}

static GVariant *
make_settings (const char *name,
               const char *value)
{
  GVariantBuilder settings;

  g_variant_builder_init (&settings, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&settings, "{ss}", name, value);

  return g_variant_builder_end (&settings);
}

static gboolean
on_desktop_switched (GtkSwitch      *desktop,
                     gboolean        is_on,
                     HeraldWaysStep *self)
{
  HeraldDBusService1 *service = herald_service_link_get_service (self->link);
  gboolean was_on = self->desktop_channel != NULL && herald_dbus_channel1_get_enabled (self->desktop_channel);

  if (is_on == was_on || service == NULL)
    return GDK_EVENT_PROPAGATE;

  gtk_widget_set_sensitive (GTK_WIDGET (desktop), FALSE);
  if (self->desktop_channel != NULL)
    g_dbus_proxy_call (G_DBUS_PROXY (self->desktop_channel), "Set",
                       g_variant_new ("(@a{ss})", make_settings ("enabled", is_on ? "true" : "false")),
                       G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable, on_call_ready, g_object_ref (self));
  else
    g_dbus_proxy_call (G_DBUS_PROXY (service), "AddChannel",
                       g_variant_new ("(s@a{ss}@a{ss})", "desktop", make_settings ("name", _("Desktop")),
                                      g_variant_new_array (G_VARIANT_TYPE ("{ss}"), NULL, 0)),
                       G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable, on_call_ready, g_object_ref (self));

  return GDK_EVENT_STOP;
}

static void
find_desktop_channel (HeraldWaysStep *self)
{
  GListModel *channels = herald_service_link_get_channels (self->link);
  g_autoptr(HeraldDBusChannel1) found = NULL;

  for (guint i = 0; found == NULL && i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(HeraldDBusChannel1) channel = g_list_model_get_item (channels, i);

      if (g_strcmp0 (herald_dbus_channel1_get_type_ (channel), "desktop") == 0)
        found = g_steal_pointer (&channel);
    }

  if (found == self->desktop_channel)
    return;

  if (self->desktop_channel != NULL)
    g_signal_handlers_disconnect_by_data (self->desktop_channel, self);
  g_set_object (&self->desktop_channel, found);
  if (found != NULL)
    g_signal_connect_object (found, "notify::enabled", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

/* ── What is set up already ─────────────────────────────────────────────── */

static gboolean
is_other (gpointer item,
          gpointer user_data)
{
  return g_strcmp0 (herald_dbus_channel1_get_type_ (HERALD_DBUS_CHANNEL1 (item)), "desktop") != 0;
}

static void
update_row (HeraldDBusChannel1 *channel,
            GParamSpec         *pspec,
            GtkWidget          *row)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *state = herald_account_look_dup_state (channel, now);

  g_object_set (row, "title", herald_dbus_channel1_get_name (channel), "subtitle", state, NULL);
}

static void
change_channel (GtkWidget *row)
{
  HeraldWaysStep *self = HERALD_WAYS_STEP (gtk_widget_get_ancestor (row, HERALD_TYPE_WAYS_STEP));

  herald_channel_editor_present (GTK_WINDOW (gtk_widget_get_root (row)), self->link,
                                 g_object_get_data (G_OBJECT (row), "channel"));
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  HeraldDBusChannel1 *channel = HERALD_DBUS_CHANNEL1 (item);
  GtkWidget *row = adw_action_row_new ();
  const char *icon_name = herald_account_look_get_icon_name (herald_dbus_channel1_get_type_ (channel),
                                                             herald_account_look_is_phone (channel));
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);

  g_object_set (row, "use-markup", FALSE, "title-lines", 1, "subtitle-lines", 3, "activatable", TRUE, NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data_full (G_OBJECT (row), "channel", g_object_ref (channel), g_object_unref);
  g_signal_connect_object (channel, "notify", G_CALLBACK (update_row), row, 0);
  g_signal_connect (row, "activated", G_CALLBACK (change_channel), NULL);
  update_row (channel, NULL, row);

  return row;
}

static void
update (HeraldWaysStep *self)
{
  gboolean has_others = FALSE;
  gboolean is_on = FALSE;

  find_desktop_channel (self);
  has_others = g_list_model_get_n_items (G_LIST_MODEL (self->others)) > 0;
  is_on = self->desktop_channel != NULL && herald_dbus_channel1_get_enabled (self->desktop_channel);
  gtk_switch_set_active (self->desktop, is_on);
  gtk_switch_set_state (self->desktop, is_on);
  gtk_widget_set_visible (self->ready_group, has_others);
  if (self->is_done == (is_on || has_others))
    return;

  self->is_done = is_on || has_others;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DONE]);
}

/* GObject */

static void
herald_ways_step_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  g_value_set_boolean (value, HERALD_WAYS_STEP (object)->is_done);
}

static void
herald_ways_step_dispose (GObject *object)
{
  HeraldWaysStep *self = HERALD_WAYS_STEP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->others);
  g_clear_object (&self->desktop_channel);
  g_clear_object (&self->link);

  G_OBJECT_CLASS (herald_ways_step_parent_class)->dispose (object);
}

static void
herald_ways_step_class_init (HeraldWaysStepClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = herald_ways_step_get_property;
  object_class->dispose = herald_ways_step_dispose;

  properties[PROP_DONE] = g_param_spec_boolean ("done", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/welcome/ways-step.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldWaysStep, desktop);
  gtk_widget_class_bind_template_child (widget_class, HeraldWaysStep, problem);
  gtk_widget_class_bind_template_child (widget_class, HeraldWaysStep, ready_group);
  gtk_widget_class_bind_template_child (widget_class, HeraldWaysStep, ready);
  gtk_widget_class_bind_template_callback (widget_class, on_desktop_switched);
}

static void
herald_ways_step_init (HeraldWaysStep *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * herald_ways_step_new:
 * @link: to the service
 *
 * Returns: (transfer floating): the step
 */
GtkWidget *
herald_ways_step_new (HeraldServiceLink *link)
{
  HeraldWaysStep *self = g_object_new (HERALD_TYPE_WAYS_STEP, NULL);
  GListModel *channels = herald_service_link_get_channels (link);
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_other, NULL, NULL));

  self->link = g_object_ref (link);
  self->others = gtk_filter_list_model_new (g_object_ref (channels), filter);
  gtk_list_box_bind_model (self->ready, G_LIST_MODEL (self->others), make_row, NULL, NULL);
  g_signal_connect_object (channels, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  update (self);

  return GTK_WIDGET (self);
}

gboolean
herald_ways_step_is_done (HeraldWaysStep *self)
{
  return self->is_done;
}
