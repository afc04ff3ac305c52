/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-snapshot"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "ctl/failure.h"
#include "ctl/output-file.h"
#include "ctl/output.h"
#include "ctl/printer-commands.h"

static gboolean
write_picture (const char  *output,
               GVariant    *picture,
               GError     **error)
{
  gsize length = 0;
  const char *bytes = g_variant_get_fixed_array (picture, &length, 1);

  if (g_str_equal (output, "-"))
    {
      if (fwrite (bytes, 1, length, stdout) == length && fflush (stdout) == 0)
        return TRUE;
      return herald_failure_set_refused (error, _("The picture could not be written"));
    }

  return herald_output_file_write (output, bytes, length, 0644, error);
}

static gboolean
fetch (HeraldDBusPrinter1  *printer,
       gboolean             is_thumbnail,
       const char          *camera,
       GVariant           **picture,
       char               **type,
       char               **note,
       GError             **error)
{
  GError *cause = NULL;
  gboolean is_there;

  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (printer), HERALD_PRINTER_LIMIT_MS);
  is_there = is_thumbnail ? herald_dbus_printer1_call_get_thumbnail_sync (printer, picture, type, note, NULL, &cause)
                          : herald_dbus_printer1_call_get_snapshot_sync (printer, camera != NULL ? camera : "", picture, type,
                                                                         note, NULL, &cause);

  return is_there || herald_failure_take_dbus_error (error, cause);
}

/* Both `printer snapshot` and `printer thumbnail` */
gboolean
herald_printer_run_snapshot (HeraldCall  *call,
                             GError     **error)
{
  gboolean is_thumbnail = g_str_equal (call->command->verb, "thumbnail");
  gboolean json = FALSE;
  g_autofree char *output = NULL;
  g_autofree char *camera = NULL;
  const GOptionEntry camera_entry = {
    "camera", 0, 0, G_OPTION_ARG_STRING, &camera, N_("Which camera, if there are several"), N_("NAME")
  };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_("Where to put the picture; - for the output"), N_("FILE") },
    HERALD_PRINTER_JSON_ENTRY (json),
    is_thumbnail ? (GOptionEntry) { NULL } : camera_entry,
    { NULL },
  };
  g_autoptr(HeraldDBusPrinter1) printer = herald_printer_parse_for_one (call, entries, error);
  g_autoptr(GVariant) picture = NULL;
  g_autofree char *type = NULL;
  g_autofree char *note = NULL;

  if (printer == NULL)
    return FALSE;
  if (output == NULL)
    return herald_failure_set_usage (error, _("Say with --output where to put the picture"));

  if (!fetch (printer, is_thumbnail, camera, &picture, &type, &note, error))
    return FALSE;
  if (!write_picture (output, picture, error))
    return FALSE;

  if (json && !g_str_equal (output, "-"))
    herald_output_print_word ("type", type, TRUE);
  if (*note != '\0')
    g_printerr ("%s\n", note);

  return TRUE;
}
