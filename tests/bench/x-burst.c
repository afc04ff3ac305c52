/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-x-burst"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/channels/x/x-media.h"
#include "core/channels/x/x-post.h"

/* Makes requests to X and prints what it takes:
 *
 *   x-burst --sign N                       microseconds for the body of a post and its signature: median, p99
 *   x-burst --server URL --size BYTES      posts a picture (--film: a film): seconds, for how many milliseconds of the
 *                                          processor's time the main loop was held at most, and for how many by a picture
 *                                          of one byte before, with which a program loads what requests need
 */

/* As long as X takes */
#define POST                                                                                             \
  "MK4 in the workshop : Bücherstütze_v1.2_links_0.2mm_PETG.gcode is done 🎉 after 01:47:37 hours, with " \
  "4.2 m of filament – tool 215/215 °C, bed 60/60 °C. The next print can begin as soon as somebody has "  \
  "taken this one from the plate. Layer 412 of 412, 18.4 mm."
#define MEDIA_ID "1990000000000000001"

static char *server, *authority;
static int n_signatures, size;
static gboolean film;

static const GOptionEntry entries[] = {
  { "sign", 0, 0, G_OPTION_ARG_INT, &n_signatures, NULL, NULL },
  { "server", 0, 0, G_OPTION_ARG_STRING, &server, NULL, NULL },
  { "authority", 0, 0, G_OPTION_ARG_FILENAME, &authority, NULL, NULL },
  { "size", 0, 0, G_OPTION_ARG_INT, &size, NULL, NULL },
  { "film", 0, 0, G_OPTION_ARG_NONE, &film, NULL, NULL },
  { NULL },
};

/* Of the length that X's have */
static const HeraldXKeys keys = {
  .oauth1 = { "benchL8kRz3WqYv0TnHc5JbXs", "bench4GmQe7UoYdJx1Rr9ZkSfTn6VwBhLcPi2AaKz8XyMj5HuEq",
              "1900000000000000001-benchT6yPq9WmEr2Zc5VxKb8NsJf4GhLu", "benchC3vBn8MkQz5LxJw2HsTf7GpRy4DeUa9ZiXo6KqNb" },
};

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

static int
compare (const void *first,
         const void *second)
{
  const double *one = first;
  const double *other = second;

  return (*one > *other) - (*one < *other);
}

static void
measure_signatures (void)
{
  g_autofree double *took_us = g_new (double, n_signatures);

  for (int i = 0; i < n_signatures; i++)
    {
      double begin_ms = get_processor_ms ();
      g_autoptr(GBytes) body = herald_x_post_make_body (POST, MEDIA_ID);
      g_autofree char *nonce = herald_oauth1_make_nonce ();
      g_autofree char *header = herald_oauth1_make_header ("POST", "https://api.x.com/2/tweets", &keys.oauth1, nonce,
                                                           g_get_real_time () / G_USEC_PER_SEC);

      took_us[i] = (get_processor_ms () - begin_ms) * 1e3;
    }

  qsort (took_us, (gsize) n_signatures, sizeof *took_us, compare);
  g_print ("%.2f %.2f\n", took_us[n_signatures / 2], took_us[n_signatures * 99 / 100]);
}

typedef struct
{
  HeraldXVisit visit;
  gboolean is_over;
} Burst;

static void
on_post_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  Burst *burst = user_data;
  g_autoptr(GError) error = NULL;

  if (!herald_x_post_send_finish (HERALD_X_CLIENT (object), result, &error))
    g_error ("%s", error->message);
  burst->is_over = TRUE;
}

static void
on_upload_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Burst *burst = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = herald_x_media_upload_finish (HERALD_X_CLIENT (object), result, &error);

  if (id == NULL)
    g_error ("%s", error->message);
  herald_x_post_send_async (HERALD_X_CLIENT (object), &burst->visit, id, NULL, on_post_ready, burst);
}

static HeraldAttempt *
make_attempt (gsize n_bytes)
{
  HeraldMessage content = { .printer_name = (char *) "MK4", .title = (char *) "Done", .text = (char *) POST };
  HeraldAttachment picture = { .path = (char *) "/nowhere", .media_type = (char *) (film ? "video/mp4" : "image/jpeg"),
                               .suffix = (char *) "jpg", .n_bytes = n_bytes };
  g_autoptr(HeraldMessage) message = herald_message_new (&content);
  HeraldAttempt *attempt = herald_attempt_new (message, "bench", "key", NULL, NULL);

  picture.bytes = g_bytes_new_take (g_malloc0 (n_bytes), n_bytes);
  herald_attempt_take_attachment (attempt, herald_attachment_new (&picture));
  g_bytes_unref (picture.bytes);

  return attempt;
}

/* Returns for how many milliseconds the main loop was held at most. */
static double
post (HeraldXClient *client,
      gsize          n_bytes)
{
  g_autoptr(HeraldAttempt) attempt = make_attempt (n_bytes);
  Burst burst = { .visit = { .server = server, .keys = &keys, .attempt = attempt } };

  longest_ms = 0;
  awake_since_ms = get_processor_ms ();
  herald_x_media_upload_async (client, &burst.visit, NULL, on_upload_ready, &burst);
  while (!burst.is_over)
    g_main_context_iteration (NULL, TRUE);

  return longest_ms;
}

static void
measure_upload (void)
{
  g_autoptr(HeraldXClient) client = herald_x_client_new ();
  gint64 begin;
  double first_ms;
  double held_ms;

  g_main_context_set_poll_func (NULL, poll_and_measure);
  first_ms = post (client, 1);
  begin = g_get_monotonic_time ();
  held_ms = post (client, (gsize) size);

  g_print ("%.4f %.3f %.3f\n", (double) (g_get_monotonic_time () - begin) / 1e6, held_ms, first_ms);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(GTlsDatabase) authorities = NULL;
  g_autoptr(GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (authority != NULL)
    {
      authorities = g_tls_file_database_new (authority, &error);
      g_assert_no_error (error);
      g_tls_backend_set_default_database (g_tls_backend_get_default (), authorities);
    }

  if (n_signatures > 0)
    measure_signatures ();
  else
    measure_upload ();

  return 0;
}
