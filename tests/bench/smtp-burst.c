/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-smtp-burst"

#include <string.h>
#include <time.h>

#include "core/net/smtp-client.h"

/* Sends messages of one size by one client and prints how long it took, in seconds, how much of it was
 * the processor's, and with --measure-loop for how many milliseconds of the processor's time the main loop
 * was held at most:
 *
 *   smtp-burst --port 2525 --count 1000 --size 2000 [--at-once 4] [--security starttls --user … --password …]
 */

static char *host, *security, *user, *password, *authority;
static int port, count = 1, size = 2000, at_once = 1;
static gboolean measure_loop;

static const GOptionEntry entries[] = {
  { "host", 0, 0, G_OPTION_ARG_STRING, &host, NULL, NULL },
  { "port", 0, 0, G_OPTION_ARG_INT, &port, NULL, NULL },
  { "security", 0, 0, G_OPTION_ARG_STRING, &security, NULL, NULL },
  { "user", 0, 0, G_OPTION_ARG_STRING, &user, NULL, NULL },
  { "password", 0, 0, G_OPTION_ARG_STRING, &password, NULL, NULL },
  { "authority", 0, 0, G_OPTION_ARG_FILENAME, &authority, NULL, NULL },
  { "count", 0, 0, G_OPTION_ARG_INT, &count, NULL, NULL },
  { "size", 0, 0, G_OPTION_ARG_INT, &size, NULL, NULL },
  { "at-once", 0, 0, G_OPTION_ARG_INT, &at_once, NULL, NULL },
  { "measure-loop", 0, 0, G_OPTION_ARG_NONE, &measure_loop, NULL, NULL },
  { NULL },
};

typedef struct
{
  HeraldSmtpClient *client;
  HeraldSmtpSubmission *submission;
  int n_begun;
  int n_over;
} Burst;

static double longest_ms;
static double awake_since_ms;

static double
get_processor_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

/* In place of poll(): what lies between two of them holds the main loop. */
static int
poll_and_measure (GPollFD *fds,
                  guint    n_fds,
                  int      timeout_ms)
{
  int n_ready;

  longest_ms = MAX (longest_ms, get_processor_ms () - awake_since_ms);
  n_ready = g_poll (fds, n_fds, timeout_ms);
  awake_since_ms = get_processor_ms ();

  return n_ready;
}

static void on_submit_ready (GObject      *object,
                             GAsyncResult *result,
                             gpointer      user_data);

static void
submit (Burst *burst)
{
  burst->n_begun++;
  herald_smtp_client_submit_async (burst->client, burst->submission, NULL, on_submit_ready, burst);
}

static void
on_submit_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Burst *burst = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldSmtpReply) reply = herald_smtp_client_submit_finish (burst->client, result, &error);

  if (reply == NULL)
    g_error ("message %d: %s", burst->n_over, error->message);
  burst->n_over++;
  if (burst->n_begun < count)
    submit (burst);
}

/* Lines of 76 letters, as base64 and smtp-source have them */
static GBytes *
write_message (void)
{
  GString *message = g_string_new ("From: a@example.org\nTo: b@example.org\nSubject: burst\n\n");

  while (message->len < (gsize) size)
    g_string_append (message, "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX\n");

  return g_string_free_to_bytes (message);
}

static HeraldSmtpAccount *
read_account (void)
{
  g_autoptr(GError) error = NULL;
  HeraldSmtpAccount account = {
    .host = (char *) (host != NULL ? host : "127.0.0.1"),
    .port = (guint16) port,
    .security = g_strcmp0 (security, "tls") == 0        ? HERALD_SMTP_TLS
                : g_strcmp0 (security, "starttls") == 0 ? HERALD_SMTP_STARTTLS
                                                        : HERALD_SMTP_PLAIN,
    .user = user,
    .password = password,
  };
  HeraldSmtpAccount *copy;

  if (authority != NULL)
    account.authorities = g_tls_file_database_new (authority, &error);
  g_assert_no_error (error);
  copy = herald_smtp_account_new (&account);
  g_clear_object (&account.authorities);

  return copy;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(HeraldSmtpSubmission) submission = herald_smtp_submission_new ();
  g_autoptr(HeraldSmtpClient) client = herald_smtp_client_new ();
  Burst burst = { .client = client, .submission = submission };
  g_autoptr(GError) error = NULL;
  gint64 begin;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);

  submission->account = read_account ();
  submission->sender = g_strdup ("a@example.org");
  submission->recipient = g_strdup ("b@example.org");
  submission->message = write_message ();
  if (measure_loop)
    g_main_context_set_poll_func (NULL, poll_and_measure);

  begin = g_get_monotonic_time ();
  for (int i = 0; i < MIN (at_once, count); i++)
    submit (&burst);
  awake_since_ms = get_processor_ms ();
  while (burst.n_over < count)
    g_main_context_iteration (NULL, TRUE);

  g_print ("%.4f %.4f %.3f\n", (double) (g_get_monotonic_time () - begin) / 1e6, get_processor_ms () / 1e3, longest_ms);

  return 0;
}
