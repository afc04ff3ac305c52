/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-kept-picture"

#include <locale.h>

#include "core/base/error.h"
#include "core/pictures/picture-fetch.h"
#include "core/pictures/thumbnail-finder.h"
#include "core/pictures/ufp.h"
#include "core/printers/octoprint/octoprint-printer.h"
#include "core/printers/octoprint/octoprint-settings.h"

/* Gets a thumbnail or a film and prints what came of it:
 *
 *   kept-picture FILE…                                        for each of these files what is in it as it is
 *   kept-picture --url URL --thumbnail PATH [--origin O]      from an OctoPrint; $CREDENTIALS_DIRECTORY/mk3.key
 *   kept-picture --url URL --film NAME [--max-bytes N]        has its key
 *
 * `picture TYPE WIDTH HEIGHT SHA256`, `note SENTENCE`, or `error CODE SENTENCE`, or `nothing`. */

#define LIMIT_S 60
#define DEADLINE_MS 30000

static char *url, *thumbnail, *origin, *film;
static int max_bytes = 50 * 1000 * 1000;

static const GOptionEntry options[] = {
  { "url", 0, 0, G_OPTION_ARG_STRING, &url, NULL, NULL },
  { "thumbnail", 0, 0, G_OPTION_ARG_STRING, &thumbnail, NULL, NULL },
  { "origin", 0, 0, G_OPTION_ARG_STRING, &origin, NULL, NULL },
  { "film", 0, 0, G_OPTION_ARG_STRING, &film, NULL, NULL },
  { "max-bytes", 0, 0, G_OPTION_ARG_INT, &max_bytes, NULL, NULL },
  { NULL },
};

static void
print_picture (HeraldPicture *picture)
{
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, picture->bytes);

  g_print ("picture %s %u %u %s\n", herald_picture_type_get_suffix (picture->type), picture->width, picture->height,
           sum);
}

static HeraldPicture *
find_in_zip (const guint8 *data,
             gsize         length)
{
  gsize tail_bytes = MIN (length, HERALD_UFP_TAIL_BYTES);
  HeraldUfpEntry entry;
  guint64 offset = 0;

  if (!herald_ufp_find (data + length - tail_bytes, tail_bytes, &entry, &offset) || entry.offset > length)
    return NULL;

  return herald_ufp_unpack (&entry, data + entry.offset, length - (gsize) entry.offset);
}

static void
look_into (const char *path)
{
  g_autoptr(HeraldThumbnailFinder) finder = herald_thumbnail_finder_new ();
  g_autoptr(HeraldPicture) picture = NULL;
  g_autofree char *content = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &content, &length, NULL))
    g_error ("%s cannot be read", path);

  herald_thumbnail_finder_scan (finder, (const guint8 *) content, length);
  if (herald_thumbnail_finder_wants_tail (finder))
    picture = find_in_zip ((const guint8 *) content, length);
  else
    picture = herald_thumbnail_finder_dup_best (finder);

  if (picture != NULL)
    print_picture (picture);
  else
    g_print ("nothing\n");
}

static void
on_fetch_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldPictureCatch) caught = herald_picture_fetch_finish (result, &error);

  if (caught == NULL)
    g_print ("error %d %s\n", error->code, error->message);
  else
    print_picture (caught->picture);
  if (caught != NULL && caught->note != NULL)
    g_print ("note %s\n", caught->note);
  g_main_loop_quit (user_data);
}

static void
on_connection_changed (HeraldPrinter *printer,
                       GParamSpec    *property,
                       gpointer       user_data)
{
  HeraldPictureWish wish = { .kind = HERALD_PICTURE_WISH_THUMBNAIL, .path = thumbnail, .origin = origin };

  if (herald_printer_get_connection (printer) != HERALD_CONNECTION_CONNECTED)
    return;

  g_signal_handlers_disconnect_by_data (printer, user_data);
  if (film != NULL)
    wish = (HeraldPictureWish) { .kind = HERALD_PICTURE_WISH_TIMELAPSE, .movie = film };
  herald_picture_fetch_async (printer, &wish, DEADLINE_MS, (gsize) max_bytes, NULL, on_fetch_ready, user_data);
}

static gboolean
on_limit_timeout (gpointer user_data)
{
  g_error ("it does not end");

  return G_SOURCE_REMOVE;
}

static void
ask_printer (void)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(HeraldHttpClient) http = herald_http_client_new ();
  g_autoptr(HeraldSecretStore) secrets = herald_secret_store_new ();
  g_autoptr(HeraldClock) clock = herald_clock_new ();
  g_autoptr(HeraldValues) settings = herald_values_new ();
  g_autoptr(HeraldPrinter) printer = NULL;
  g_autoptr(GError) error = NULL;

  herald_values_set (settings, "name", "MK3");
  herald_values_set (settings, "url", url);
  if (!herald_octoprint_settings_check (settings, &error))
    g_error ("%s", error->message);

  printer = herald_octoprint_printer_new ("mk3", settings, http, secrets, NULL, 0, clock);
  g_signal_connect (printer, "notify::connection", G_CALLBACK (on_connection_changed), loop);
  g_timeout_add_seconds (LIMIT_S, on_limit_timeout, NULL);
  herald_printer_start (printer);
  g_main_loop_run (loop);
  herald_printer_stop (printer);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GOptionContext) context = g_option_context_new ("[FILE…]");
  g_autoptr(GError) error = NULL;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);

  for (int i = 1; i < argc; i++)
    look_into (argv[i]);
  if (url != NULL)
    ask_printer ();

  return 0;
}
