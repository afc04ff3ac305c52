/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-error"

#include "core/printers/octoprint/octoprint-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/text.h"

#define ERROR_MAX_CHARS 500

/* What OctoPrint 2.0.0rc7 says of every error of a print */
#define NO_WORDS "unknown"

/* Up to 1.11 before the message of a state, up to 1.5 in the text of the state itself */
#define PREFIX "Error: "

static const char *
skip_prefix (const char *text)
{
  return g_str_has_prefix (text, PREFIX) ? text + strlen (PREFIX) : text;
}

/* `SerialException: …` and the like is what Python says. */
gboolean
herald_octoprint_error_is_lost_port (const char *foreign)
{
  static const char *const others[] = { "OSError", "IOError" };
  const char *text = skip_prefix (foreign);
  const char *colon = strchr (text, ':');
  g_autofree char *name = colon != NULL ? g_strndup (text, (gsize) (colon - text)) : NULL;

  if (name == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_str_equal (name, others[i]))
      return TRUE;

  return g_str_has_prefix (name, "Serial") && g_str_has_suffix (name, "Exception");
}

char *
herald_octoprint_error_dup_text (const char *foreign)
{
  g_autofree char *text = herald_text_clean (foreign, ERROR_MAX_CHARS);
  const char *words = skip_prefix (text);

  if (*words == '\0' || g_ascii_strcasecmp (words, NO_WORDS) == 0)
    return NULL;
  if (herald_octoprint_error_is_lost_port (words))
    return g_strdup (_("The connection to the printer was lost."));

  return g_strdup (words);
}
