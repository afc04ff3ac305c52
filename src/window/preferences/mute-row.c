/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-mute-row"

#include "window/preferences/mute-row.h"

#include <glib/gi18n-lib.h>

#include "core/base/time-words.h"
#include "window/base/notice.h"

#define HOUR_S (60 * 60)

/* What is “tomorrow” is “today” at midnight. */
#define REFRESH_S 30

/* Muted until somebody says otherwise: nobody means the year 9999. */
#define FOREVER_PREFIX "9999-"

/**
 * HeraldMuteRow:
 *
 * Whether everything is muted, in words, and the ways to change that.
 */
struct _HeraldMuteRow
{
  AdwActionRow parent_instance;

  HeraldDBusService1 *service;
  GCancellable *cancellable;
  GtkWidget *menu_button;
  GtkWidget *unmute_button;
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (HeraldMuteRow, herald_mute_row, ADW_TYPE_ACTION_ROW)

static gint64
parse_moment_ms (const char *text)
{
  g_autoptr(GDateTime) moment = text != NULL && *text != '\0' ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  return moment != NULL ? g_date_time_to_unix (moment) * 1000 : 0;
}

char *
herald_mute_row_format_state (const char *muted_until,
                              const char *quiet_until,
                              gint64      now_ms)
{
  gint64 muted_ms = parse_moment_ms (muted_until);
  gint64 quiet_ms = parse_moment_ms (quiet_until);
  g_autofree char *moment = NULL;

  if (muted_ms > now_ms && g_str_has_prefix (muted_until, FOREVER_PREFIX))
    return g_strdup (_("Nothing is told until you unmute."));
  if (muted_ms > now_ms)
    {
      moment = herald_time_words_format_moment (muted_ms, now_ms);
      /* Translators: a time, e.g. “18:05” or “tomorrow 08:00” */
      return g_strdup_printf (_("Nothing is told until %s."), moment);
    }
  if (quiet_ms > now_ms)
    {
      moment = herald_time_words_format_moment (quiet_ms, now_ms);
      /* Translators: a time, e.g. “07:00” or “tomorrow 07:00” */
      return g_strdup_printf (_("These are quiet hours, until %s."), moment);
    }

  return g_strdup (_("You hear of everything."));
}

static void
update (HeraldMuteRow *self)
{
  gint64 now_ms = g_get_real_time () / 1000;
  const char *muted_until = herald_dbus_service1_get_muted_until (self->service);
  g_autofree char *state =
    herald_mute_row_format_state (muted_until, herald_dbus_service1_get_quiet_until (self->service), now_ms);
  gboolean is_muted = parse_moment_ms (muted_until) > now_ms;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), state);
  gtk_widget_set_visible (self->menu_button, !is_muted);
  gtk_widget_set_visible (self->unmute_button, is_muted);
}

static gboolean
on_refresh_timeout (gpointer user_data)
{
  update (user_data);

  return G_SOURCE_CONTINUE;
}

static void
on_mute_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldMuteRow) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!herald_dbus_service1_call_mute_finish (HERALD_DBUS_SERVICE1 (source), result, &error))
    herald_notice_show_error (GTK_WIDGET (self), error);
}

static void
on_unmute_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(HeraldMuteRow) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!herald_dbus_service1_call_unmute_finish (HERALD_DBUS_SERVICE1 (source), result, &error))
    herald_notice_show_error (GTK_WIDGET (self), error);
}

/* The parameter: hour, morning or forever; 0 seconds are without end */
static void
mute (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  HeraldMuteRow *self = HERALD_MUTE_ROW (widget);
  const char *how_long = g_variant_get_string (parameter, NULL);
  gint64 now_ms = g_get_real_time () / 1000;
  guint64 seconds = g_str_equal (how_long, "hour") ? HOUR_S : 0;

  if (g_str_equal (how_long, "morning"))
    seconds = (guint64) MAX ((herald_time_words_find_morning (now_ms) - now_ms) / 1000, 1);
  herald_dbus_service1_call_mute (self->service, seconds, self->cancellable, on_mute_ready, g_object_ref (self));
}

static void
unmute (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  HeraldMuteRow *self = HERALD_MUTE_ROW (widget);

  herald_dbus_service1_call_unmute (self->service, self->cancellable, on_unmute_ready, g_object_ref (self));
}

/* GObject */

static void
herald_mute_row_dispose (GObject *object)
{
  HeraldMuteRow *self = HERALD_MUTE_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_object (&self->service);

  G_OBJECT_CLASS (herald_mute_row_parent_class)->dispose (object);
}

static void
herald_mute_row_finalize (GObject *object)
{
  g_clear_object (&HERALD_MUTE_ROW (object)->cancellable);

  G_OBJECT_CLASS (herald_mute_row_parent_class)->finalize (object);
}

static void
herald_mute_row_class_init (HeraldMuteRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_mute_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = herald_mute_row_finalize;

  gtk_widget_class_install_action (widget_class, "mute.for", "s", mute);
  gtk_widget_class_install_action (widget_class, "mute.end", NULL, unmute);
}

static void
herald_mute_row_init (HeraldMuteRow *self)
{
  g_autoptr(GMenu) menu = g_menu_new ();

  self->cancellable = g_cancellable_new ();
  g_menu_append (menu, _("For 1 _Hour"), "mute.for::hour");
  g_menu_append (menu, _("Until Tomorrow _Morning"), "mute.for::morning");
  g_menu_append (menu, _("Until I _Unmute"), "mute.for::forever");

  self->menu_button = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->menu_button), _("_Mute"));
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (self->menu_button), TRUE);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu_button), G_MENU_MODEL (menu));
  self->unmute_button = gtk_button_new_with_mnemonic (_("_Unmute"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->unmute_button), "mute.end");
  gtk_widget_set_valign (self->menu_button, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->unmute_button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Mute"), -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("Mute everything"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->menu_button);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->unmute_button);
}

void
herald_mute_row_set_link (HeraldMuteRow     *self,
                          HeraldServiceLink *link)
{
  g_return_if_fail (HERALD_IS_MUTE_ROW (self) && self->service == NULL);

  self->service = g_object_ref (herald_service_link_get_service (link));
  g_signal_connect_object (self->service, "notify::muted-until", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->service, "notify::quiet-until", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  self->refresh_id = g_timeout_add_seconds (REFRESH_S, on_refresh_timeout, self);
  update (self);
}
