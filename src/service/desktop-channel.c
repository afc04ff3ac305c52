/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-desktop-channel"

#include "service/desktop-channel.h"

#include <glib/gi18n-lib.h>
#include <libnotify/notify.h>

#include "core/base/error.h"
#include "service/notification-daemon.h"

#define APPLICATION_NAME "OctoHerald"
#define APPLICATION_ID "io.github.octoherald.OctoHerald"

/* A notification that is to be replaced later must be kept; older ones have long been read. */
#define KEPT_MAX 32

/* Notification services scale down to less than that. */
static const HeraldPictureForm picture_form = { .max_bytes = 512 * 1024, .max_side = 640 };
static const HeraldPictureForm square_picture_form = { .max_bytes = 512 * 1024, .max_side = 512, .square = TRUE };

/**
 * HeraldDesktopChannel:
 *
 * Shows messages as notifications of the desktop. The progress of a print
 * replaces the notification before it, and so does a message that is sent
 * again.
 */
struct _HeraldDesktopChannel
{
  HeraldChannel parent_instance;

  /* Shown notifications by replacement key, and the keys, oldest first */
  GHashTable *shown;
  GQueue keys;
};

G_DEFINE_FINAL_TYPE (HeraldDesktopChannel, herald_desktop_channel, HERALD_TYPE_CHANNEL)

static char *
make_key (HeraldAttempt *attempt)
{
  HeraldMessage *message = herald_attempt_get_message (attempt);

  if (message->kind == HERALD_KIND_PRINT_PROGRESS && message->job != NULL)
    return g_strdup_printf ("progress %s %s", message->printer, message->job);

  return g_strdup (herald_attempt_get_key (attempt));
}

static void
keep (HeraldDesktopChannel *self,
      const char           *key,
      NotifyNotification   *notification)
{
  if (!g_hash_table_contains (self->shown, key))
    g_queue_push_tail (&self->keys, g_strdup (key));
  g_hash_table_insert (self->shown, g_strdup (key), g_object_ref (notification));

  while (g_queue_get_length (&self->keys) > KEPT_MAX)
    {
      g_autofree char *oldest = g_queue_pop_head (&self->keys);

      g_hash_table_remove (self->shown, oldest);
    }
}

/* The service of the desktop sees none of a sandbox's files; libnotify hands it what the icon is. */
static gboolean
is_in_sandbox (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

static NotifyNotification *
make_notification (HeraldDesktopChannel *self,
                   const char           *key,
                   HeraldAttempt        *attempt,
                   gboolean              has_markup)
{
  static const NotifyUrgency urgencies[] = {
    [HERALD_URGENCY_LOW] = NOTIFY_URGENCY_LOW,
    [HERALD_URGENCY_NORMAL] = NOTIFY_URGENCY_NORMAL,
    [HERALD_URGENCY_CRITICAL] = NOTIFY_URGENCY_CRITICAL,
  };
  HeraldMessage *message = herald_attempt_get_message (attempt);
  HeraldAttachment *picture = herald_attempt_get_attachment (attempt);
  const char *icon = picture != NULL && is_in_sandbox () ? picture->path : APPLICATION_ID;
  NotifyNotification *notification = g_hash_table_lookup (self->shown, key);
  /* The title is plain text everywhere, the body only where no markup is announced */
  g_autofree char *body = has_markup ? g_markup_escape_text (message->text, -1)
                                     : g_strdup (message->text);

  if (notification != NULL)
    {
      notify_notification_update (notification, message->title, body, icon);
      notify_notification_clear_hints (notification);
      g_object_ref (notification);
    }
  else
    notification = notify_notification_new (message->title, body, icon);

  notify_notification_set_urgency (notification, urgencies[message->urgency]);
  if (picture != NULL && !is_in_sandbox ())
    notify_notification_set_hint (notification, "image-path", g_variant_new_string (picture->path));

  return notification;
}

/* The message was on its way: only an answer proves that it was not shown. */
static void
return_show_error (GTask        *task,
                   const GError *cause)
{
  if (g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
      g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER))
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_UNREACHABLE, "%s",
                             _("There is no notification service on this desktop"));
  else if (g_dbus_error_is_remote_error (cause) &&
           !g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY))
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_REJECTED, "%s",
                             _("The notification service of this desktop refused the message"));
  else
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_AMBIGUOUS, "%s",
                             _("The notification service of this desktop did not answer"));
}

static void
show (HeraldDesktopChannel *self,
      GTask                *task,
      gboolean              has_markup)
{
  HeraldAttempt *attempt = g_task_get_task_data (task);
  g_autofree char *key = make_key (attempt);
  g_autoptr(GObject) kept = NULL;
  NotifyNotification *notification;
  g_autofree char *remote_id = NULL;
  g_autoptr(GError) error = NULL;
  int id = 0;

  if (!notify_is_initted () && !notify_init (APPLICATION_NAME))
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_UNREACHABLE, "%s",
                               _("There is no notification service on this desktop"));
      return;
    }

  notification = make_notification (self, key, attempt, has_markup);
  kept = G_OBJECT (notification);
  if (!herald_attempt_commit (attempt, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (!notify_notification_show (notification, &error))
    {
      /* What libnotify remembers of a service or a bus that is gone would fail for ever */
      g_hash_table_remove_all (self->shown);
      g_queue_clear_full (&self->keys, g_free);
      notify_uninit ();
      return_show_error (task, error);
      return;
    }

  g_object_get (notification, "id", &id, NULL);
  remote_id = g_strdup_printf ("%d", id);
  keep (self, key, notification);
  herald_attempt_set_receipt (attempt, 0, NULL, remote_id);
  g_task_return_boolean (task, TRUE);
}

static void
on_probe_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldDesktopChannel *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_auto(GStrv) capabilities = herald_notification_daemon_probe_finish (result, &error);

  if (capabilities == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    return;

  show (self, task, g_strv_contains ((const char *const *) capabilities, "body-markup"));
}

/* HeraldChannel */

static void
herald_desktop_channel_deliver_async (HeraldChannel       *channel,
                                      HeraldAttempt       *attempt,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  GTask *task = g_task_new (channel, cancellable, callback, user_data);

  g_task_set_source_tag (task, herald_desktop_channel_deliver_async);
  g_task_set_task_data (task, g_object_ref (attempt), g_object_unref);
  herald_attempt_enter_step (attempt, "connect");
  herald_notification_daemon_probe_async (cancellable, on_probe_ready, task);
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
  return is_in_sandbox () ? &square_picture_form : &picture_form;
}

/* GObject */

static void
herald_desktop_channel_finalize (GObject *object)
{
  HeraldDesktopChannel *self = HERALD_DESKTOP_CHANNEL (object);

  g_queue_clear_full (&self->keys, g_free);
  g_clear_pointer (&self->shown, g_hash_table_unref);

  G_OBJECT_CLASS (herald_desktop_channel_parent_class)->finalize (object);
}

static void
herald_desktop_channel_class_init (HeraldDesktopChannelClass *klass)
{
  HeraldChannelClass *channel_class = HERALD_CHANNEL_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = herald_desktop_channel_finalize;

  channel_class->deliver_async = herald_desktop_channel_deliver_async;
  channel_class->deliver_finish = herald_desktop_channel_deliver_finish;
  channel_class->get_picture_form = herald_desktop_channel_get_picture_form;
}

static void
herald_desktop_channel_init (HeraldDesktopChannel *self)
{
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_queue_init (&self->keys);
}

static const HeraldChannelStep steps[] = {
  { "connect", N_("Find who shows notifications"),
    N_("Notifications are shown by the desktop. Log in to one, or install a notification daemon.") },
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
