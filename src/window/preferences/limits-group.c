/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-limits-group"

#include "window/preferences/limits-group.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "window/accounts/channel-editor.h"

#define NAME_MAX_CHARS 60
#define SUMMARY_MAX_CHARS 300

/**
 * HeraldLimitsGroup:
 *
 * What each account may send and spend, and has: to be read here, to be changed at the account.
 */
struct _HeraldLimitsGroup
{
  AdwPreferencesGroup parent_instance;

  HeraldServiceLink *link;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (HeraldLimitsGroup, herald_limits_group, ADW_TYPE_PREFERENCES_GROUP)

/* A question that is under way */
typedef struct
{
  HeraldLimitsGroup *self;
  HeraldDBusChannel1 *channel;
} Question;

static void
question_free (Question *question)
{
  g_clear_object (&question->self);
  g_clear_object (&question->channel);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
on_row_activated (AdwActionRow *row,
                  gpointer      user_data)
{
  HeraldDBusChannel1 *channel = user_data;
  HeraldLimitsGroup *self = HERALD_LIMITS_GROUP (gtk_widget_get_ancestor (GTK_WIDGET (row), HERALD_TYPE_LIMITS_GROUP));

  herald_channel_editor_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (row))), self->link, channel);
}

static void
add_row (HeraldLimitsGroup  *self,
         HeraldDBusChannel1 *channel,
         const char         *summary)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = herald_text_clean (herald_dbus_channel1_get_name (channel), NAME_MAX_CHARS);
  g_autofree char *words = herald_text_clean (summary, SUMMARY_MAX_CHARS);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_row_activated), channel, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
on_spending_ready (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(Question) question = user_data;
  g_autoptr(GVariant) spending = NULL;
  g_autoptr(GError) error = NULL;
  const char *summary = "";

  if (!herald_dbus_channel1_call_get_spending_finish (question->channel, &spending, result, &error))
    {
      g_debug ("No limits are known: %s", error->message);
      return;
    }
  if (g_variant_lookup (spending, "summary", "&s", &summary) && *summary != '\0')
    add_row (question->self, question->channel, summary);
}

/* GObject */

static void
herald_limits_group_dispose (GObject *object)
{
  HeraldLimitsGroup *self = HERALD_LIMITS_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->link);

  G_OBJECT_CLASS (herald_limits_group_parent_class)->dispose (object);
}

static void
herald_limits_group_finalize (GObject *object)
{
  g_clear_object (&HERALD_LIMITS_GROUP (object)->cancellable);

  G_OBJECT_CLASS (herald_limits_group_parent_class)->finalize (object);
}

static void
herald_limits_group_class_init (HeraldLimitsGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_limits_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = herald_limits_group_finalize;
}

static void
herald_limits_group_init (HeraldLimitsGroup *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Limits and Budgets"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _("They are set at each account."));
}

void
herald_limits_group_set_link (HeraldLimitsGroup *self,
                              HeraldServiceLink *link)
{
  GListModel *channels = herald_service_link_get_channels (link);

  g_return_if_fail (HERALD_IS_LIMITS_GROUP (self) && self->link == NULL);

  self->link = g_object_ref (link);
  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      Question *question = g_new0 (Question, 1);

      question->self = g_object_ref (self);
      question->channel = g_list_model_get_item (channels, i);
      herald_dbus_channel1_call_get_spending (question->channel, self->cancellable, on_spending_ready, question);
    }
}
