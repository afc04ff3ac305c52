/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-fuzz-smtp"

#include "fuzz/fuzz.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/net/smtp-client.h"
#include "core/net/smtp-endpoint.h"

/* Two messages on their way through whatever a mail server says. A byte says how they are to go;
 * what the server says then is parted by a byte that is in no text, a part for each time it is
 * asked, and at its end it hangs up. */
#define SEPARATOR 0xff
#define FLAG_STARTTLS 1
#define FLAG_USER 2
#define FLAG_ABROAD 4
#define FLAG_UTF8 8

#define N_MESSAGES 2
#define SAID_MAX_BYTES (64 * 1024)
#define LIMIT_S 8
#define DATA_END "\r\n.\r\n"

typedef struct
{
  gboolean committed;
  gboolean over;
} Letter;

/* The one conversation under way; what stands in for the endpoint has no other way to find it. */
static struct
{
  guint8 flags;
  const guint8 *next, *end;
  int fd;
  GString *asked;       /* all that the client said */
  GString *said;        /* all that the server said since the last final dot was heard */
  gboolean let_in;      /* the server has said something good to it */
} talk;

/* Instead of core/net/smtp-endpoint.c: a line to this very program */

GSocketConnectable *
herald_smtp_endpoint_new_server (const char  *host,
                                 guint16      port,
                                 GError     **error)
{
  return g_network_address_new (host, port);
}

void
herald_smtp_endpoint_dial_async (GSocketConnectable  *server,
                                 gboolean             direct,
                                 guint                limit_ms,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(GSocket) socket = NULL;
  int ends[2];

  if (talk.fd >= 0)
    close (talk.fd);
  talk.fd = -1;
  if (talk.next >= talk.end)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "refused");
      return;
    }

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends), ==, 0);
  talk.fd = ends[0];
  socket = g_socket_new_from_fd (ends[1], NULL);
  g_task_return_pointer (task, g_socket_connection_factory_create_connection (socket), g_object_unref);
}

GSocketConnection *
herald_smtp_endpoint_dial_finish (GAsyncResult  *result,
                                  GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
herald_smtp_endpoint_is_loopback (GSocketConnection *socket)
{
  return (talk.flags & FLAG_ABROAD) == 0;
}

char *
herald_smtp_endpoint_dup_own_name (const char   *name,
                                   GInetAddress *address)
{
  return g_strdup ("[127.0.0.1]");
}

/* The server */

static void
hear (void)
{
  char bytes[4096];
  gssize length = talk.fd >= 0 ? recv (talk.fd, bytes, sizeof bytes, MSG_DONTWAIT) : 0;

  if (length <= 0)
    return;

  g_string_append_len (talk.asked, bytes, length);
  g_assert_cmpuint (talk.asked->len, <, SAID_MAX_BYTES);
  if (g_str_has_suffix (talk.asked->str, DATA_END))
    g_string_truncate (talk.said, 0);
}

static void
answer (void)
{
  const guint8 *stop;

  if (talk.fd < 0)
    return;

  if (talk.next >= talk.end)
    {
      close (talk.fd);
      talk.fd = -1;
      return;
    }

  stop = memchr (talk.next, SEPARATOR, (gsize) (talk.end - talk.next));
  if (stop == NULL)
    stop = talk.end;
  /* What follows a zero byte was said, too. */
  for (const guint8 *byte = talk.next; byte < stop; byte++)
    g_string_append_c (talk.said, *byte != 0 ? (char) *byte : ' ');
  if (strstr (talk.asked->str, "AUTH") != NULL && strchr (talk.said->str, '2') != NULL)
    talk.let_in = TRUE;
  if (stop > talk.next && send (talk.fd, talk.next, (gsize) (stop - talk.next), MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
    g_debug ("nobody listens");
  talk.next = stop + 1;
}

/* The client */

static gboolean
on_commit (gpointer   user_data,
           GError   **error)
{
  Letter *letter = user_data;

  g_assert_false (letter->committed);
  letter->committed = TRUE;

  return TRUE;
}

/* What must be true of every way a message can go */
static void
check_outcome (const Letter          *letter,
               const HeraldSmtpReply *reply,
               const GError          *error)
{
  const char *line = talk.said->str;

  if (reply == NULL)
    {
      g_assert_true (error->domain == HERALD_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_true (letter->committed || error->code != HERALD_ERROR_AMBIGUOUS);
      return;
    }

  /* Never delivered without a good answer to its final dot */
  g_assert_true (letter->committed);
  g_assert_cmpint (reply->code / 100, ==, 2);
  g_assert_nonnull (strstr (talk.asked->str, DATA_END));
  while (line != NULL && *line != '2')
    {
      line = strchr (line, '\n');
      line = line != NULL ? line + 1 : NULL;
    }
  g_assert_nonnull (line);
}

static void
on_submit_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Letter *letter = user_data;
  g_autoptr(GError) error = NULL;
  HeraldSmtpReply *reply = herald_smtp_client_submit_finish (HERALD_SMTP_CLIENT (object), result, &error);

  hear ();
  check_outcome (letter, reply, error);
  g_clear_pointer (&reply, herald_smtp_reply_free);
  letter->over = TRUE;
}

/* What was said in the clear */
static void
check_secrets (void)
{
  const char *hello = memchr (talk.asked->str, 0x16, talk.asked->len);
  g_autofree char *clear = g_strndup (talk.asked->str, hello != NULL ? (gsize) (hello - talk.asked->str) : talk.asked->len);

  if ((talk.flags & FLAG_STARTTLS) != 0)
    {
      g_assert_null (strstr (clear, "AUTH"));
      g_assert_null (strstr (clear, "MAIL"));
    }
  if ((talk.flags & (FLAG_USER | FLAG_ABROAD)) == (FLAG_USER | FLAG_ABROAD))
    g_assert_null (strstr (clear, "AUTH"));
  if ((talk.flags & FLAG_USER) != 0 && strstr (clear, "MAIL FROM") != NULL)
    {
      g_assert_nonnull (strstr (clear, "AUTH"));
      g_assert_true (talk.let_in);
    }
}

static void
send_message (HeraldSmtpClient  *client,
              HeraldSmtpAccount *account)
{
  g_autoptr(HeraldSmtpSubmission) submission = herald_smtp_submission_new ();
  gint64 end_us = g_get_monotonic_time () + LIMIT_S * G_USEC_PER_SEC;
  Letter letter = { FALSE, FALSE };

  submission->account = herald_smtp_account_ref (account);
  submission->sender = g_strdup ("a@example.org");
  submission->recipient = g_strdup ((talk.flags & FLAG_UTF8) != 0 ? "jörg@example.org" : "b@example.org");
  submission->message = g_bytes_new_static ("A: b\r\n\r\n.x\r\n", 12);
  submission->commit = on_commit;
  submission->user_data = &letter;
  herald_smtp_client_submit_async (client, submission, NULL, on_submit_ready, &letter);

  while (!letter.over)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      if (letter.over)
        break;

      hear ();
      if (talk.fd >= 0)
        answer ();
      else
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  HeraldSmtpAccount content = { .host = (char *) "localhost", .port = 25 };
  g_autoptr(HeraldSmtpAccount) account = NULL;
  HeraldSmtpClient *client;

  if (size == 0)
    return 0;

  talk.flags = data[0];
  talk.next = data + 1;
  talk.end = data + size;
  talk.fd = -1;
  talk.let_in = FALSE;
  talk.asked = g_string_new (NULL);
  talk.said = g_string_new (NULL);
  content.security = (talk.flags & FLAG_STARTTLS) != 0 ? HERALD_SMTP_STARTTLS : HERALD_SMTP_PLAIN;
  content.user = (talk.flags & FLAG_USER) != 0 ? (char *) "ada" : NULL;
  content.password = (talk.flags & FLAG_USER) != 0 ? (char *) "secret" : NULL;
  account = herald_smtp_account_new (&content);
  client = herald_smtp_client_new ();
  g_object_add_weak_pointer (G_OBJECT (client), (gpointer *) &client);

  for (guint i = 0; i < N_MESSAGES; i++)
    send_message (client, account);
  hear ();
  check_secrets ();

  g_object_unref (client);
  if (talk.fd >= 0)
    close (talk.fd);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (client);
  g_string_free (talk.asked, TRUE);
  g_string_free (talk.said, TRUE);

  return 0;
}
