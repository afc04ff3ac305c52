/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-output-file"

#include "ctl/output-file.h"

#include <glib/gi18n-lib.h>

#include "core/base/sandbox.h"
#include "ctl/failure.h"

gboolean
herald_output_file_write (const char     *path,
                          gconstpointer   data,
                          gsize           length,
                          int             mode,
                          GError        **error)
{
  g_autofree char *sentence = NULL;
  g_autoptr(GError) cause = NULL;

  if (herald_sandbox_loses_file (path))
    sentence = g_strdup_printf (_("“%s” would be lost: only the sandbox that OctoHerald runs in has that folder. Write - "
                                  "instead of it, and add “> FILE” to the end of the command"), path);
  else if (!g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, mode, &cause))
    sentence = g_strdup_printf (_("Cannot write “%s”: %s"), path, cause->message);

  return sentence == NULL || herald_failure_set_refused (error, sentence);
}
