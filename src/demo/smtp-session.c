/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-session"

#include "demo/smtp-session.h"

#include <string.h>

#define MESSAGE_MAX_BYTES (16 * 1024 * 1024)
/* RFC 5321 4.5.3.1.8: at least 100 */
#define RECIPIENTS_MAX 100

/**
 * HeraldDemoSmtpSession:
 *
 * The words of an SMTP server (RFC 5321, with SIZE, 8BITMIME, PIPELINING and
 * AUTH) without the wire: lines go in, lines come out.
 */
struct _HeraldDemoSmtpSession
{
  HeraldDemoMailPolicy *policy;
  HeraldDemoMessageFunc take_message;
  gpointer user_data;
  GString *output;
  HeraldDemoSmtpEnd over;

  gboolean greeted;
  gboolean authenticated;
  /* What the next line means, if it is no command */
  void (*next_line) (HeraldDemoSmtpSession *self,
                     const char            *line,
                     gsize                  length);
  char *user;
  char *sender;
  GPtrArray *recipients;
  GByteArray *text;
  gboolean too_large;
};

static void
reply (HeraldDemoSmtpSession *self,
       const char            *line)
{
  g_string_append (self->output, line);
  g_string_append (self->output, "\r\n");
}

static void
reset (HeraldDemoSmtpSession *self)
{
  g_clear_pointer (&self->sender, g_free);
  g_ptr_array_set_size (self->recipients, 0);
  g_byte_array_set_size (self->text, 0);
  self->too_large = FALSE;
  self->next_line = NULL;
}

/* Takes the address out of "FROM:<ada@example.org> SIZE=100"; NULL if there is none. */
static char *
dup_address (const char *arguments,
             const char *keyword)
{
  const char *end = NULL;

  if (g_ascii_strncasecmp (arguments, keyword, strlen (keyword)) != 0)
    return NULL;

  arguments += strlen (keyword);
  while (*arguments == ' ')
    arguments++;
  end = strchr (arguments, '>');
  if (*arguments != '<' || end == NULL)
    return NULL;

  return g_strndup (arguments + 1, (gsize) (end - arguments - 1));
}

static void
on_helo (HeraldDemoSmtpSession *self,
         const char             *arguments)
{
  reset (self);
  self->greeted = TRUE;
  reply (self, "250 octoherald-demo");
}

static void
on_ehlo (HeraldDemoSmtpSession *self,
         const char             *arguments)
{
  g_autofree char *size = g_strdup_printf ("250-SIZE %d", MESSAGE_MAX_BYTES);

  reset (self);
  self->greeted = TRUE;
  reply (self, "250-octoherald-demo greets you");
  reply (self, "250-8BITMIME");
  reply (self, "250-PIPELINING");
  reply (self, size);
  reply (self, "250 AUTH PLAIN LOGIN");
}

static void
judge_login (HeraldDemoSmtpSession *self,
             const char             *user,
             const char             *password)
{
  const HeraldDemoMailPolicy *policy = self->policy;

  if ((policy->user != NULL && g_strcmp0 (policy->user, user) != 0) ||
      (policy->password != NULL && g_strcmp0 (policy->password, password) != 0))
    {
      reply (self, "535 5.7.8 User or password is wrong");
      return;
    }

  self->authenticated = TRUE;
  reply (self, "235 2.7.0 Welcome");
}

/* RFC 4616: authorization identity, NUL, user, NUL, password */
static void
take_plain (HeraldDemoSmtpSession *self,
            const char             *line,
            gsize                   length)
{
  gsize n_bytes = 0;
  g_autofree guchar *decoded = g_base64_decode (line, &n_bytes);
  g_autofree char *text = g_strndup ((const char *) decoded, n_bytes);
  g_autofree char *password = NULL;
  const guchar *user = n_bytes > 0 ? memchr (decoded, '\0', n_bytes) : NULL;
  const guchar *end = NULL;

  self->next_line = NULL;
  if (user != NULL)
    end = memchr (user + 1, '\0', n_bytes - (gsize) (user + 1 - decoded));
  if (end == NULL)
    {
      reply (self, "501 5.5.2 That is no AUTH PLAIN");
      return;
    }

  password = g_strndup ((const char *) end + 1, n_bytes - (gsize) (end + 1 - decoded));
  judge_login (self, (const char *) user + 1, password);
}

static void
take_password (HeraldDemoSmtpSession *self,
               const char             *line,
               gsize                   length)
{
  gsize n_bytes = 0;
  g_autofree guchar *decoded = g_base64_decode (line, &n_bytes);
  g_autofree char *password = g_strndup ((const char *) decoded, n_bytes);

  self->next_line = NULL;
  judge_login (self, self->user, password);
}

static void
take_user (HeraldDemoSmtpSession *self,
           const char             *line,
           gsize                   length)
{
  gsize n_bytes = 0;
  g_autofree guchar *decoded = g_base64_decode (line, &n_bytes);

  g_free (self->user);
  self->user = g_strndup ((const char *) decoded, n_bytes);
  self->next_line = take_password;
  /* "Password:" in base64 */
  reply (self, "334 UGFzc3dvcmQ6");
}

static void
on_auth (HeraldDemoSmtpSession *self,
         const char             *arguments)
{
  const char *initial = strchr (arguments, ' ');

  if (!self->greeted || self->authenticated || self->sender != NULL)
    {
      reply (self, "503 5.5.1 Not now");
      return;
    }

  if (g_ascii_strncasecmp (arguments, "PLAIN", 5) == 0)
    {
      if (initial != NULL)
        {
          take_plain (self, initial + 1, strlen (initial + 1));
          return;
        }
      self->next_line = take_plain;
      reply (self, "334 ");
    }
  else if (g_ascii_strncasecmp (arguments, "LOGIN", 5) == 0)
    {
      if (initial != NULL)
        {
          take_user (self, initial + 1, strlen (initial + 1));
          return;
        }
      self->next_line = take_user;
      /* "Username:" in base64 */
      reply (self, "334 VXNlcm5hbWU6");
    }
  else
    {
      reply (self, "504 5.5.4 Only PLAIN and LOGIN");
    }
}

static void
on_mail (HeraldDemoSmtpSession *self,
         const char             *arguments)
{
  g_autofree char *sender = dup_address (arguments, "FROM:");
  const char *size = strstr (arguments, "SIZE=");

  if (!self->greeted || self->sender != NULL)
    reply (self, "503 5.5.1 Not now");
  else if (self->policy->password != NULL && !self->authenticated)
    reply (self, "530 5.7.0 Please log in first");
  else if (sender == NULL)
    reply (self, "501 5.5.4 Expected MAIL FROM:<address>");
  else if (size != NULL && g_ascii_strtoull (size + strlen ("SIZE="), NULL, 10) > MESSAGE_MAX_BYTES)
    reply (self, "552 5.3.4 That is too large");
  else
    {
      self->sender = g_steal_pointer (&sender);
      reply (self, "250 2.1.0 Sender is fine");
    }
}

static void
on_rcpt (HeraldDemoSmtpSession *self,
         const char             *arguments)
{
  g_autofree char *recipient = dup_address (arguments, "TO:");

  if (self->sender == NULL)
    reply (self, "503 5.5.1 First MAIL, please");
  else if (recipient == NULL || *recipient == '\0')
    reply (self, "501 5.5.4 Expected RCPT TO:<address>");
  else if (self->recipients->len == RECIPIENTS_MAX)
    reply (self, "452 4.5.3 Too many recipients");
  else if (self->policy->refused != NULL &&
           g_pattern_match_simple (self->policy->refused, recipient))
    reply (self, "550 5.1.1 Nobody of that name lives here");
  else
    {
      g_ptr_array_add (self->recipients, g_steal_pointer (&recipient));
      reply (self, "250 2.1.5 Recipient is fine");
    }
}

static void
take_over_message (HeraldDemoSmtpSession *self)
{
  g_autoptr(GBytes) bytes = g_bytes_new (self->text->data, self->text->len);
  g_autofree char *sender = g_strdup (self->sender);
  g_autoptr(GPtrArray) recipients = g_ptr_array_new_with_free_func (g_free);
  gboolean too_large = self->too_large;

  for (guint i = 0; i < self->recipients->len; i++)
    g_ptr_array_add (recipients, g_strdup (g_ptr_array_index (self->recipients, i)));
  g_ptr_array_add (recipients, NULL);
  reset (self);

  if (too_large)
    {
      reply (self, "552 5.3.4 That was too large");
      return;
    }

  self->take_message (sender, (const char *const *) recipients->pdata, bytes, self->user_data);
  if (self->policy->drop_after_dot)
    self->over = HERALD_DEMO_SMTP_HANG_UP;
  else
    reply (self, "250 2.0.0 Thank you");
}

/* One line of the message; a dot at its start was doubled by the sender (RFC 5321 4.5.2). */
static void
take_text (HeraldDemoSmtpSession *self,
           const char             *line,
           gsize                   length)
{
  if (length == 1 && line[0] == '.')
    {
      take_over_message (self);
      return;
    }

  if (length > 0 && line[0] == '.')
    {
      line++;
      length--;
    }

  if (self->text->len + length + 2 > MESSAGE_MAX_BYTES)
    self->too_large = TRUE;
  if (self->too_large)
    return;

  g_byte_array_append (self->text, (const guint8 *) line, (guint) length);
  g_byte_array_append (self->text, (const guint8 *) "\r\n", 2);
}

static void
on_data (HeraldDemoSmtpSession *self,
         const char             *arguments)
{
  if (self->recipients->len == 0)
    {
      reply (self, "503 5.5.1 Nobody to give it to");
      return;
    }

  self->next_line = take_text;
  reply (self, "354 Go on; end with a dot on a line of its own");
}

static void
on_rset (HeraldDemoSmtpSession *self,
         const char             *arguments)
{
  reset (self);
  reply (self, "250 2.0.0 Forgotten");
}

static void
on_noop (HeraldDemoSmtpSession *self,
         const char             *arguments)
{
  reply (self, "250 2.0.0 Fine");
}

static void
on_quit (HeraldDemoSmtpSession *self,
         const char             *arguments)
{
  self->over = HERALD_DEMO_SMTP_BYE;
  reply (self, "221 2.0.0 Bye");
}

static const struct
{
  const char *verb;
  void (*run) (HeraldDemoSmtpSession *self,
               const char             *arguments);
} commands[] = {
  { "HELO", on_helo }, { "EHLO", on_ehlo }, { "AUTH", on_auth }, { "MAIL", on_mail },
  { "RCPT", on_rcpt }, { "DATA", on_data }, { "RSET", on_rset }, { "NOOP", on_noop },
  { "QUIT", on_quit },
};

static void
take_command (HeraldDemoSmtpSession *self,
              const char             *line)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_ascii_strncasecmp (line, commands[i].verb, 4) == 0 &&
          (line[4] == ' ' || line[4] == '\0'))
        {
          commands[i].run (self, line[4] == ' ' ? line + 5 : "");
          return;
        }
    }

  reply (self, "500 5.5.2 I do not know that command");
}

static void
herald_demo_mail_policy_clear (gpointer data)
{
  HeraldDemoMailPolicy *policy = data;

  g_free (policy->user);
  g_free (policy->password);
  g_free (policy->refused);
}

void
herald_demo_mail_policy_unref (HeraldDemoMailPolicy *policy)
{
  g_rc_box_release_full (policy, herald_demo_mail_policy_clear);
}

/**
 * herald_demo_smtp_session_new:
 * @policy: shared
 * @take_message: called once for each mail taken over
 * @user_data: for @take_message
 *
 * Returns: (transfer full): a session that has said its greeting
 */
HeraldDemoSmtpSession *
herald_demo_smtp_session_new (HeraldDemoMailPolicy  *policy,
                              HeraldDemoMessageFunc  take_message,
                              gpointer               user_data)
{
  HeraldDemoSmtpSession *self = g_new0 (HeraldDemoSmtpSession, 1);

  self->policy = g_rc_box_acquire (policy);
  self->take_message = take_message;
  self->user_data = user_data;
  self->output = g_string_new (NULL);
  self->recipients = g_ptr_array_new_with_free_func (g_free);
  self->text = g_byte_array_new ();
  reply (self, "220 octoherald-demo ESMTP");

  return self;
}

void
herald_demo_smtp_session_free (HeraldDemoSmtpSession *self)
{
  herald_demo_mail_policy_unref (self->policy);
  g_string_free (self->output, TRUE);
  g_ptr_array_unref (self->recipients);
  g_byte_array_unref (self->text);
  g_free (self->user);
  g_free (self->sender);
  g_free (self);
}

/**
 * herald_demo_smtp_session_take_line:
 * @line: any bytes, without the line end
 * @length: of @line, in bytes
 */
void
herald_demo_smtp_session_take_line (HeraldDemoSmtpSession *self,
                                    const char            *line,
                                    gsize                  length)
{
  g_autofree char *command = g_strndup (line, length);

  if (self->next_line == take_text)
    take_text (self, line, length);
  else if (self->next_line != NULL)
    self->next_line (self, command, strlen (command));
  else
    take_command (self, command);
}

/**
 * herald_demo_smtp_session_get_output:
 *
 * Returns: what is to be sent; the caller empties it
 */
GString *
herald_demo_smtp_session_get_output (HeraldDemoSmtpSession *self)
{
  return self->output;
}

/**
 * herald_demo_smtp_session_get_end:
 *
 * Returns: whether the dialogue goes on
 */
HeraldDemoSmtpEnd
herald_demo_smtp_session_get_end (HeraldDemoSmtpSession *self)
{
  return self->over;
}
