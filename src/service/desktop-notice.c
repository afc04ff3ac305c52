/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-desktop-notice"

#include "service/desktop-notice.h"

#include <glib/gi18n-lib.h>
#include <libnotify/notify.h>

#include "core/base/error.h"
#include "service/notification-daemon.h"

#define APPLICATION_NAME "OctoHerald"
#define APPLICATION_ID "io.github.octoherald.OctoHerald"

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

  NotifyNotification *notification;
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

static gboolean
show (HeraldDesktopNotice  *self,
      const Words          *words,
      gboolean              has_markup,
      GError              **error)
{
  g_autofree char *body = has_markup ? g_markup_escape_text (words->text, -1) : g_strdup (words->text);

  if (!notify_is_initted () && !notify_init (APPLICATION_NAME))
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE,
                           _("There is no notification service on this desktop"));
      return FALSE;
    }

  if (self->notification != NULL)
    notify_notification_update (self->notification, words->title, body, APPLICATION_ID);
  else
    self->notification = notify_notification_new (words->title, body, APPLICATION_ID);

  /* It stays until it was seen. */
  notify_notification_set_urgency (self->notification, NOTIFY_URGENCY_CRITICAL);
  if (notify_notification_show (self->notification, error))
    return TRUE;

  /* What libnotify remembers of a service or a bus that is gone would fail for ever. */
  g_clear_object (&self->notification);
  notify_uninit ();
  return FALSE;
}

static void
on_show_probe_ready (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldDesktopNotice *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) capabilities = herald_notification_daemon_probe_finish (result, &error);

  if (g_task_return_error_if_cancelled (task))
    return;

  /* What is solved before it could be said need not be said. */
  if (capabilities == NULL ||
      (!self->is_withdrawn &&
       !show (self, g_task_get_task_data (task),
              g_strv_contains ((const char *const *) capabilities, "body-markup"), &error)))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, !self->is_withdrawn);
}

static void
on_withdraw_probe_ready (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr(HeraldDesktopNotice) self = HERALD_DESKTOP_NOTICE (g_steal_pointer (&user_data));
  g_auto(GStrv) capabilities = herald_notification_daemon_probe_finish (result, NULL);

  if (capabilities != NULL && self->is_withdrawn && self->notification != NULL && notify_is_initted ())
    notify_notification_close (self->notification, NULL);
}

/* GObject */

static void
herald_desktop_notice_dispose (GObject *object)
{
  HeraldDesktopNotice *self = HERALD_DESKTOP_NOTICE (object);

  g_clear_object (&self->notification);

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
  herald_notification_daemon_probe_async (cancellable, on_show_probe_ready, task);
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
  if (self->notification != NULL)
    herald_notification_daemon_probe_async (NULL, on_withdraw_probe_ready, g_object_ref (self));
}
