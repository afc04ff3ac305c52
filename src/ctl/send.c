/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-send"

#include <sys/stat.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "ctl/command.h"
#include "ctl/failure.h"

/* The service takes no more. */
#define PICTURE_MAX_BYTES (16 * 1024 * 1024)

static gboolean
add_picture (GVariantDict  *options,
             const char    *file,
             GError       **error)
{
  g_autofree char *contents = NULL;
  g_autofree char *shown = g_filename_display_name (file);
  gsize length = 0;
  GStatBuf info;

  if (g_stat (file, &info) == 0 && (!S_ISREG (info.st_mode) || info.st_size > PICTURE_MAX_BYTES))
    {
      g_set_error (error, HERALD_FAILURE, HERALD_FAILURE_REFUSED,
                   S_ISREG (info.st_mode) ? _("“%s” is too large for a picture or a film")
                                          : _("“%s” is not a file"),
                   shown);
      return FALSE;
    }
  if (!g_file_get_contents (file, &contents, &length, NULL))
    {
      g_set_error (error, HERALD_FAILURE, HERALD_FAILURE_REFUSED, _("“%s” cannot be read"), shown);
      return FALSE;
    }

  g_variant_dict_insert_value (options, "picture",
                               g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, contents, length, 1));
  return TRUE;
}

static gboolean
run_send (HeraldCall  *call,
          GError     **error)
{
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  g_autofree char *picture = NULL;
  g_autofree char *channels = NULL;
  const GOptionEntry entries[] = {
    { "title", 0, 0, G_OPTION_ARG_STRING, &title, N_("The title"), N_("TITLE") },
    { "text", 0, 0, G_OPTION_ARG_STRING, &text, N_("The text"), N_("TEXT") },
    { "picture", 0, 0, G_OPTION_ARG_FILENAME, &picture,
      N_("A picture, or a film where it can go: JPEG, PNG or MP4"), N_("FILE") },
    { "channels", 0, 0, G_OPTION_ARG_STRING, &channels,
      N_("“all”, or ids with commas between them"), N_("CHANNELS") },
    { NULL },
  };
  g_auto(GVariantDict) options = G_VARIANT_DICT_INIT (NULL);
  gint64 event;
  GError *cause = NULL;

  if (!herald_call_parse (call, entries, 0, 0, error))
    return FALSE;
  if (text == NULL)
    return herald_failure_set_usage (error, "%s", _("A message needs --text"));
  if ((picture != NULL && !add_picture (&options, picture, error)) || !herald_call_connect (call, error))
    return FALSE;

  if (!herald_dbus_service1_call_send_sync (call->client->service, title != NULL ? title : "", text,
                                            channels != NULL ? channels : "all",
                                            g_variant_dict_end (&options), &event, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  g_print ("%" G_GINT64_FORMAT "\n", event);

  return TRUE;
}

const HeraldCommand herald_send_commands[] = {
  { "send", NULL, "[--title TITLE] --text TEXT [--picture FILE] [--channels all|ID,ID]",
    N_("Send a message of your own; prints the number of its event"), run_send },
  { NULL },
};
