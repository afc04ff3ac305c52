/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-desktop-notice"

#include "service/notifications/desktop-notice.h"

#include "service/notifications/notification-daemon.h"

/**
 * HeraldDesktopNotice:
 *
 * Something OctoHerald has to say about itself: one notification, which is
 * replaced when it is shown again. It goes through no channel, as it may be
 * about one.
 */
struct _HeraldDesktopNotice
{
  GObject parent_instance;

  HeraldNotificationDaemon *daemon;
  HeraldUrgency urgency;
  char *handle; /* NULL if nothing is shown */
  gboolean is_withdrawn;
};

G_DEFINE_FINAL_TYPE (HeraldDesktopNotice, herald_desktop_notice, G_TYPE_OBJECT)

typedef struct
{
  char *title;
  char *text;
} Words;

static void
words_free (Words *words)
{
  g_free (words->title);
  g_free (words->text);
  g_free (words);
}

static void
take_away (HeraldDesktopNotice *self)
{
  if (self->handle != NULL)
    herald_notification_daemon_close (self->daemon, self->handle);
  g_clear_pointer (&self->handle, g_free);
}

static void
on_shown (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldDesktopNotice *self = g_task_get_source_object (task);
  GError *error = NULL;
  char *handle = herald_notification_daemon_show_finish (self->daemon, result, &error);

  if (handle == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_free (self->handle);
  self->handle = handle;
  if (self->is_withdrawn)
    take_away (self);
  g_task_return_boolean (task, !self->is_withdrawn);
}

static void
on_asked (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldDesktopNotice *self = g_task_get_source_object (task);
  const Words *words = g_task_get_task_data (task);
  HeraldNotification notification = { .title = words->title, .text = words->text, .urgency = self->urgency };
  GError *error = NULL;

  if (herald_notification_daemon_ask_finish (self->daemon, result, &error) == NULL)
    g_task_return_error (task, error);
  else if (self->is_withdrawn)
    g_task_return_boolean (task, FALSE); /* What is solved before it could be said need not be said. */
  else
    herald_notification_daemon_show_async (self->daemon, &notification, self->handle, g_task_get_cancellable (task),
                                           on_shown, g_object_ref (task));
}

static void
on_closed (HeraldDesktopNotice *self,
           const char          *handle)
{
  if (g_strcmp0 (self->handle, handle) == 0)
    g_clear_pointer (&self->handle, g_free);
}

static void
on_vanished (HeraldDesktopNotice *self)
{
  g_clear_pointer (&self->handle, g_free);
}

/* GObject */

static void
herald_desktop_notice_dispose (GObject *object)
{
  HeraldDesktopNotice *self = HERALD_DESKTOP_NOTICE (object);

  g_clear_object (&self->daemon);
  g_clear_pointer (&self->handle, g_free);

  G_OBJECT_CLASS (herald_desktop_notice_parent_class)->dispose (object);
}

static void
herald_desktop_notice_class_init (HeraldDesktopNoticeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_desktop_notice_dispose;
}

static void
herald_desktop_notice_init (HeraldDesktopNotice *self)
{
  /* It stays until it was seen. */
  self->urgency = HERALD_URGENCY_CRITICAL;
  self->daemon = herald_notification_daemon_ref ();
  g_signal_connect_object (self->daemon, "closed", G_CALLBACK (on_closed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->daemon, "vanished", G_CALLBACK (on_vanished), self, G_CONNECT_SWAPPED);
}

HeraldDesktopNotice *
herald_desktop_notice_new (void)
{
  return g_object_new (HERALD_TYPE_DESKTOP_NOTICE, NULL);
}

/**
 * herald_desktop_notice_show_async:
 * @title: plain text
 * @text: plain text
 */
void
herald_desktop_notice_show_async (HeraldDesktopNotice *self,
                                  const char          *title,
                                  const char          *text,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Words *words = g_new0 (Words, 1);

  words->title = g_strdup (title);
  words->text = g_strdup (text);
  g_task_set_task_data (task, words, (GDestroyNotify) words_free);
  self->is_withdrawn = FALSE;
  herald_notification_daemon_ask_async (self->daemon, cancellable, on_asked, task);
}

/**
 * herald_desktop_notice_show_finish:
 *
 * Returns: whether it is shown; without an error if it was withdrawn before. HERALD_ERROR_UNREACHABLE if there is
 *   nobody to show it
 */
gboolean
herald_desktop_notice_show_finish (HeraldDesktopNotice  *self,
                                   GAsyncResult         *result,
                                   GError              **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * herald_desktop_notice_withdraw:
 *
 * Takes it away if it is shown: it is no longer true.
 */
void
herald_desktop_notice_withdraw (HeraldDesktopNotice *self)
{
  self->is_withdrawn = TRUE;
  take_away (self);
}

/**
 * herald_desktop_notice_set_urgency:
 * @urgency: critical, and so kept until it was seen, unless this says otherwise
 */
void
herald_desktop_notice_set_urgency (HeraldDesktopNotice *self,
                                   HeraldUrgency        urgency)
{
  self->urgency = urgency;
}
