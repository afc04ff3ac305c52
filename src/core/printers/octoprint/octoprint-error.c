/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-error"

#include "core/printers/octoprint/octoprint-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/text.h"

#define ERROR_MAX_CHARS 500

/* What OctoPrint 2.0.0rc7 says of every error of a print */
#define NO_WORDS "unknown"

/* Up to 1.5 in the text of the state */
#define PREFIX "Error: "

static const char *
skip_prefix (const char *text)
{
  return g_str_has_prefix (text, PREFIX) ? text + strlen (PREFIX) : text;
}

/* How long the name of a Python exception is that @text begins with, as in `serial.SerialException: …`; 0 if none */
static gsize
measure_exception (const char *text)
{
  gsize length = strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._");
  g_autofree char *name = g_strndup (text, length);

  if (text[length] != ':' || length <= strlen ("Error"))
    return 0;

  return g_str_has_suffix (name, "Exception") || g_str_has_suffix (name, "Error") ? length : 0;
}

/* What Python says where the port is gone, and where it says nothing but its own name for it */
gboolean
herald_octoprint_error_is_lost_port (const char *foreign)
{
  const char *text = skip_prefix (foreign);
  gsize length = measure_exception (text);
  g_autofree char *name = g_strndup (text, length);

  if (length == 0)
    return FALSE;

  return g_str_has_suffix (name, "OSError") || g_str_has_suffix (name, "IOError") || strstr (name, "Serial") != NULL ||
         text[length + strspn (text + length, ": ")] == '\0';
}

char *
herald_octoprint_error_dup_text (const char *foreign)
{
  g_autofree char *text = g_strstrip (herald_text_clean (foreign, ERROR_MAX_CHARS));
  const char *words = skip_prefix (text);
  gsize length;

  if (*words == '\0' || g_ascii_strcasecmp (words, NO_WORDS) == 0)
    return NULL;
  if (herald_octoprint_error_is_lost_port (words))
    return g_strdup (_("The connection to the printer was lost."));

  length = measure_exception (words);
  return g_strdup (words + length + (length > 0 ? strspn (words + length, ": ") : 0));
}
