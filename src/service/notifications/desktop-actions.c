/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-desktop-actions"

#include "service/notifications/desktop-actions.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "service/notifications/desktop-channel.h"
#include "service/notifications/desktop-notice.h"
#include "service/notifications/notification-daemon.h"
#include "service/notifications/shown-memory.h"
#include "service/actions/printer-verb.h"

/* A printer’s state follows what it tells. */
#define FRESH_MS 5000

#define SNOOZE_MS (G_GINT64_CONSTANT (60) * 1000 * HERALD_SNOOZE_MINUTES)

/**
 * HeraldDesktopActions:
 *
 * Does what the buttons of notifications promise, says which of them can be kept, and takes away what is no longer true.
 * A click on what was true a while ago is answered with a sentence.
 */
struct _HeraldDesktopActions
{
  GObject parent_instance;

  HeraldEngine *engine;
  HeraldLauncher *launcher;
  HeraldNotificationDaemon *daemon;
  HeraldDesktopNotice *answer;
  GCancellable *cancellable;
  gint64 since_ms; /* what was shown since then may still be on the screen */
  GPtrArray *printers; /* ids, in the order of the list: who is removed is not in it any more */
};

G_DEFINE_FINAL_TYPE (HeraldDesktopActions, herald_desktop_actions, G_TYPE_OBJECT)

static HeraldPrinter *
find_printer (HeraldDesktopActions *self,
              HeraldMessage        *message)
{
  return message->printer != NULL ? herald_engine_find_printer (self->engine, message->printer) : NULL;
}

/* Whether what is printed now is what the message is about, as far as it is about a print */
static gboolean
is_current (HeraldDesktopActions *self,
            HeraldMessage        *message)
{
  return message->job == NULL || herald_engine_is_print_under_way (self->engine, message->printer, message->job);
}

/* Who does not hear from the printer knows nothing better than what was said; nobody wants to hear of one that is gone. */
static gboolean
is_past (HeraldDesktopActions *self,
         HeraldMessage        *message,
         HeraldPrinter        *printer)
{
  HeraldStateId state;

  if (printer == NULL)
    return message->printer != NULL;
  if (herald_printer_get_connection (printer) != HERALD_CONNECTION_CONNECTED)
    return FALSE;

  state = herald_printer_get_state (printer)->id;
  switch ((guint) message->kind)
    {
    case HERALD_KIND_OCTOPRINT_UNREACHABLE:
      return TRUE;
    case HERALD_KIND_PRINTER_ERROR:
      return state != HERALD_STATE_ERROR;
    case HERALD_KIND_ATTENTION_NEEDED:
      return *herald_printer_get_attention (printer) == '\0' || !is_current (self, message);
    case HERALD_KIND_PRINT_PAUSED:
      return (state != HERALD_STATE_PAUSED && state != HERALD_STATE_PAUSING) || !is_current (self, message);
    default:
      return FALSE;
    }
}

/* What can be told before the printer’s state shows it */
static gboolean
is_fresh (HeraldMessage *message)
{
  return (message->kind == HERALD_KIND_PRINT_PAUSED || message->kind == HERALD_KIND_PRINTER_ERROR) &&
         g_get_real_time () / 1000 - message->created_ms < FRESH_MS;
}

/* A start is told before the printer’s state shows it; who is told anything of a print can pause it, unless it is known to
 * stand still. */
static gboolean
can_pause (HeraldPrinter   *printer,
           HeraldEventKind  kind)
{
  HeraldStateId state = herald_printer_get_state (printer)->id;

  return herald_printer_get_connection (printer) == HERALD_CONNECTION_CONNECTED &&
         (kind == HERALD_KIND_PRINT_RESUMED || (state != HERALD_STATE_PAUSED && state != HERALD_STATE_PAUSING &&
                                                state != HERALD_STATE_CANCELLING));
}

/* The same, of a pause */
static gboolean
can_resume (HeraldPrinter   *printer,
            HeraldEventKind  kind)
{
  return (herald_printer_get_actions (printer) & HERALD_ACTION_RESUME) != 0 ||
         herald_printer_get_state (printer)->id == HERALD_STATE_PAUSING || kind == HERALD_KIND_PRINT_PAUSED;
}

static void
look_ahead (HeraldMessage             *message,
            HeraldNotificationOutlook *outlook,
            gpointer                   user_data)
{
  HeraldDesktopActions *self = user_data;
  HeraldPrinter *printer = find_printer (self, message);
  gboolean current;

  outlook->answers = TRUE;
  outlook->opens = printer != NULL || herald_launcher_has_window (self->launcher);
  outlook->is_past = is_past (self, message, printer);
  outlook->is_fresh = is_fresh (message);
  outlook->is_muted = herald_engine_get_muted_until (self->engine) != 0;
  if (printer == NULL)
    return;

  current = is_current (self, message);
  outlook->can_pause = current && message->job != NULL && can_pause (printer, message->kind);
  outlook->can_resume = current && can_resume (printer, message->kind);
  outlook->can_mute = current && message->job != NULL && !herald_engine_is_print_muted (self->engine, message->printer);
}

/* Clicks */

static void
say (HeraldDesktopActions *self,
     HeraldMessage        *message,
     const char           *sentence)
{
  const char *title = *message->printer_name != '\0' ? message->printer_name : "OctoHerald";

  herald_desktop_notice_show_async (self->answer, title, sentence, NULL, NULL, NULL);
}

static void
open (HeraldDesktopActions *self,
      HeraldMessage        *message,
      const char           *token)
{
  if (message->printer == NULL)
    herald_launcher_open_window (self->launcher, "history", NULL, token);
  else if (herald_launcher_has_window (self->launcher))
    herald_launcher_open_window (self->launcher, NULL, message->printer, token);
  else
    herald_printer_verb_open (self->engine, self->launcher, message->printer, token);
}

static void
control (HeraldDesktopActions *self,
         HeraldMessage        *message,
         HeraldPrinterAction   action)
{
  if (message->printer == NULL)
    return;

  if (is_current (self, message))
    herald_printer_verb_control (self->engine, message->printer, action);
  else
    say (self, message, _("This print is over already, so nothing was changed."));
}

static void
snooze (HeraldDesktopActions *self,
        HeraldDesktopChannel *channel,
        HeraldMessage        *message,
        const char           *key)
{
  HeraldPrinter *printer = find_printer (self, message);
  g_autoptr(GError) error = NULL;

  if (is_past (self, message, printer))
    say (self, message, _("That is settled already, so you will not be told again."));
  else if (!herald_outbox_repeat (herald_engine_get_outbox (self->engine),
                                  herald_channel_get_id (HERALD_CHANNEL (channel)), key,
                                  g_get_real_time () / 1000 + SNOOZE_MS, &error))
    {
      say (self, message, error->domain == HERALD_ERROR ? error->message
                                                        : _("This could not be put off; please look after it now."));
      return;
    }

  herald_desktop_channel_close (channel, key);
}

static void
mute (HeraldDesktopActions *self,
      HeraldDesktopChannel *channel,
      HeraldMessage        *message,
      const char           *key)
{
  g_autoptr(GError) error = NULL;

  if (message->job == NULL || !is_current (self, message))
    say (self, message, _("This print is over already, so there is nothing to mute."));
  else if (!herald_engine_mute_print (self->engine, message->printer, &error))
    say (self, message, error->message);
  else
    herald_desktop_channel_close (channel, key);
}

static void
on_clicked (HeraldDesktopChannel *channel,
            const char           *button,
            HeraldMessage        *message,
            const char           *key,
            const char           *token,
            HeraldDesktopActions *self)
{
  g_debug ("“%s” was clicked", button);
  if (g_str_equal (button, HERALD_BUTTON_OPEN))
    open (self, message, token);
  else if (g_str_equal (button, HERALD_BUTTON_PAUSE))
    control (self, message, HERALD_ACTION_PAUSE);
  else if (g_str_equal (button, HERALD_BUTTON_RESUME))
    control (self, message, HERALD_ACTION_RESUME);
  else if (g_str_equal (button, HERALD_BUTTON_SNOOZE))
    snooze (self, channel, message, key);
  else if (g_str_equal (button, HERALD_BUTTON_MUTE))
    mute (self, channel, message, key);
}

/* What could not be shown meanwhile is not to wait any longer. */
static void
on_appeared (HeraldDesktopChannel *channel,
             HeraldDesktopActions *self)
{
  herald_outbox_resume (herald_engine_get_outbox (self->engine), herald_channel_get_id (HERALD_CHANNEL (channel)));
}

/* Channels and printers */

static void
leave_channels (HeraldDesktopActions *self)
{
  GListModel *channels = herald_engine_get_channels (self->engine);

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (channels, i);

      if (HERALD_IS_DESKTOP_CHANNEL (channel))
        herald_desktop_channel_set_outlook (HERALD_DESKTOP_CHANNEL (channel), NULL, NULL);
    }
}

static void
on_channels_changed (GListModel           *channels,
                     guint                 position,
                     guint                 n_removed,
                     guint                 n_added,
                     HeraldDesktopActions *self)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (channels, i);

      if (!HERALD_IS_DESKTOP_CHANNEL (channel))
        continue;

      herald_desktop_channel_set_outlook (HERALD_DESKTOP_CHANNEL (channel), look_ahead, self);
      g_signal_connect_object (channel, "clicked", G_CALLBACK (on_clicked), self, G_CONNECT_DEFAULT);
      g_signal_connect_object (channel, "appeared", G_CALLBACK (on_appeared), self, G_CONNECT_DEFAULT);
      /* Nobody tells who was there before this connection to the bus. */
      on_appeared (HERALD_DESKTOP_CHANNEL (channel), self);
    }
}

static void
withdraw (HeraldDesktopActions *self,
          const char           *printer,
          HeraldEventKind       kind)
{
  GListModel *channels = herald_engine_get_channels (self->engine);

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (channels, i);

      if (HERALD_IS_DESKTOP_CHANNEL (channel))
        herald_desktop_channel_withdraw (HERALD_DESKTOP_CHANNEL (channel), printer, kind);
    }
}

/* Who does not hear from the printer does not know whether it still waits; nobody wants to know it of one that is off. */
static void
on_attention_changed (HeraldPrinter        *printer,
                      GParamSpec           *pspec,
                      HeraldDesktopActions *self)
{
  gboolean is_known = herald_printer_get_connection (printer) == HERALD_CONNECTION_CONNECTED;

  if (*herald_printer_get_attention (printer) == '\0' && (is_known || !herald_printer_get_enabled (printer)))
    withdraw (self, herald_printer_get_id (printer), HERALD_KIND_ATTENTION_NEEDED);
}

static void
on_state_changed (HeraldPrinter        *printer,
                  GParamSpec           *pspec,
                  HeraldDesktopActions *self)
{
  HeraldStateId state = herald_printer_get_state (printer)->id;

  if (herald_printer_get_connection (printer) == HERALD_CONNECTION_CONNECTED && state != HERALD_STATE_PAUSED &&
      state != HERALD_STATE_PAUSING && state != HERALD_STATE_UNKNOWN)
    withdraw (self, herald_printer_get_id (printer), HERALD_KIND_PRINT_PAUSED);
}

static void
on_printers_changed (GListModel           *printers,
                     guint                 position,
                     guint                 n_removed,
                     guint                 n_added,
                     HeraldDesktopActions *self)
{
  for (guint i = 0; i < n_removed; i++)
    {
      withdraw (self, g_ptr_array_index (self->printers, position), HERALD_KIND_ATTENTION_NEEDED);
      withdraw (self, g_ptr_array_index (self->printers, position), HERALD_KIND_PRINT_PAUSED);
      g_ptr_array_remove_index (self->printers, position);
    }

  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr(HeraldPrinter) printer = g_list_model_get_item (printers, i);

      g_ptr_array_insert (self->printers, (int) i, g_strdup (herald_printer_get_id (printer)));
      g_signal_connect_object (printer, "notify::attention", G_CALLBACK (on_attention_changed), self, G_CONNECT_DEFAULT);
      g_signal_connect_object (printer, "notify::state", G_CALLBACK (on_state_changed), self, G_CONNECT_DEFAULT);
    }
}

/* What an earlier life of this program has shown */

static void
restore (HeraldDesktopActions *self)
{
  GListModel *channels = herald_engine_get_channels (self->engine);

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (channels, i);
      g_autoptr(GPtrArray) rows = NULL;

      if (!HERALD_IS_DESKTOP_CHANNEL (channel))
        continue;

      rows = herald_shown_memory_list (herald_engine_get_outbox (self->engine), herald_channel_get_id (channel),
                                       self->since_ms);
      herald_desktop_channel_restore (HERALD_DESKTOP_CHANNEL (channel), rows);
    }
}

static void
on_ask_ready (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  /* Else it is gone, and perhaps @user_data is, too. */
  if (herald_notification_daemon_ask_finish (HERALD_NOTIFICATION_DAEMON (source), result, NULL) != NULL)
    restore (user_data);
}

static void
on_identify_ready (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  HeraldDesktopActions *self = user_data;
  g_autofree char *server = herald_notification_daemon_identify_finish (HERALD_NOTIFICATION_DAEMON (source), result, NULL);
  gint64 now_ms = g_get_real_time () / 1000;
  HeraldDatabase *database;

  /* Also if @user_data is gone */
  if (server == NULL)
    return;

  database = herald_outbox_get_database (herald_engine_get_outbox (self->engine));
  self->since_ms = herald_shown_memory_meet (database, server, now_ms);
  if (self->since_ms != now_ms)
    herald_notification_daemon_ask_async (self->daemon, self->cancellable, on_ask_ready, self);
}

static void
identify (HeraldDesktopActions *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  herald_notification_daemon_identify_async (self->daemon, self->cancellable, on_identify_ready, self);
}

/* GObject */

static void
herald_desktop_actions_dispose (GObject *object)
{
  HeraldDesktopActions *self = HERALD_DESKTOP_ACTIONS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->engine != NULL)
    leave_channels (self);
  g_clear_object (&self->answer);
  g_clear_pointer (&self->printers, g_ptr_array_unref);
  g_clear_object (&self->daemon);
  g_clear_object (&self->launcher);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (herald_desktop_actions_parent_class)->dispose (object);
}

static void
herald_desktop_actions_class_init (HeraldDesktopActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_desktop_actions_dispose;
}

static void
herald_desktop_actions_init (HeraldDesktopActions *self)
{
  self->daemon = herald_notification_daemon_ref ();
  self->answer = herald_desktop_notice_new ();
  self->printers = g_ptr_array_new_with_free_func (g_free);
  herald_desktop_notice_set_urgency (self->answer, HERALD_URGENCY_NORMAL);
}

HeraldDesktopActions *
herald_desktop_actions_new (HeraldEngine    *engine,
                            GDBusConnection *connection,
                            HeraldLauncher  *launcher)
{
  HeraldDesktopActions *self = g_object_new (HERALD_TYPE_DESKTOP_ACTIONS, NULL);
  GListModel *channels = herald_engine_get_channels (engine);
  GListModel *printers = herald_engine_get_printers (engine);

  self->engine = g_object_ref (engine);
  self->launcher = g_object_ref (launcher);
  herald_notification_daemon_set_connection (self->daemon, connection);
  g_signal_connect_object (channels, "items-changed", G_CALLBACK (on_channels_changed), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (printers, "items-changed", G_CALLBACK (on_printers_changed), self, G_CONNECT_DEFAULT);
  on_channels_changed (channels, 0, 0, g_list_model_get_n_items (channels), self);
  on_printers_changed (printers, 0, 0, g_list_model_get_n_items (printers), self);
  g_signal_connect_object (self->daemon, "appeared", G_CALLBACK (identify), self, G_CONNECT_SWAPPED);
  identify (self);

  return self;
}
