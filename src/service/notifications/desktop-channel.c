/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-desktop-channel"

#include "service/notifications/desktop-channel.h"

#include <glib/gi18n-lib.h>

#include "service/notifications/notification-board.h"
#include "service/notifications/notification-daemon.h"

/* Notification services scale down to less than that. */
static const HeraldPictureForm picture_form = { .max_bytes = 512 * 1024, .max_side = 640 };
static const HeraldPictureForm square_picture_form = { .max_bytes = 512 * 1024, .max_side = 512, .square = TRUE };

/**
 * HeraldDesktopChannel:
 *
 * Shows messages as notifications of the desktop, with buttons. What is said of a print replaces what was said of it
 * before, and so does a message that is sent again.
 */
struct _HeraldDesktopChannel
{
  HeraldChannel parent_instance;

  HeraldNotificationDaemon *daemon;
  HeraldNotificationBoard *board;
  HeraldDesktopOutlookFunc outlook;
  gpointer outlook_data;
};

G_DEFINE_FINAL_TYPE (HeraldDesktopChannel, herald_desktop_channel, HERALD_TYPE_CHANNEL)

typedef enum
{
  SIGNAL_CLICKED,
  SIGNAL_APPEARED,
  N_SIGNALS,
} HeraldDesktopChannelSignal;

static guint signals[N_SIGNALS];

/* One message being shown */
typedef struct
{
  HeraldAttempt *attempt;
  char *slot;
  gboolean is_past; /* when it was sent to be shown */
  gboolean is_quiet;
} Showing;

static void
showing_free (Showing *showing)
{
  g_object_unref (showing->attempt);
  g_free (showing->slot);
  g_free (showing);
}

static void
close_all (HeraldDesktopChannel  *self,
           char                 **handles)
{
  for (char **handle = handles; *handle != NULL; handle++)
    herald_notification_daemon_close (self->daemon, *handle);
}

static void
look_ahead (HeraldDesktopChannel      *self,
            HeraldMessage             *message,
            HeraldNotificationOutlook *outlook)
{
  *outlook = (HeraldNotificationOutlook) { 0 };
  if (self->outlook != NULL)
    self->outlook (message, outlook, self->outlook_data);
}

static void
take_place (HeraldDesktopChannel *self,
            Showing              *showing,
            const char           *handle)
{
  HeraldMessage *message = herald_attempt_get_message (showing->attempt);
  HeraldShownNotification *before = herald_notification_board_find (self->board, showing->slot);
  g_auto(GStrv) past = NULL;

  if (before != NULL && !g_str_equal (before->handle, handle))
    herald_notification_daemon_close (self->daemon, before->handle);
  if (*handle != '\0')
    herald_notification_board_put (self->board, showing->slot, handle, message,
                                   herald_attempt_get_key (showing->attempt));
  past = herald_notification_board_take_past (self->board, message);
  close_all (self, past);
}

/* When it was, nobody could take away what was not shown yet. */
static gboolean
was_settled_meanwhile (HeraldDesktopChannel *self,
                       Showing              *showing)
{
  HeraldMessage *message = herald_attempt_get_message (showing->attempt);
  HeraldNotificationOutlook outlook;

  if (message->kind != HERALD_KIND_ATTENTION_NEEDED && message->kind != HERALD_KIND_PRINT_PAUSED)
    return FALSE;

  look_ahead (self, message, &outlook);
  return outlook.is_past && !showing->is_past;
}

static void
on_shown (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldDesktopChannel *self = g_task_get_source_object (task);
  Showing *showing = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *handle = herald_notification_daemon_show_finish (self->daemon, result, &error);

  if (handle == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  take_place (self, showing, handle);
  herald_attempt_set_receipt (showing->attempt, 0, NULL, *handle != '\0' ? handle : NULL);
  if (showing->is_quiet)
    herald_attempt_set_remark (showing->attempt,
                               _("“Do not disturb” is on: the desktop keeps the notification for later."));
  if (was_settled_meanwhile (self, showing))
    herald_desktop_channel_close (self, herald_attempt_get_key (showing->attempt));
  g_task_return_boolean (task, TRUE);
}

static void
show (HeraldDesktopChannel *self,
      GTask                *task)
{
  Showing *showing = g_task_get_task_data (task);
  HeraldMessage *message = herald_attempt_get_message (showing->attempt);
  const char *key = herald_attempt_get_key (showing->attempt);
  HeraldShownNotification *before;
  HeraldNotificationOutlook outlook;
  HeraldNotification notification;
  GError *error = NULL;

  look_ahead (self, message, &outlook);
  if (herald_attempt_is_repeat (showing->attempt) && (outlook.is_past || outlook.is_muted))
    {
      herald_attempt_set_pointless (showing->attempt, outlook.is_past ? _("Not shown again: it is not true any more.")
                                                                      : _("Not shown again: everything is muted."));
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (!herald_attempt_commit (showing->attempt, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  showing->is_past = outlook.is_past;
  herald_notification_word (&notification, message, &outlook);
  notification.picture = herald_attempt_get_attachment (showing->attempt);
  showing->slot = herald_notification_board_dup_slot (self->board, message, key);
  before = herald_notification_board_find (self->board, showing->slot);
  herald_notification_daemon_show_async (
      self->daemon, &notification,
      before != NULL && herald_notification_board_is_same (before, message, key) ? before->handle : NULL,
      g_task_get_cancellable (task), on_shown, g_object_ref (task));
}

/* Asked before anything is shown: after that, every moment until it is noted is one in which we may be ended. */
static void
on_quiet_known (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldDesktopChannel *self = g_task_get_source_object (task);
  Showing *showing = g_task_get_task_data (task);

  showing->is_quiet = herald_notification_daemon_is_quiet_finish (self->daemon, result);
  if (!g_task_return_error_if_cancelled (task))
    show (self, task);
}

static void
on_asked (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldDesktopChannel *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (herald_notification_daemon_ask_finish (self->daemon, result, &error) == NULL)
    g_task_return_error (task, error);
  else
    herald_notification_daemon_is_quiet_async (self->daemon, g_task_get_cancellable (task), on_quiet_known,
                                               g_object_ref (task));
}

static void
on_daemon_clicked (HeraldDesktopChannel *self,
                   const char           *handle,
                   const char           *button,
                   const char           *token)
{
  HeraldShownNotification *shown = herald_notification_board_find_handle (self->board, handle);
  g_autoptr(HeraldMessage) message = NULL;
  g_autofree char *key = NULL;

  if (shown == NULL)
    return;

  message = herald_message_ref (shown->message);
  key = g_strdup (shown->key);
  g_signal_emit (self, signals[SIGNAL_CLICKED], 0,
                 g_str_equal (button, HERALD_NOTIFICATION_DEFAULT) ? HERALD_BUTTON_OPEN : button, message, key, token);
}

static void
on_daemon_closed (HeraldDesktopChannel *self,
                  const char           *handle)
{
  HeraldShownNotification *shown = herald_notification_board_find_handle (self->board, handle);

  if (shown != NULL)
    herald_notification_board_remove (self->board, shown);
}

/* Another server may call something else the same. */
static void
on_daemon_vanished (HeraldDesktopChannel *self)
{
  herald_notification_board_clear (self->board);
}

static void
on_daemon_appeared (HeraldDesktopChannel *self)
{
  g_signal_emit (self, signals[SIGNAL_APPEARED], 0);
}

/* HeraldChannel */

static void
herald_desktop_channel_deliver_async (HeraldChannel       *channel,
                                      HeraldAttempt       *attempt,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  HeraldDesktopChannel *self = HERALD_DESKTOP_CHANNEL (channel);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  Showing *showing = g_new0 (Showing, 1);

  g_task_set_source_tag (task, herald_desktop_channel_deliver_async);
  showing->attempt = g_object_ref (attempt);
  g_task_set_task_data (task, showing, (GDestroyNotify) showing_free);
  herald_attempt_enter_step (attempt, "connect");
  herald_notification_daemon_ask_async (self->daemon, cancellable, on_asked, g_object_ref (task));
}

static gboolean
herald_desktop_channel_deliver_finish (HeraldChannel  *channel,
                                       GAsyncResult   *result,
                                       GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The portal of a sandbox shows squares only. */
static const HeraldPictureForm *
herald_desktop_channel_get_picture_form (HeraldChannel *channel)
{
  return herald_notification_daemon_is_portal (HERALD_DESKTOP_CHANNEL (channel)->daemon) ? &square_picture_form
                                                                                        : &picture_form;
}

/* GObject */

static void
herald_desktop_channel_dispose (GObject *object)
{
  HeraldDesktopChannel *self = HERALD_DESKTOP_CHANNEL (object);

  g_clear_object (&self->daemon);
  g_clear_pointer (&self->board, herald_notification_board_free);

  G_OBJECT_CLASS (herald_desktop_channel_parent_class)->dispose (object);
}

static void
herald_desktop_channel_class_init (HeraldDesktopChannelClass *klass)
{
  HeraldChannelClass *channel_class = HERALD_CHANNEL_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_desktop_channel_dispose;

  channel_class->deliver_async = herald_desktop_channel_deliver_async;
  channel_class->deliver_finish = herald_desktop_channel_deliver_finish;
  channel_class->get_picture_form = herald_desktop_channel_get_picture_form;

  signals[SIGNAL_CLICKED] = g_signal_new ("clicked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 4,
                                          G_TYPE_STRING, HERALD_TYPE_MESSAGE, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_APPEARED] = g_signal_new ("appeared", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
herald_desktop_channel_init (HeraldDesktopChannel *self)
{
  self->board = herald_notification_board_new ();
  self->daemon = herald_notification_daemon_ref ();
  g_signal_connect_object (self->daemon, "clicked", G_CALLBACK (on_daemon_clicked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->daemon, "closed", G_CALLBACK (on_daemon_closed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->daemon, "vanished", G_CALLBACK (on_daemon_vanished), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->daemon, "appeared", G_CALLBACK (on_daemon_appeared), self, G_CONNECT_SWAPPED);
}

static const HeraldChannelStep steps[] = {
  { "connect", N_("Find who shows notifications"),
    N_("Notifications are shown by the desktop. Log in to one, or install a program that shows notifications.") },
  { "committing", N_("Have it shown"), N_("Look whether notifications are switched off in the settings of the desktop.") },
  { NULL, NULL, NULL },
};

const HeraldChannelType herald_desktop_channel_type = {
  .id = "desktop",
  .name = N_("Desktop notifications"),
  .reach = HERALD_REACH_DESKTOP,
  .form = "desktop",
  .picture = &picture_form,
  .get_gtype = herald_desktop_channel_get_type,
  .steps = steps,
};

void
herald_desktop_channel_set_outlook (HeraldDesktopChannel     *self,
                                    HeraldDesktopOutlookFunc  outlook,
                                    gpointer                  user_data)
{
  self->outlook = outlook;
  self->outlook_data = user_data;
}

void
herald_desktop_channel_withdraw (HeraldDesktopChannel *self,
                                 const char           *printer,
                                 HeraldEventKind       kind)
{
  g_auto(GStrv) handles = herald_notification_board_take_kind (self->board, printer, kind);

  close_all (self, handles);
}

void
herald_desktop_channel_close (HeraldDesktopChannel *self,
                              const char           *key)
{
  HeraldShownNotification *shown = herald_notification_board_find_key (self->board, key);

  if (shown == NULL)
    return;

  herald_notification_daemon_close (self->daemon, shown->handle);
  herald_notification_board_remove (self->board, shown);
}

void
herald_desktop_channel_restore (HeraldDesktopChannel *self,
                                GPtrArray            *rows)
{
  herald_notification_board_clear (self->board);
  for (guint i = 0; i < rows->len; i++)
    {
      HeraldDelivery *row = g_ptr_array_index (rows, i);
      g_autofree char *slot = herald_notification_board_dup_slot (self->board, row->message, row->key);
      g_auto(GStrv) past = NULL;

      herald_notification_board_put (self->board, slot, row->remote_id, row->message, row->key);
      past = herald_notification_board_take_past (self->board, row->message);
    }
}
