/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-notification-board"

#include "service/notifications/notification-board.h"

#include "service/notifications/notification-actions.h"

/* A notification that is to be replaced later must be known, also where very many print; older ones have long been read. */
#define KNOWN_MAX 1024

struct _HeraldNotificationBoard
{
  GQueue shown; /* of HeraldShownNotification, oldest first */
};

static void
shown_free (HeraldShownNotification *shown)
{
  g_free (shown->slot);
  g_free (shown->handle);
  g_free (shown->key);
  herald_message_unref (shown->message);
  g_free (shown);
}

HeraldNotificationBoard *
herald_notification_board_new (void)
{
  HeraldNotificationBoard *self = g_new0 (HeraldNotificationBoard, 1);

  g_queue_init (&self->shown);

  return self;
}

void
herald_notification_board_clear (HeraldNotificationBoard *self)
{
  g_queue_clear_full (&self->shown, (GDestroyNotify) shown_free);
}

void
herald_notification_board_free (HeraldNotificationBoard *self)
{
  herald_notification_board_clear (self);
  g_free (self);
}

/* Whether what is shown of a print must not be hidden by this message */
static gboolean
gives_way (HeraldShownNotification *shown,
           HeraldMessage           *message)
{
  return shown == NULL || shown->message->kind != HERALD_KIND_ATTENTION_NEEDED ||
         message->kind == HERALD_KIND_ATTENTION_NEEDED || message->kind == HERALD_KIND_PRINT_RESUMED ||
         herald_event_kind_is_outcome (message->kind);
}

static char *
make_print_slot (HeraldMessage *message,
                 const char    *place)
{
  return g_strdup_printf ("%s %s %s", place, message->printer, message->job);
}

/* @shown: (nullable) */
static void
move_up (HeraldShownNotification *shown,
         const char              *slot)
{
  if (shown == NULL)
    return;

  g_free (shown->slot);
  shown->slot = g_strdup (slot);
}

/**
 * herald_notification_board_dup_slot:
 *
 * All that is said of a print has one place, so that there is one notification of it; but as long as somebody is
 * needed, the rest has a second one. When nobody is needed any more, what has the second one moves to the first.
 */
char *
herald_notification_board_dup_slot (HeraldNotificationBoard *self,
                                    HeraldMessage           *message,
                                    const char              *key)
{
  HeraldNotificationThread thread = herald_notification_get_thread (message->kind);
  HeraldShownNotification *shown;
  g_autofree char *slot = NULL;
  g_autofree char *beside = NULL;

  if (message->printer == NULL || thread == HERALD_THREAD_NONE ||
      (thread == HERALD_THREAD_PRINT && message->job == NULL))
    return g_strdup (key);
  if (thread != HERALD_THREAD_PRINT)
    return g_strdup_printf ("%s %s", thread == HERALD_THREAD_SERVER ? "server" : "transfer", message->printer);

  slot = make_print_slot (message, "print");
  beside = make_print_slot (message, "beside");
  shown = herald_notification_board_find (self, slot);
  if (!gives_way (shown, message))
    return g_steal_pointer (&beside);
  if (shown == NULL)
    move_up (herald_notification_board_find (self, beside), slot);

  return g_steal_pointer (&slot);
}

HeraldShownNotification *
herald_notification_board_find (HeraldNotificationBoard *self,
                                const char              *slot)
{
  for (GList *l = self->shown.head; l != NULL; l = l->next)
    {
      HeraldShownNotification *shown = l->data;

      if (g_str_equal (shown->slot, slot))
        return shown;
    }

  return NULL;
}

HeraldShownNotification *
herald_notification_board_find_handle (HeraldNotificationBoard *self,
                                       const char              *handle)
{
  for (GList *l = self->shown.head; l != NULL; l = l->next)
    {
      HeraldShownNotification *shown = l->data;

      if (g_str_equal (shown->handle, handle))
        return shown;
    }

  return NULL;
}

HeraldShownNotification *
herald_notification_board_find_key (HeraldNotificationBoard *self,
                                    const char              *key)
{
  for (GList *l = self->shown.head; l != NULL; l = l->next)
    {
      HeraldShownNotification *shown = l->data;

      if (g_str_equal (shown->key, key))
        return shown;
    }

  return NULL;
}

/**
 * herald_notification_board_is_same:
 *
 * How far a print is need not be noticed; what else there is to say must be. The same message again is the same.
 */
gboolean
herald_notification_board_is_same (HeraldShownNotification *shown,
                                   HeraldMessage           *message,
                                   const char              *key)
{
  return message->kind == HERALD_KIND_PRINT_PROGRESS || message->kind == HERALD_KIND_TRANSFER_PROGRESS ||
         message->urgency == HERALD_URGENCY_LOW || g_str_equal (shown->key, key);
}

void
herald_notification_board_remove (HeraldNotificationBoard *self,
                                  HeraldShownNotification *shown)
{
  if (g_queue_remove (&self->shown, shown))
    shown_free (shown);
}

/* A server may give a number again without a word of what had it before. */
static void
forget_handle (HeraldNotificationBoard *self,
               const char              *handle)
{
  HeraldShownNotification *shown;

  while ((shown = herald_notification_board_find_handle (self, handle)) != NULL)
    herald_notification_board_remove (self, shown);
}

/* What somebody is needed for stays on the screen until it is taken away. */
static void
forget_oldest (HeraldNotificationBoard *self)
{
  for (GList *l = self->shown.head; l != NULL; l = l->next)
    {
      HeraldShownNotification *shown = l->data;

      if (shown->message->kind == HERALD_KIND_ATTENTION_NEEDED)
        continue;

      herald_notification_board_remove (self, shown);
      return;
    }

  herald_notification_board_remove (self, g_queue_peek_head (&self->shown));
}

void
herald_notification_board_put (HeraldNotificationBoard *self,
                               const char              *slot,
                               const char              *handle,
                               HeraldMessage           *message,
                               const char              *key)
{
  HeraldShownNotification *before = herald_notification_board_find (self, slot);
  HeraldShownNotification *shown = g_new0 (HeraldShownNotification, 1);

  shown->slot = g_strdup (slot);
  shown->handle = g_strdup (handle);
  shown->key = g_strdup (key);
  shown->message = herald_message_ref (message);
  if (before != NULL)
    herald_notification_board_remove (self, before);
  forget_handle (self, shown->handle);
  g_queue_push_tail (&self->shown, shown);

  if (g_queue_get_length (&self->shown) > KNOWN_MAX)
    forget_oldest (self);
}

/* Takes the handle, too. */
static void
take (HeraldNotificationBoard *self,
      HeraldShownNotification *shown,
      GPtrArray               *handles)
{
  g_ptr_array_add (handles, g_steal_pointer (&shown->handle));
  herald_notification_board_remove (self, shown);
}

char **
herald_notification_board_take_past (HeraldNotificationBoard *self,
                                     HeraldMessage           *message)
{
  GPtrArray *handles = g_ptr_array_new ();

  if ((herald_event_kind_is_outcome (message->kind) || message->kind == HERALD_KIND_PRINT_RESUMED) && message->printer != NULL && message->job != NULL)
    {
      g_autofree char *beside = make_print_slot (message, "beside");
      HeraldShownNotification *shown = herald_notification_board_find (self, beside);

      if (shown != NULL)
        take (self, shown, handles);
    }

  g_ptr_array_add (handles, NULL);
  return (char **) g_ptr_array_free (handles, FALSE);
}

char **
herald_notification_board_take_kind (HeraldNotificationBoard *self,
                                     const char              *printer,
                                     HeraldEventKind          kind)
{
  GPtrArray *handles = g_ptr_array_new ();
  GList *next;

  for (GList *l = self->shown.head; l != NULL; l = next)
    {
      HeraldShownNotification *shown = l->data;

      next = l->next;
      if (shown->message->kind == kind && g_strcmp0 (shown->message->printer, printer) == 0)
        take (self, shown, handles);
    }

  g_ptr_array_add (handles, NULL);
  return (char **) g_ptr_array_free (handles, FALSE);
}
