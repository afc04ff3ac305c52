/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-output-file"

#include "ctl/output-file.h"

#include <glib/gi18n-lib.h>

#include "core/base/sandbox.h"
#include "ctl/failure.h"

/* What the library says is for programmers, and in the words of its file’s temporary name. */
static const char *
get_reason (const GError *cause)
{
  if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOENT) || g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
    return _("there is no such folder");
  if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_ACCES) || g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_PERM) ||
      g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_ROFS))
    return _("you may not write there");
  if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    return _("there is no space left");

  return _("the disk refuses it");
}

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
    /* Translators: the name of a file, and why it cannot be written, e.g. “there is no such folder” */
    sentence = g_strdup_printf (_("“%s” could not be written: %s"), path, get_reason (cause));

  return sentence == NULL || herald_failure_set_refused (error, sentence);
}
