/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-browser-login"

#include "window/accounts/browser-login.h"

#include <glib/gi18n-lib.h>

#include "window/base/busy-button.h"
#include "window/base/failure.h"
#include "window/base/web-page.h"

/* The address of a browser that has come back bears this; anything shorter is still being typed. */
#define ADDRESS_MARK "code="

/**
 * HeraldBrowserLogin:
 *
 * The login at a server with a browser: opens its page, says how much time is left, and how it ended. It follows the properties
 * of its Channel1.
 */
struct _HeraldBrowserLogin
{
  AdwBin parent_instance;

  HeraldDBusChannel1 *channel;
  GCancellable *cancellable;
  gboolean was_begun; /* or found under way: what had ended before is not told */
  guint tick_id;

  HeraldBusyButton *begin;
  GtkWidget *cancel;
  GtkLabel *status;
  GtkWidget *paste;
  GtkEditable *address;
};

G_DEFINE_FINAL_TYPE (HeraldBrowserLogin, herald_browser_login, ADW_TYPE_BIN)

static void
say (HeraldBrowserLogin *self,
     const char         *sentence,
     const char         *style)
{
  const char *styles[] = { style, NULL };

  gtk_label_set_text (self->status, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->status), *sentence != '\0');
  gtk_widget_set_css_classes (GTK_WIDGET (self->status), styles);
}

static void
say_time_left (HeraldBrowserLogin *self)
{
  const char *until = herald_dbus_channel1_get_login_until (self->channel);
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr(GDateTime) end = until != NULL ? g_date_time_new_from_iso8601 (until, NULL) : NULL;
  gint64 left_s = end != NULL ? MAX (g_date_time_difference (end, now) / G_USEC_PER_SEC, 0) : 0;
  g_autofree char *sentence = NULL;

  /* Translators: minutes and seconds */
  sentence = g_strdup_printf (_("Please sign in on the page in your browser, and allow what it asks. %d:%02d left."),
                              (int) (left_s / 60), (int) (left_s % 60));
  say (self, sentence, "numeric");
}

static gboolean
on_tick (gpointer user_data)
{
  say_time_left (user_data);

  return G_SOURCE_CONTINUE;
}

static void
update (HeraldBrowserLogin *self)
{
  const char *state = herald_dbus_channel1_get_login_state (self->channel);
  const char *problem = herald_dbus_channel1_get_login_problem (self->channel);
  gboolean is_waiting = g_strcmp0 (state, "waiting") == 0;

  self->was_begun |= is_waiting;
  gtk_widget_set_visible (self->cancel, is_waiting);
  gtk_widget_set_visible (self->paste, is_waiting);
  if (is_waiting && self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, on_tick, self);
  else if (!is_waiting)
    g_clear_handle_id (&self->tick_id, g_source_remove);

  if (is_waiting)
    say_time_left (self);
  else if (!self->was_begun)
    return;
  else if (g_strcmp0 (state, "done") == 0)
    say (self, _("You have signed in."), "success");
  else if (g_strcmp0 (state, "failed") == 0)
    say (self, problem != NULL ? problem : "", "error");
  else
    say (self, "", "error");
}

static void
on_log_in_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(HeraldBrowserLogin) self = HERALD_BROWSER_LOGIN (user_data);
  g_autofree char *page = NULL;
  g_autofree char *sentence = NULL;
  g_autoptr(GError) error = NULL;

  if (!herald_dbus_channel1_call_log_in_finish (HERALD_DBUS_CHANNEL1 (object), &page, result, &error) &&
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  herald_busy_button_set_busy (self->begin, FALSE);
  if (error != NULL)
    {
      sentence = herald_failure_dup_sentence (error);
      say (self, sentence, "error");
      return;
    }

  herald_web_page_open (GTK_WIDGET (self), page);
}

static void
on_begin_clicked (HeraldBrowserLogin *self)
{
  self->was_begun = TRUE;
  herald_busy_button_set_busy (self->begin, TRUE);
  herald_dbus_channel1_call_log_in (self->channel, self->cancellable, on_log_in_ready, g_object_ref (self));
}

static void
on_cancel_clicked (HeraldBrowserLogin *self)
{
  herald_dbus_channel1_call_cancel_login (self->channel, self->cancellable, NULL, NULL);
}

static void
on_take_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldBrowserLogin) self = HERALD_BROWSER_LOGIN (user_data);
  g_autofree char *sentence = NULL;
  g_autoptr(GError) error = NULL;

  if (herald_dbus_channel1_call_take_login_address_finish (HERALD_DBUS_CHANNEL1 (object), result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  sentence = herald_failure_dup_sentence (error);
  gtk_editable_set_text (self->address, "");
  say (self, sentence, "error");
}

/* It is good for half a minute: nobody shall look for a button. */
static void
on_address_changed (HeraldBrowserLogin *self)
{
  g_autofree char *address = g_strstrip (g_strdup (gtk_editable_get_text (self->address)));

  if (strstr (address, ADDRESS_MARK) != NULL)
    herald_dbus_channel1_call_take_login_address (self->channel, address, self->cancellable, on_take_ready,
                                                  g_object_ref (self));
}

/* GObject */

static void
herald_browser_login_dispose (GObject *object)
{
  HeraldBrowserLogin *self = HERALD_BROWSER_LOGIN (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->channel);

  G_OBJECT_CLASS (herald_browser_login_parent_class)->dispose (object);
}

static void
herald_browser_login_class_init (HeraldBrowserLoginClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_browser_login_dispose;

  g_type_ensure (HERALD_TYPE_BUSY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/accounts/browser-login.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldBrowserLogin, begin);
  gtk_widget_class_bind_template_child (widget_class, HeraldBrowserLogin, cancel);
  gtk_widget_class_bind_template_child (widget_class, HeraldBrowserLogin, status);
  gtk_widget_class_bind_template_child (widget_class, HeraldBrowserLogin, paste);
  gtk_widget_class_bind_template_child (widget_class, HeraldBrowserLogin, address);
  gtk_widget_class_bind_template_callback (widget_class, on_begin_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_address_changed);
}

static void
herald_browser_login_init (HeraldBrowserLogin *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
herald_browser_login_new (HeraldDBusChannel1 *channel)
{
  HeraldBrowserLogin *self = g_object_new (HERALD_TYPE_BROWSER_LOGIN, NULL);

  self->channel = g_object_ref (channel);
  g_signal_connect_object (channel, "g-properties-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  update (self);

  return GTK_WIDGET (self);
}
