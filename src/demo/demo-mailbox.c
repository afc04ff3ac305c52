/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-mailbox"

#include "demo/demo-mailbox.h"

#include "demo/smtp-dialogue.h"

/**
 * HeraldDemoMailbox:
 *
 * A mail server for one machine: takes mail for anybody on the loopback, and
 * relays nothing. Emits `message-received` with the sender (`char *`), the
 * recipients (`GStrv`) and the mail as it came (`GBytes`, CRLF, dots undone).
 */
struct _HeraldDemoMailbox
{
  GObject parent_instance;

  GSocketService *service;
  HeraldDemoMailPolicy *policy;
  GPtrArray *dialogues;
  guint16 port;
  guint n_messages;
};

G_DEFINE_FINAL_TYPE (HeraldDemoMailbox, herald_demo_mailbox, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_MESSAGE_RECEIVED,
} HeraldDemoMailboxSignal;

static guint signals[SIGNAL_MESSAGE_RECEIVED + 1];

static void
on_dialogue_message (HeraldDemoSmtpDialogue *dialogue,
                     const char             *sender,
                     char                  **recipients,
                     GBytes                 *bytes,
                     gpointer                user_data)
{
  HeraldDemoMailbox *self = HERALD_DEMO_MAILBOX (user_data);

  self->n_messages++;
  g_signal_emit (self, signals[SIGNAL_MESSAGE_RECEIVED], 0, sender, recipients, bytes);
}

static void
on_dialogue_closed (HeraldDemoSmtpDialogue *dialogue,
                    gpointer                user_data)
{
  HeraldDemoMailbox *self = HERALD_DEMO_MAILBOX (user_data);

  g_ptr_array_remove_fast (self->dialogues, dialogue);
}

static gboolean
on_service_incoming (GSocketService    *service,
                     GSocketConnection *connection,
                     GObject           *source,
                     gpointer           user_data)
{
  HeraldDemoMailbox *self = HERALD_DEMO_MAILBOX (user_data);
  HeraldDemoSmtpDialogue *dialogue = herald_demo_smtp_dialogue_new (connection, self->policy);

  g_ptr_array_add (self->dialogues, dialogue);
  g_signal_connect_object (dialogue, "message", G_CALLBACK (on_dialogue_message), self, 0);
  g_signal_connect_object (dialogue, "closed", G_CALLBACK (on_dialogue_closed), self, 0);

  return TRUE;
}

/* GObject */

static void
herald_demo_mailbox_dispose (GObject *object)
{
  HeraldDemoMailbox *self = HERALD_DEMO_MAILBOX (object);

  if (self->service != NULL)
    {
      g_socket_service_stop (self->service);
      g_socket_listener_close (G_SOCKET_LISTENER (self->service));
    }
  g_clear_object (&self->service);
  while (self->dialogues->len > 0)
    {
      g_autoptr(HeraldDemoSmtpDialogue) last =
          g_object_ref (g_ptr_array_index (self->dialogues, self->dialogues->len - 1));

      herald_demo_smtp_dialogue_stop (last);
      g_ptr_array_remove_fast (self->dialogues, last);
    }

  G_OBJECT_CLASS (herald_demo_mailbox_parent_class)->dispose (object);
}

static void
herald_demo_mailbox_finalize (GObject *object)
{
  HeraldDemoMailbox *self = HERALD_DEMO_MAILBOX (object);

  g_clear_pointer (&self->dialogues, g_ptr_array_unref);
  g_clear_pointer (&self->policy, herald_demo_mail_policy_unref);

  G_OBJECT_CLASS (herald_demo_mailbox_parent_class)->finalize (object);
}

static void
herald_demo_mailbox_class_init (HeraldDemoMailboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = herald_demo_mailbox_dispose;
  object_class->finalize = herald_demo_mailbox_finalize;

  signals[SIGNAL_MESSAGE_RECEIVED] =
      g_signal_new ("message-received", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                    NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRV, G_TYPE_BYTES);
}

static void
herald_demo_mailbox_init (HeraldDemoMailbox *self)
{
  self->policy = g_rc_box_new0 (HeraldDemoMailPolicy);
  self->dialogues = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * herald_demo_mailbox_new:
 * @port: on 127.0.0.1; 0 for any that is free
 *
 * Returns: (transfer full) (nullable): a mailbox that is open; %NULL with a %G_IO_ERROR if the
 *   port is taken
 */
HeraldDemoMailbox *
herald_demo_mailbox_new (guint16   port,
                         GError  **error)
{
  g_autoptr(HeraldDemoMailbox) self = g_object_new (HERALD_TYPE_DEMO_MAILBOX, NULL);
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (loopback, port);
  g_autoptr(GSocketAddress) effective = NULL;

  self->service = g_socket_service_new ();
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address,
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                      &effective, error))
    return NULL;

  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  g_signal_connect_object (self->service, "incoming", G_CALLBACK (on_service_incoming), self, 0);
  g_socket_service_start (self->service);

  return g_steal_pointer (&self);
}

guint16
herald_demo_mailbox_get_port (HeraldDemoMailbox *self)
{
  return self->port;
}

/**
 * herald_demo_mailbox_get_n_messages:
 *
 * Returns: how many mails it took over since it was opened
 */
guint
herald_demo_mailbox_get_n_messages (HeraldDemoMailbox *self)
{
  return self->n_messages;
}

/**
 * herald_demo_mailbox_set_login:
 * @user: (nullable): the only one let in; %NULL for any
 * @password: (nullable): the only one that is right; %NULL for any, and for mail without a login
 */
void
herald_demo_mailbox_set_login (HeraldDemoMailbox *self,
                               const char        *user,
                               const char        *password)
{
  g_free (self->policy->user);
  self->policy->user = g_strdup (user);
  g_free (self->policy->password);
  self->policy->password = g_strdup (password);
}

/**
 * herald_demo_mailbox_set_refused:
 * @pattern: (nullable): recipients that match it (`*`, `?`) are refused with 550
 */
void
herald_demo_mailbox_set_refused (HeraldDemoMailbox *self,
                                 const char        *pattern)
{
  g_free (self->policy->refused);
  self->policy->refused = g_strdup (pattern);
}

/**
 * herald_demo_mailbox_set_delay:
 * @delay_ms: before every answer but the greeting
 */
void
herald_demo_mailbox_set_delay (HeraldDemoMailbox *self,
                               guint              delay_ms)
{
  self->policy->delay_ms = delay_ms;
}

/**
 * herald_demo_mailbox_set_drop_after_dot:
 * @drop: hang up where "250" should come: nobody can tell whether the mail arrived
 */
void
herald_demo_mailbox_set_drop_after_dot (HeraldDemoMailbox *self,
                                        gboolean           drop)
{
  self->policy->drop_after_dot = drop;
}
