/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-error"

#include "core/printers/octoprint/octoprint-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/text.h"

#define ERROR_MAX_CHARS 500

/* What OctoPrint 2.0 says where it says nothing */
#define UNKNOWN "unknown"

/* Where the cable was pulled, OctoPrint 1.x gives the name of its library’s error, `SerialTimeoutException: `. */
static const char *
skip_class_name (const char *text)
{
  gsize length = strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._");
  g_autofree char *name = g_strndup (text, length);

  if (text[length] != ':' || length <= strlen ("Error") ||
      (!g_str_has_suffix (name, "Exception") && !g_str_has_suffix (name, "Error")))
    return text;

  return text + length + strspn (text + length, ": ");
}

/**
 * herald_octoprint_error_dup_text:
 * @foreign: an error in the words of OctoPrint or the firmware
 *
 * Returns: (transfer full) (nullable): in words for people; %NULL if it says nothing
 */
char *
herald_octoprint_error_dup_text (const char *foreign)
{
  g_autofree char *text = g_strstrip (herald_text_clean (foreign, ERROR_MAX_CHARS));
  const char *rest = skip_class_name (text);

  if (*text == '\0' || g_ascii_strcasecmp (text, UNKNOWN) == 0)
    return NULL;
  if (*rest == '\0')
    return g_strdup (_("The connection to the printer was lost."));

  return g_strdup (rest);
}
