/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-dialogue"

#include "demo/smtp-dialogue.h"

#include <string.h>

/* RFC 5321 4.5.3.1 asks for 512 (commands) and 1000 (text); some clients send a bit more. */
#define LINE_MAX_BYTES 4096
#define READ_BYTES 16384
/* RFC 5321 4.5.3.2.7: a server waits five minutes for the next command */
#define IDLE_S 300

/**
 * HeraldDemoSmtpDialogue:
 *
 * One client on the wire, talking to a HeraldDemoSmtpSession. Emits `message`
 * for every mail taken over and `closed` when it is over.
 */
struct _HeraldDemoSmtpDialogue
{
  GObject parent_instance;

  GIOStream *stream;
  HeraldDemoSmtpSession *session;
  HeraldDemoMailPolicy *policy;
  GCancellable *cancellable;
  GByteArray *input;
  guint delay_source;
  gboolean closing;
};

G_DEFINE_FINAL_TYPE (HeraldDemoSmtpDialogue, herald_demo_smtp_dialogue, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_MESSAGE,
  SIGNAL_CLOSED,
} HeraldDemoSmtpDialogueSignal;

static guint signals[SIGNAL_CLOSED + 1];

static void read_more (HeraldDemoSmtpDialogue *self);

static void
take_message (const char        *sender,
              const char *const *recipients,
              GBytes            *bytes,
              gpointer           user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_MESSAGE], 0, sender, recipients, bytes);
}

static void
finish (HeraldDemoSmtpDialogue *self)
{
  if (g_io_stream_is_closed (self->stream))
    return;

  g_io_stream_close (self->stream, NULL, NULL);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

/* Takes complete lines off the input. Returns FALSE if the client sends lines without end. */
static gboolean
take_lines (HeraldDemoSmtpDialogue *self)
{
  gsize start = 0;

  while (herald_demo_smtp_session_get_end (self->session) == HERALD_DEMO_SMTP_GOES_ON)
    {
      const guint8 *line = self->input->data + start;
      gsize n_bytes = self->input->len - start;
      const guint8 *end = n_bytes > 0 ? memchr (line, '\n', n_bytes) : NULL;
      gsize length = end != NULL ? (gsize) (end - line) : n_bytes;

      if (length > LINE_MAX_BYTES)
        return FALSE;
      if (end == NULL)
        break;

      start += length + 1;
      if (length > 0 && line[length - 1] == '\r')
        length--;
      herald_demo_smtp_session_take_line (self->session, (const char *) line, length);
    }

  if (start > 0)
    g_byte_array_remove_range (self->input, 0, (guint) start);

  return TRUE;
}

static void
on_write_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(HeraldDemoSmtpDialogue) self = g_steal_pointer (&user_data);

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL) ||
      self->closing)
    {
      finish (self);
      return;
    }

  g_string_truncate (herald_demo_smtp_session_get_output (self->session), 0);
  read_more (self);
}

static void
write_output (HeraldDemoSmtpDialogue *self)
{
  GString *output = herald_demo_smtp_session_get_output (self->session);

  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream),
                                   output->str, output->len,
                                   G_PRIORITY_DEFAULT, self->cancellable,
                                   on_write_ready, g_object_ref (self));
}

static gboolean
on_delay_timeout (gpointer user_data)
{
  HeraldDemoSmtpDialogue *self = user_data;

  self->delay_source = 0;
  write_output (self);

  return G_SOURCE_REMOVE;
}

static void
answer (HeraldDemoSmtpDialogue *self)
{
  if (herald_demo_smtp_session_get_output (self->session)->len == 0)
    read_more (self);
  else if (self->policy->delay_ms > 0)
    self->delay_source = g_timeout_add (self->policy->delay_ms, on_delay_timeout, self);
  else
    write_output (self);
}

static void
on_read_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldDemoSmtpDialogue) self = g_steal_pointer (&user_data);
  g_autoptr(GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    {
      finish (self);
      return;
    }

  g_byte_array_append (self->input, g_bytes_get_data (bytes, NULL),
                       (guint) g_bytes_get_size (bytes));
  if (!take_lines (self))
    {
      g_string_append (herald_demo_smtp_session_get_output (self->session),
                       "500 5.5.2 That line is too long\r\n");
      self->closing = TRUE;
    }

  switch (herald_demo_smtp_session_get_end (self->session))
    {
    case HERALD_DEMO_SMTP_HANG_UP:
      finish (self);
      return;
    case HERALD_DEMO_SMTP_BYE:
      self->closing = TRUE;
      break;
    case HERALD_DEMO_SMTP_GOES_ON:
    default:
      break;
    }
  answer (self);
}

static void
read_more (HeraldDemoSmtpDialogue *self)
{
  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (self->stream), READ_BYTES,
                                   G_PRIORITY_DEFAULT, self->cancellable,
                                   on_read_ready, g_object_ref (self));
}

/* GObject */

static void
herald_demo_smtp_dialogue_finalize (GObject *object)
{
  HeraldDemoSmtpDialogue *self = HERALD_DEMO_SMTP_DIALOGUE (object);

  g_clear_handle_id (&self->delay_source, g_source_remove);
  g_clear_pointer (&self->session, herald_demo_smtp_session_free);
  g_clear_pointer (&self->policy, herald_demo_mail_policy_unref);
  g_clear_pointer (&self->input, g_byte_array_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->stream);

  G_OBJECT_CLASS (herald_demo_smtp_dialogue_parent_class)->finalize (object);
}

static void
herald_demo_smtp_dialogue_class_init (HeraldDemoSmtpDialogueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = herald_demo_smtp_dialogue_finalize;

  signals[SIGNAL_MESSAGE] =
      g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRV, G_TYPE_BYTES);
  signals[SIGNAL_CLOSED] =
      g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);
}

static void
herald_demo_smtp_dialogue_init (HeraldDemoSmtpDialogue *self)
{
  self->cancellable = g_cancellable_new ();
  self->input = g_byte_array_new ();
}

/**
 * herald_demo_smtp_dialogue_new:
 * @connection: a client that has just come in
 * @policy: shared
 *
 * Greets the client and goes on by itself. Lives until it is over, or stopped.
 */
HeraldDemoSmtpDialogue *
herald_demo_smtp_dialogue_new (GSocketConnection    *connection,
                               HeraldDemoMailPolicy *policy)
{
  HeraldDemoSmtpDialogue *self = g_object_new (HERALD_TYPE_DEMO_SMTP_DIALOGUE, NULL);

  g_socket_set_timeout (g_socket_connection_get_socket (connection), IDLE_S);
  self->stream = g_object_ref (G_IO_STREAM (connection));
  self->policy = g_rc_box_acquire (policy);
  self->session = herald_demo_smtp_session_new (policy, take_message, self);
  write_output (self);

  return self;
}

/**
 * herald_demo_smtp_dialogue_stop:
 *
 * Hangs up.
 */
void
herald_demo_smtp_dialogue_stop (HeraldDemoSmtpDialogue *self)
{
  g_clear_handle_id (&self->delay_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  finish (self);
}
